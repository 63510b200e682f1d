using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Accuracy;

/// <summary>A compiled classifier with the samples that it is judged on.</summary>
/// <param name="Float">The float model, where there is one beside the compiled one.</param>
/// <param name="Deployed">The model that was compiled.</param>
public sealed record Subject(ModelFile? Float, ModelFile Deployed, Compilation Compilation, SampleSet Data)
{
    /// <summary>The executor that runs <see cref="Float"/> in ONNX Runtime.</summary>
    public const string FloatName = "float";

    private NetworkGraph Network => Compilation.Model.Network;

    private GraphPort Input => Network.Inputs[0];

    private GraphPort Output => Network.Outputs[0];

    /// <summary>What an executor decides on each sample.</summary>
    public StageResult<ExecutorDecisions> Decisions(string executor)
    {
        try
        {
            return executor switch
            {
                FloatName => StageResult<ExecutorDecisions>.Success(new(executor, OnnxRuntime(Float!))),
                "onnxruntime" => StageResult<ExecutorDecisions>.Success(new(executor, OnnxRuntime(Deployed))),
                _ => ExecutorTable
                    .Run(
                        executor,
                        Compilation,
                        [.. Indices.Select(i => (IReadOnlyList<byte[]>)[PortValues.Stored(Network, Input, Data, i)])],
                        null,
                        Deployed.Path
                    )
                    .Then(run =>
                        StageResult<ExecutorDecisions>.Success(
                            new(executor, [.. run.Outputs.Select(o => Decided(PortValues.Reals(Network, Output, o[0])))])
                        )
                    ),
            };
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<ExecutorDecisions>.Failure(problem.Diagnostic);
        }
    }

    private IEnumerable<int> Indices => Enumerable.Range(0, Data.Count);

    /// <summary>A network that ends in ArgMax has decided.</summary>
    private int Decided(float[] numbers) =>
        numbers.Length == 1 && Network[Output.Tensor].Type is { IsQuantized: false, Element: not ElementType.Float32 }
            ? (int)numbers[0]
            : Decision.Of(numbers);

    private ImmutableArray<int> OnnxRuntime(ModelFile file)
    {
        using var session = OnnxSession.Open(file.Bytes);
        var input = session.Inputs[0];
        ImmutableArray<long> dims = [.. input.Dims.Select(d => Math.Max(1, d))];
        return [.. Indices.Select(i => Decided(Reals(session.Run([Tensor(input, dims, i)])[0])))];
    }

    private OnnxTensor Tensor(OnnxValueInfo input, ImmutableArray<long> dims, int index) =>
        input.ElementType switch
        {
            OnnxElementType.Float32 or OnnxElementType.Float16 => OnnxTensor.Of(input.Name, input.ElementType, dims, Sample(index)),
            _ => new(
                input.Name,
                input.ElementType,
                dims,
                PortLayout.ToOnnx(PortValues.Stored(Network, Input, Data, index), Network, Input)
            ),
        };

    /// <summary>As a real input takes it.</summary>
    private float[] Sample(int index) =>
        Data.AreElements && Network[Input.Tensor].Type is { Quantization: { } q } ? [.. Data[index].Select(q.Real)] : Data[index];

    /// <summary>Integers of a quantised output as what they stand for.</summary>
    private float[] Reals(OnnxTensor output)
    {
        var type = Network[Output.Tensor].Type;
        var (scale, zero) = type.Quantization is { } q ? (q.Scale, q.ZeroPoint) : (1, 0);
        return output.ElementType is OnnxElementType.Int8 or OnnxElementType.UInt8
            ? [.. output.Numbers().Select(v => (v - zero) * scale)]
            : output.Numbers();
    }
}
