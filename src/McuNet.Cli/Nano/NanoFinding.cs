using McuNet.Diagnostics;

namespace McuNet.Cli.Nano;

/// <summary>Something in compiled code that .NET nanoFramework has not.</summary>
/// <param name="Place">Full name of the type or member.</param>
/// <param name="What">What it does or has, after its name.</param>
/// <param name="Instead">What to write instead, a sentence.</param>
/// <param name="Location">The line of the source, where the debug information tells it.</param>
internal sealed record NanoFinding(string Place, string What, string Instead, SourceLocation? Location = null)
{
    /// <summary>It runs, but an overflow throws nothing.</summary>
    public bool IsOverflow { get; init; }
}
