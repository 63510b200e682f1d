using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Execution.Quantization;
using McuNet.Runtimes.Cases;
using OnnxTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Execution.Models;

/// <summary>A model as read.</summary>
/// <param name="Bytes">Of an ONNX file with all weights inside, or of what a TFLite file is as one.</param>
/// <param name="IsTfLite">Whether the file is one of TFLite.</param>
public sealed record ModelFile(string Path, byte[] Bytes, OnnxModel Model, bool IsTfLite = false)
{
    /// <summary>What a compilation may use of this machine.</summary>
    public static CompilerTools Tools { get; } = new() { CrossCompiler = new CachedCrossCompiler() };

    /// <summary>The file, or MCU1001, MCU1002 or MCU1007.</summary>
    public static StageResult<ModelFile> Read(string path) =>
        ModelContent
            .Read(path)
            .Then(content =>
                ModelReader
                    .Read(content.Bytes, path)
                    .Then(model =>
                        StageResult<ModelFile>.Success(
                            ModelReader.IsTfLite(content.Bytes)
                                ? new(path, OnnxWriter.Write(model), model, IsTfLite: true)
                                : new(path, content.Bytes, model)
                        )
                    )
            );

    /// <summary>The inputs of a case under the names that they have in the model: cases go by their order.</summary>
    public IReadOnlyList<OnnxTensor> Inputs(GoldenModel golden, GoldenCase @case)
    {
        var constants = Model.Graph.Initializers.Select(i => i.Name).ToHashSet();
        var inputs = Model.Graph.Inputs.Where(i => !constants.Contains(i.Name));
        return
        [
            .. golden
                .GraphInputs(@case)
                .Zip(inputs, (tensor, input) => new OnnxTensor(input.Name, tensor.ElementType, tensor.Dims, tensor.Data)),
        ];
    }

    /// <summary>Compiles a file, whatever the budgets.</summary>
    /// <param name="calibration">Samples that quantise a float model, or null.</param>
    public static StageResult<Compilation> Compile(string path, CompileOptions options, string? calibration = null) =>
        ModelContent
            .Read(path)
            .Then(content =>
                ModelCompiler.Compile(
                    content.Bytes,
                    path,
                    options,
                    Tools with
                    {
                        Quantise = Calibration.With(calibration, path, options.Name),
                    }
                )
            );
}
