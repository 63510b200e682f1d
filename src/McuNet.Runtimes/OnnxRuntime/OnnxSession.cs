using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Tools;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Refusal = Microsoft.ML.OnnxRuntime.OnnxRuntimeException;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>A model loaded into ONNX Runtime's CPU provider. Deterministic: one thread, fixed options.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private bool _isClosed;

    private OnnxSession(InferenceSession session)
    {
        _session = session;
        Inputs = [.. session.InputNames.Select(n => Declared(n, session.InputMetadata[n]))];
        Outputs = [.. session.OutputNames.Select(n => Declared(n, session.OutputMetadata[n]))];
    }

    public ImmutableArray<OnnxValueInfo> Inputs { get; }

    public ImmutableArray<OnnxValueInfo> Outputs { get; }

    /// <remarks>
    /// On processors without VNNI the precise mode turns int8 weights of QLinearConv into uint8 even where the activations are
    /// int8, and no kernel takes that pair. Such a model is loaded again without that one rewrite.
    /// </remarks>
    /// <param name="model">Bytes of an ONNX file without external data.</param>
    /// <exception cref="OnnxRuntimeException">The library is missing, or the model is refused.</exception>
    public static OnnxSession Open(byte[] model, OnnxSessionOptions? options = null)
    {
        OnnxRuntimeLibrary.Load();
        options ??= OnnxSessionOptions.Default;
        return Attempt(
            "load the model",
            () =>
            {
                try
                {
                    return Open(model, options, keepWeightTypes: false);
                }
                catch (Refusal problem) when (problem.Message.StartsWith("[ErrorCode:NotImplemented]", StringComparison.Ordinal))
                {
                    return Open(model, options, keepWeightTypes: true);
                }
            }
        );
    }

    /// <summary>The model as ONNX Runtime rewrites it at its default level on this machine.</summary>
    /// <exception cref="OnnxRuntimeException">The library is missing, or the model is refused.</exception>
    public static byte[] Optimise(byte[] model)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("optimised.onnx");
        Open(model, new OnnxSessionOptions { SaveOptimizedPath = path }).Dispose();
        return File.ReadAllBytes(path);
    }

    /// <summary>Runs the model on these inputs, matched by name, and returns all outputs in the model's order. Values of float16 go in and
    /// come out as float32, rounded where they go in.</summary>
    /// <exception cref="OnnxRuntimeException">Names, types or shapes do not fit the model.</exception>
    public IReadOnlyList<OnnxTensor> Run(IReadOnlyList<OnnxTensor> inputs)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return Attempt(
            "run the model",
            () =>
            {
                var given = new List<OrtValue>(inputs.Count);
                try
                {
                    foreach (var input in inputs)
                        given.Add(Value(IsHalf(input) ? input.Narrowed() : input));
                    using var results = _session.Run(_options, [.. inputs.Select(i => i.Name)], given, _session.OutputNames);
                    return results.Select((r, i) => Tensor(_session.OutputNames[i], r)).ToImmutableArray();
                }
                finally
                {
                    given.ForEach(v => v.Dispose());
                }
            }
        );
    }

    public void Dispose()
    {
        _isClosed = true;
        _options.Dispose();
        _session.Dispose();
    }

    private static OnnxSession Open(byte[] model, OnnxSessionOptions options, bool keepWeightTypes)
    {
        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = (GraphOptimizationLevel)options.Optimisation,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
        };
        settings.AddSessionConfigEntry("session.x64quantprecision", "1");
        if (keepWeightTypes)
            settings.AddSessionConfigEntry("optimization.disable_specified_optimizers", "Avx2WeightS8ToU8Transformer");
        if (options.SaveOptimizedPath is { } path)
            settings.OptimizedModelFilePath = path;
        return new OnnxSession(new InferenceSession(model, settings));
    }

    private static T Attempt<T>(string attempt, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Refusal problem)
        {
            throw OnnxRuntimeException.Refusal(attempt, problem.Message);
        }
    }

    private static OnnxValueInfo Declared(string name, NodeMetadata value) =>
        value.IsTensor
            ? new(name, (OnnxElementType)value.ElementDataType, [.. value.Dimensions.Select(d => (long)d)])
            : new(name, OnnxElementType.Undefined, []);

    private bool IsHalf(OnnxTensor input) =>
        input.ElementType == OnnxElementType.Float32 && Inputs.Any(i => i.Name == input.Name && i.ElementType == OnnxElementType.Float16);

    private static OrtValue Value(OnnxTensor tensor)
    {
        var type = (TensorElementType)tensor.ElementType;
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, [.. tensor.Dims]);
        tensor.Data.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static OnnxTensor Tensor(string name, OrtValue value)
    {
        var declared = value.GetTensorTypeAndShape();
        var type = (OnnxElementType)declared.ElementDataType;
        if (type.Bytes() == 0)
            throw OnnxRuntimeException.Refusal($"read output '{name}'", $"its element type {type} has no fixed size");
        var tensor = new OnnxTensor(name, type, [.. declared.Shape], value.GetTensorDataAsSpan<byte>().ToArray());
        return type == OnnxElementType.Float16 ? tensor.Widened() : tensor;
    }
}
