using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Operators on real numbers take the form that their kernels have: constants are the real numbers that they stand for, and what joins
/// tensors limits nothing.
/// </summary>
internal static class RealForm
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is Concat concat && concat.Clamp != Clamp.None && !editor.TypeOf(node.Output).IsQuantized)
                Split(editor, node, concat);
            if (node.Operator is Elementwise { Constant: { } constant } op && !editor.TypeOf(node.Inputs[0]).IsQuantized)
                editor.Replace(node, op with { Constant = Real(constant, _ => 0) }, node.Inputs, node.Output);
            if (
                node.Operator is Recurrent { Weights: { Form: { } form } matrix } cell
                && !form.Gives(RealLinear.Numbers(matrix), matrix.Dims[0], w => w / matrix.Dims[1])
            )
                editor.Replace(node, cell with { Weights = matrix with { Form = null } }, node.Inputs, node.Output);
            if (node.Operator is ILinear layer && !editor.TypeOf(node.Inputs[0]).IsQuantized)
                editor.Replace(
                    node,
                    layer.WithConstants(Compact(layer), layer.Bias is { } bias ? Real(bias, c => c) : null),
                    node.Inputs,
                    node.Output
                );
        }

        return editor.ToGraph();
    }

    private static void Split(GraphEditor editor, Node node, Concat concat)
    {
        var joined = editor.AddTensor(editor.NameOf(node.Output) + "_joined", editor.TypeOf(node.Output));
        editor.Replace(node, concat with { Clamp = Clamp.None }, node.Inputs, joined);
        editor.Add(node.Name, new Clip { Clamp = concat.Clamp }, [joined], node.Output);
    }

    /// <summary>Weights as the real numbers that they stand for, integers as the form in which flash holds them.</summary>
    public static ConstantTensor Compact(ILinear layer)
    {
        var (weights, real, channels) = (layer.Weights, Real(layer.Weights, layer.ChannelOf), layer.ChannelOf(layer.Weights.Count - 1) + 1);
        var form =
            weights.Element != ElementType.Int8
                ? weights.Form
                : CompactForm.OfChannels(
                    MemoryMarshal.Cast<byte, sbyte>(weights.Data.AsSpan()),
                    channels,
                    weights.ScaleOf,
                    weights.ZeroPointOf,
                    weights.Bits == 4
                );
        return real with { Form = form is not null && form.Gives(RealLinear.Numbers(real), channels, layer.ChannelOf) ? form : null };
    }

    /// <summary>The real numbers that a constant is or stands for.</summary>
    public static ConstantTensor Real(ConstantTensor constant, Func<int, int> channelOf)
    {
        if (constant.Element == ElementType.Float32)
            return constant;
        float[] numbers = [.. constant.Reals(channelOf).Select(v => (float)v)];
        return new(
            constant.Dims,
            ElementType.Float32,
            ImmutableCollectionsMarshal.AsImmutableArray(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray()),
            [1],
            [0]
        );
    }
}
