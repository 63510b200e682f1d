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
            Upgrade(editor, node);
        }
    }

    private static void Upgrade(OnnxEditor editor, OnnxNode node)
    {
        switch (node.Operator)
        {
            case "Clip" when node.Inputs.Length == 1:
                Inputs(editor, node, Number(editor, node, "min"), Number(editor, node, "max"));
                break;
            case "Pad" when node.Attribute("pads") is not null:
                Inputs(editor, node, Integers(editor, node, "pads"), Number(editor, node, "value"));
                break;
            case "Squeeze" or "Unsqueeze" or "ReduceSum" when node.Attribute("axes") is not null:
                Inputs(editor, node, Integers(editor, node, "axes"));
                break;
            case "Split" when node.Attribute("split") is not null:
                Inputs(editor, node, Integers(editor, node, "split"));
                break;
            case "Slice" when node.Attribute("starts") is not null:
                Inputs(editor, node, Integers(editor, node, "starts"), Integers(editor, node, "ends"), Integers(editor, node, "axes"));
                break;
            case "TopK" when node.Attribute("k") is { } count:
                Inputs(editor, node, editor.AddConstant<long>(node.Outputs[0] + "_k", OnnxType.Int64, [1], [count.Int]));
                break;
            case "Softmax" or "LogSoftmax" or "Hardmax":
                // They ran over all dimensions from their axis on; the importer takes them where those behind the axis have one element.
                editor.Replace(node, node with { Attributes = [OnnxAttribute.Of("axis", node.Attribute("axis")?.Int ?? 1)] });
                break;
            case "Upsample":
            case "Resize" when editor.Opset < ResizeChanged:
                Resize(editor, node);
                break;
        }
    }

    /// <summary>Positions counted from the first element, and the elements before them: what these operators did where they made a tensor
    /// larger.</summary>
    private static void Resize(OnnxEditor editor, OnnxNode node)
    {
        var scales = node.Attribute("scales") is { } given
            ? editor.AddReals(node.Outputs[0] + "_scales", [given.Floats.Length], [.. given.Floats])
            : node.Inputs[1];
        var rounding = editor.Reals(scales)?.Any(s => s < 1) == true ? "ceil" : "floor";
        editor.Replace(
            node,
            node with
            {
                Operator = "Resize",
                Inputs = [node.Inputs[0], "", scales],
                Attributes =
                [
                    OnnxAttribute.Of("mode", node.Attribute("mode")?.Text ?? "nearest"),
                    OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
                    OnnxAttribute.Of("nearest_mode", rounding),
                ],
            }
        );
    }

    private static QuantizationFailure Refused(OnnxNode node, string why) =>
        QuantizationFailure.Of(
            DiagnosticCatalog.QuantizationImpossible,
            node.Label,
            node.Operator,
            why,
            $"Export the model with opset {Target} or later."
        );

    /// <summary>An attribute as an operand; no operand where the node does not have it.</summary>
    private static string Number(OnnxEditor editor, OnnxNode node, string attribute) =>
        node.Attribute(attribute) is { } a
            ? editor.AddConstant<float>($"{node.Outputs[0]}_{attribute}", OnnxType.Float, [], [a.Float])
            : "";

    private static string Integers(OnnxEditor editor, OnnxNode node, string attribute) =>
        node.Attribute(attribute) is { } a
            ? editor.AddConstant($"{node.Outputs[0]}_{attribute}", OnnxType.Int64, [a.Ints.Length], a.Ints.AsSpan())
            : "";

    /// <summary>Gives a node further operands in place of the attributes that they were.</summary>
    private static void Inputs(OnnxEditor editor, OnnxNode node, params ImmutableArray<string> more)
    {
        var count = more.Length;
        while (count > 0 && more[count - 1].Length == 0)
            count--;
        editor.Replace(
            node,
            node with
            {
                Inputs = [node.Inputs[0], .. more.Take(count)],
                Attributes = node.Attributes.RemoveAll(a =>
                    a.Name is "min" or "max" or "pads" or "value" or "axes" or "split" or "starts" or "ends" or "k"
                ),
            }
        );
    }
}
