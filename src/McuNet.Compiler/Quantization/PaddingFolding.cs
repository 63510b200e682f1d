using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>Takes a Pad with zeros into the convolution behind it.</summary>
internal static class PaddingFolding
{
    public static void Run(OnnxEditor editor)
    {
        foreach (var pad in editor.Nodes.Where(n => n.Operator == "Pad"))
        {
            if (
                Amounts(editor, pad) is not { } pads
                || editor.OnlyUse(pad.Outputs[0]) is not { Operator: "Conv" } conv
                || LinearForm.Of(editor, conv) is not var (weights, _, _)
            )
                continue;
            var rank = weights.Dims.Length;
            var explicitly = (conv.Attribute("auto_pad")?.Text ?? "") is "" or "NOTSET" or "VALID";
            if (!explicitly || pads.Length != 2 * rank || pads.Any(p => p < 0) || pads[0] + pads[1] + pads[rank] + pads[rank + 1] != 0)
                continue;
            var own = conv.Attribute("pads")?.Ints is { Length: > 0 } given ? given : [.. new long[2 * (rank - 2)]];
            long[] spatial = [.. pads[2..rank], .. pads[(rank + 2)..]];
            var attributes = conv
                .Attributes.RemoveAll(a => a.Name is "pads" or "auto_pad")
                .Add(OnnxAttribute.Of("pads", [.. own.Zip(spatial, (a, b) => a + b)]));
            editor.Replace(conv, conv with { Attributes = attributes });
            editor.Bypass(pad);
        }
    }

    /// <summary>Begin of every dimension, then end of every dimension; null unless it pads with zeros.</summary>
    private static long[]? Amounts(OnnxEditor editor, OnnxNode pad)
    {
        if (
            (pad.Attribute("mode")?.Text ?? "") is not ("" or "constant")
            || pad.Attribute("value") is { Float: not 0 }
            || pad.Inputs.Skip(3).Any(i => i.Length > 0)
        )
            return null;
        if (pad.Inputs.Length > 2 && pad.Inputs[2].Length > 0 && editor.Reals(pad.Inputs[2]) is not [0])
            return null;
        if (pad.Attribute("pads") is { } attribute)
            return [.. attribute.Ints];
        return pad.Inputs.Length > 1 && editor.Constant(pad.Inputs[1]) is { Type: OnnxType.Int64 } pads
            ? MemoryMarshal.Cast<byte, long>(pads.Data.Span).ToArray()
            : null;
    }
}
