using System;

namespace McuNet.Compiler.Pipeline;

/// <summary>Is told which phase of a compilation runs, by a caller who wants to know where the time goes; the engine has no
/// clock.</summary>
public abstract class Phases
{
    /// <summary>Of a caller who does not.</summary>
    public static Phases Unobserved { get; } = new NoPhases();

    public abstract T Run<T>(string phase, Func<T> work);

    private sealed class NoPhases : Phases
    {
        public override T Run<T>(string phase, Func<T> work) => work();
    }
}
