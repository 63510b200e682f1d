using System;
using System.IO;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;

namespace McuNet.Cli;

/// <summary>An ONNX file as read.</summary>
public sealed record ModelFile(string Path, byte[] Bytes, OnnxModel Model)
{
    /// <summary>What a compilation may use of this machine.</summary>
    public static CompilerTools Tools { get; } = new() { CrossCompiler = new CachedCrossCompiler() };

    /// <summary>The file, or MCU1001 or MCU1002.</summary>
    public static StageResult<ModelFile> Read(string path) =>
        ReadBytes(path).Then(bytes => OnnxReader.Read(bytes, path).Then(model => StageResult<ModelFile>.Success(new(path, bytes, model))));

    /// <summary>Compiles a file, whatever the budgets.</summary>
    /// <param name="calibration">Samples that quantise a float model, or null.</param>
    public static StageResult<Compilation> Compile(string path, CompileOptions options, string? calibration = null) =>
        ReadBytes(path).Then(bytes => ModelCompiler.Compile(bytes, path, options, Tools with { Quantise = Calibration.With(calibration, path, options.Name) }));

    /// <summary>The bytes, or MCU1001 or MCU1002.</summary>
    public static StageResult<byte[]> ReadBytes(string path)
    {
        if (!File.Exists(path))
            return StageResult<byte[]>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelNotFound, path) with { Location = new SourceLocation(path) });
        try
        {
            return StageResult<byte[]>.Success(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<byte[]>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, path, problem.Message, 0, 0));
        }
    }
}
