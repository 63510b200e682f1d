using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>Rewrites nodes of opset 7 and later as those of opset 13, the first with scales per channel.</summary>
internal static class OpsetUpgrade
{
    public const long Target = 13;

    private const long Oldest = 7;
    private const long ResizeChanged = 11;

    public static void Run(OnnxEditor editor)
    {
        if (editor.Opset >= Target)
            return;
        foreach (var node in editor.Nodes)
        {
            if (editor.Opset < Oldest)
                throw Refused(node, $"the model is of opset {editor.Opset}");
            switch (node.Operator)
            {
                case "Clip" when node.Inputs.Length == 1:
                    Inputs(editor, node, Number(editor, node, "min"), Number(editor, node, "max"));
                    break;
                case "Pad" when node.Attribute("pads") is { } pads:
                    Inputs(editor, node, editor.AddConstant(node.Outputs[0] + "_pads", OnnxType.Int64, [pads.Ints.Length], pads.Ints.AsSpan()), Number(editor, node, "value"));
                    break;
                case "Squeeze" or "Unsqueeze" when node.Attribute("axes") is { } axes:
                    Inputs(editor, node, editor.AddConstant(node.Outputs[0] + "_axes", OnnxType.Int64, [axes.Ints.Length], axes.Ints.AsSpan()));
                    break;
                case "Softmax" or "LogSoftmax":
                    Softmax(editor, node);
                    break;
                case "Upsample":
                case "Resize" when editor.Opset < ResizeChanged:
                    throw Refused(node, $"the operator has another form in opset {editor.Opset}");
            }
        }
    }

    /// <summary>Before opset 13 it ran over all dimensions from its axis on.</summary>
    private static void Softmax(OnnxEditor editor, OnnxNode node)
    {
        var rank = TensorFacts.Rank(editor, node.Inputs[0]);
        var axis = node.Attribute("axis")?.Int ?? 1;
        if (axis != -1 && axis != rank - 1)
            throw Refused(node, $"in opset {editor.Opset} it flattens all dimensions from {axis} on");
        editor.Replace(node, node with { Attributes = [OnnxAttribute.Of("axis", -1L)] });
    }

    private static QuantizationFailure Refused(OnnxNode node, string why) => QuantizationFailure.Of(
        DiagnosticCatalog.QuantizationImpossible, node.Label, node.Operator, why, $"Export the model with opset {Target} or later.");

    private static string Number(OnnxEditor editor, OnnxNode node, string attribute) => node.Attribute(attribute) is { } a
        ? editor.AddConstant<float>($"{node.Outputs[0]}_{attribute}", OnnxType.Float, [], [a.Float])
        : "";

    private static void Inputs(OnnxEditor editor, OnnxNode node, params ImmutableArray<string> more)
    {
        var count = more.Length;
        while (count > 0 && more[count - 1].Length == 0)
            count--;
        editor.Replace(node, node with
        {
            Inputs = [node.Inputs[0], .. more.Take(count)],
            Attributes = node.Attributes.RemoveAll(a => a.Name is "min" or "max" or "pads" or "value" or "axes"),
        });
    }
}
