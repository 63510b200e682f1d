using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using McuNet.Diagnostics;
using McuNet.Runtimes.Cases;
using OnnxTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Cli;

/// <summary>A model as read.</summary>
/// <param name="Bytes">The ONNX file, or what a TFLite file is as one.</param>
public sealed record ModelFile(string Path, byte[] Bytes, OnnxModel Model)
{
    /// <summary>What a compilation may use of this machine.</summary>
    public static CompilerTools Tools { get; } = new() { CrossCompiler = new CachedCrossCompiler() };

    /// <summary>The file, or MCU1001 or MCU1002.</summary>
    public static StageResult<ModelFile> Read(string path) =>
        ReadBytes(path).Then(bytes => ModelReader.Read(bytes, path).Then(model => StageResult<ModelFile>.Success(new(path, ModelReader.IsTfLite(bytes) ? OnnxWriter.Write(model) : bytes, model))));

    /// <summary>The inputs of a case under the names that they have in the model: cases go by their order.</summary>
    public IReadOnlyList<OnnxTensor> Inputs(GoldenModel golden, GoldenCase @case)
    {
        var constants = Model.Graph.Initializers.Select(i => i.Name).ToHashSet();
        return [.. golden.GraphInputs(@case).Zip(Model.Graph.Inputs.Where(i => !constants.Contains(i.Name)), (tensor, input) => new OnnxTensor(input.Name, tensor.ElementType, tensor.Dims, tensor.Data))];
    }

    /// <summary>Compiles a file, whatever the budgets.</summary>
    public static StageResult<Compilation> Compile(string path, CompileOptions options) => ReadBytes(path).Then(bytes => ModelCompiler.Compile(bytes, path, options, Tools));

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
            return StageResult<byte[]>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, path, "a model", problem.Message, 0, 0));
        }
    }
}
