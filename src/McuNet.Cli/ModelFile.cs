using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;

namespace McuNet.Cli;

/// <summary>An ONNX file as read.</summary>
/// <param name="Bytes">Of a file with all weights inside.</param>
public sealed record ModelFile(string Path, byte[] Bytes, OnnxModel Model)
{
    /// <summary>What a compilation may use of this machine.</summary>
    public static CompilerTools Tools { get; } = new() { CrossCompiler = new CachedCrossCompiler() };

    /// <summary>The file, or MCU1001, MCU1002 or MCU1007.</summary>
    public static StageResult<ModelFile> Read(string path) => ModelContent.Read(path)
        .Then(content => OnnxReader.Read(content.Bytes, path).Then(model => StageResult<ModelFile>.Success(new(path, content.Bytes, model))));

    /// <summary>Compiles a file, whatever the budgets.</summary>
    public static StageResult<Compilation> Compile(string path, CompileOptions options) =>
        ModelContent.Read(path).Then(content => ModelCompiler.Compile(content.Bytes, path, options, Tools));
}
