using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>
/// A quantised model in QDQ form: around every tensor that is rounded a QuantizeLinear and a DequantizeLinear (of com.microsoft where it
/// becomes int16), weights int8 and symmetric per output channel, biases int32 with the scale of input times weights. Inputs and outputs
/// stay float32 by name and type.
/// </summary>
public static class QdqModel
{
    /// <param name="ranges">By tensor, for all that <see cref="FloatModel.Observed"/> names.</param>
    /// <param name="corrections">Added to the bias of a layer, by its output and channel; layers may be missing.</param>
    /// <returns>The model, or MCU3010 naming a tensor whose range is not finite or missing.</returns>
    public static StageResult<OnnxModel> Build(
        FloatModel model,
        IReadOnlyDictionary<string, ValueRange> ranges,
        QuantizationOptions options,
        IReadOnlyDictionary<string, ImmutableArray<float>> corrections
    )
    {
        try
        {
            return StageResult<OnnxModel>.Success(new QdqBuilder(model, ranges, options, corrections).Build());
        }
        catch (QuantizationFailure failure)
        {
            return StageResult<OnnxModel>.Failure(failure.Diagnostic);
        }
    }

    /// <summary>Name of the real tensor in the quantised model that a node of the float model writes, before it is rounded.</summary>
    public static string Unrounded(FloatModel model, string tensor) =>
        IsPort(model, tensor) && IsRounded(model, tensor) ? model.Free(tensor + "_real") : tensor;

    /// <summary>Name of the tensor in the quantised model that stands for one of the float model, after rounding where it is
    /// rounded.</summary>
    public static string Rounded(FloatModel model, string tensor) =>
        !IsPort(model, tensor) && IsRounded(model, tensor) ? model.Free(tensor + "_dq") : tensor;

    /// <summary>Tensors that are rounded, each with the node that writes it, in the order in which they are made; inputs are not among
    /// them.</summary>
    public static ImmutableArray<(string Tensor, string Node)> RoundedTensors(FloatModel model) =>
        [
            .. from node in model.Model.Graph.Nodes
            from output in node.Outputs
            where output.Length > 0 && IsRounded(model, output) && OnnxOperators.ResultsOf(node) != ResultValues.Moved
            select (output, node.Name.Length > 0 ? node.Name : output),
        ];

    /// <summary>What these options keep a tensor as; one that only moves another's elements is kept as that.</summary>
    public static ActivationFormat FormatOf(FloatModel model, QuantizationOptions options, string tensor)
    {
        while (model.MakerOf(tensor) is { } maker && OnnxOperators.ResultsOf(maker) == ResultValues.Moved)
            tensor = maker.Inputs[0];
        return options.Exceptions.GetValueOrDefault(tensor, options.Activations);
    }

    /// <summary>The tensor as which a layer's result leaves the accumulator.</summary>
    public static string End(FloatModel model, string tensor) =>
        model.Plan.Rules.GetValueOrDefault(tensor) is TensorRule.Inside
            ? End(model, model.Model.Graph.Nodes.First(n => n.Inputs.Contains(tensor)).Outputs[0])
            : tensor;

    internal static bool IsRounded(FloatModel model, string tensor) =>
        model.Plan.Rules.GetValueOrDefault(tensor) is TensorRule.FromRange or TensorRule.Fixed;

    private static bool IsPort(FloatModel model, string tensor) => model.Model.Graph.Outputs.Any(o => o.Name == tensor);
}
