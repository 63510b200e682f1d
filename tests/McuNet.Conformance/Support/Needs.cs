using System.IO;
using System.Linq;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance;

/// <summary>Real models through the host's C compiler.</summary>
public sealed class RealModelTheoryAttribute : TheoryAttribute
{
    public RealModelTheoryAttribute() => Skip = Needs.Models ?? Needs.HostCompiler;
}

/// <summary>Real models on emulated boards.</summary>
public sealed class RealModelOnBoardTheoryAttribute : TheoryAttribute
{
    public RealModelOnBoardTheoryAttribute() => Skip = Needs.Models ?? Needs.Arm;
}

/// <summary>Real models on labelled data.</summary>
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute() => Skip = Needs.Models ?? Needs.HostCompiler ?? (Directory.Exists(Path.Combine(Folders.Shared, "data")) ? null : "../shared/data is absent");
}

/// <summary>Real models through clang.</summary>
public sealed class ClangTheoryAttribute : TheoryAttribute
{
    private static readonly Tool Clang = new(["clang"], "compile generated C with a second compiler", "clang");

    public ClangTheoryAttribute() => Skip = Needs.Models ?? (Path is null ? "clang is not installed" : null);

    public static string? Path => Toolbox.FromEnvironment().TryFind(Clang);
}
