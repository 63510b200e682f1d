using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>A test that compiles C for this machine; skipped, visibly, without a compiler.</summary>
public sealed class HostCompilerFactAttribute : FactAttribute
{
    public HostCompilerFactAttribute() => Skip = Toolbox.FromEnvironment().Find(Tool.HostCompiler).Succeeded ? null : "no C compiler on this machine";
}
