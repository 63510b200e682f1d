using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Models as ONNX Runtime's optimiser saves them, with operators of its own and channels last.</summary>
public sealed class OptimisedByOnnxRuntimeTests
{
    /// <summary>Layouts that it makes for one processor are no part of a model that others read.</summary>
    private const string NotForOthers =
        "It is of a layout that ONNX Runtime made for one processor: save the model at the level ORT_ENABLE_EXTENDED.";

    [SharedFact]
    public void Import_EveryCaseAndModel_ComputesWhatTheModelDid()
    {
        if (!OnnxRuntimeLibrary.Locate().Succeeded)
            return;
        var (compared, elements, different) = (0, 0, 0);
        foreach (
            var file in Directory
                .GetFiles(Shared.Path("models", "onnx"), "*.onnx")
                .Concat(Directory.GetFiles(Shared.Path("cases"), "*.onnx"))
                .Order(StringComparer.Ordinal)
        )
        {
            if (Network(File.ReadAllBytes(file)) is not { } original || Optimised(file) is not { } bytes)
                continue;
            var result = ModelCompiler.Network(bytes, file, "net");
            if (!result.Succeeded)
            {
                Assert.All(
                    result.Diagnostics,
                    d =>
                        Assert.True(
                            d.Message.Contains(NotForOthers, StringComparison.Ordinal)
                                || d.Message.Contains("(ArgMax) takes", StringComparison.Ordinal),
                            $"{file}: {d}"
                        )
                );
                continue;
            }

            var random = new Random(7);
            var inputs = original.Inputs.Select(p => Values(original[p.Tensor].Type, random)).ToArray();
            var (expected, actual) = (
                Reals(original, inputs),
                Reals(
                    result.Value,
                    [
                        .. inputs.Select(
                            (d, i) => As(Golden.ToOnnx(d.Bytes, original, original.Inputs[i]), d.Type, result.Value, result.Value.Inputs[i])
                        ),
                    ]
                )
            );
            compared++;
            for (var output = 0; output < expected.Length; output++)
            {
                var step = Math.Max(Step(original, original.Outputs[output].Tensor), 1e-5f * Math.Max(1, expected[output].Max(MathF.Abs)));
                elements += expected[output].Length;
                different += expected[output].Zip(actual[output]).Count(v => MathF.Abs(v.First - v.Second) > 0.5f * step);
                Assert.True(
                    expected[output].Zip(actual[output]).All(v => MathF.Abs(v.First - v.Second) <= 1.5f * step),
                    $"{file}, output {output}"
                );
            }
        }

        Assert.InRange(compared, 100, int.MaxValue);
        Assert.InRange(different, 0, elements / 500);
    }

    /// <summary>Between neighbouring values of an output, before it is dequantised where it is; 0 for real numbers.</summary>
    private static float Step(NetworkGraph network, TensorId output) =>
        network.Nodes.FirstOrDefault(n => n.Output == output) is { Operator: Dequantize } last
            ? Step(network, last.Inputs[0])
            : network[output].Type.Quantization?.Scale ?? 0;

    private static NetworkGraph? Network(byte[] model) =>
        ModelCompiler.Network(model, "net.onnx", "net") is { Succeeded: true } result ? result.Value : null;

    private static byte[]? Optimised(string file)
    {
        try
        {
            return OnnxSession.Optimise(File.ReadAllBytes(file));
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static TensorData Values(TensorType type, Random random)
    {
        var data = new TensorData(type);
        if (type.Element == ElementType.Float32)
        {
            for (var i = 0; i < type.Shape.Elements; i++)
                data.Float32[i] = (float)(random.NextDouble() * 4 - 2);
        }
        else
        {
            random.NextBytes(data.Bytes);
        }

        return data;
    }

    /// <summary>The same numbers, which an optimised model may take as integers around another zero point.</summary>
    private static TensorData As(byte[] onnx, TensorType from, NetworkGraph network, GraphPort port)
    {
        var type = network[port.Tensor].Type;
        var (given, taken) = (new TensorData(from, onnx), new TensorData(type));
        for (var i = 0; i < type.Shape.Elements && type.Element != ElementType.Float32; i++)
            taken[i] = (int)MathF.Round((given[i] - from.ZeroPoint) * from.Scale / type.Scale) + type.ZeroPoint;
        return new(type, Golden.ToStored(type.Element == ElementType.Float32 ? onnx : taken.Bytes, network, port));
    }

    /// <summary>Outputs as real numbers, in the order of ONNX.</summary>
    private static float[][] Reals(NetworkGraph network, TensorData[] inputs) =>
        [
            .. ReferenceEvaluator
                .Run(network, inputs)
                .Select(
                    (data, i) =>
                    {
                        var onnx = new TensorData(data.Type, Golden.ToOnnx(data.Bytes, network, network.Outputs[i]));
                        return data.Type.Element == ElementType.Float32
                            ? onnx.Float32.ToArray()
                            : Enumerable
                                .Range(0, data.Type.Shape.Elements)
                                .Select(e => data.Type.Quantization is { } q ? (onnx[e] - q.ZeroPoint) * q.Scale : onnx[e])
                                .ToArray();
                    }
                ),
        ];
}
