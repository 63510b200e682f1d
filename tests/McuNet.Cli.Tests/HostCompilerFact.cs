using System.Linq;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>A test that compiles C for this machine; skipped, visibly, without a compiler.</summary>
public sealed class HostCompilerFactAttribute : FactAttribute
{
    public HostCompilerFactAttribute() =>
        Skip = Toolbox.FromEnvironment().Find(Tool.HostCompiler).Succeeded ? null : "no C compiler on this machine";
}

/// <summary>The same for theories.</summary>
public sealed class HostCompilerTheoryAttribute : TheoryAttribute
{
    public HostCompilerTheoryAttribute() => Skip = new HostCompilerFactAttribute().Skip;
}

/// <summary>A test that runs C on an emulated board and counts instructions there; skipped, visibly, without the tools.</summary>
public sealed class ArmFactAttribute : FactAttribute
{
    public ArmFactAttribute() =>
        Skip = new[] { Tool.ArmCompiler, Tool.QemuArm, Tool.HostCompiler }.FirstOrDefault(t => !Toolbox.FromEnvironment().Find(t).Succeeded)
            is { } missing
            ? $"{missing.Names[0]} is not installed"
            : null;
}
