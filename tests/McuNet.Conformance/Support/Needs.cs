using System.IO;
using McuNet.Compiler.Tests;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance;

internal static class RealModels
{
    public static string? Missing => Shared.IsPresent ? null : "../shared is absent";
}

/// <summary>Real models through the host's C compiler.</summary>
public sealed class RealModelTheoryAttribute : TheoryAttribute
{
    public RealModelTheoryAttribute() => Skip = RealModels.Missing ?? Needs.HostCompiler;
}

/// <summary>Real models on emulated boards.</summary>
public sealed class RealModelOnBoardTheoryAttribute : TheoryAttribute
{
    public RealModelOnBoardTheoryAttribute() => Skip = RealModels.Missing ?? Needs.Arm;
}

/// <summary>Real models on labelled data.</summary>
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute() =>
        Skip = RealModels.Missing ?? Needs.HostCompiler ?? (Directory.Exists(Shared.Path("data")) ? null : "../shared/data is absent");
}

/// <summary>Real models through ONNX Runtime.</summary>
public sealed class RealModelInOnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public RealModelInOnnxRuntimeTheoryAttribute() => Skip = RealModels.Missing ?? Needs.OnnxRuntime;
}

/// <summary>Real models through clang.</summary>
public sealed class ClangTheoryAttribute : TheoryAttribute
{
    private static readonly Tool Clang = new(["clang"], "compile generated C with a second compiler", "clang");

    public ClangTheoryAttribute() => Skip = RealModels.Missing ?? (Path is null ? "clang is not installed" : null);

    public static string? Path => Toolbox.FromEnvironment().TryFind(Clang);
}
