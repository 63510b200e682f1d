using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>Makes every uint8 activation int8 with a zero point 128 lower; uint8 ports get a conversion.</summary>
internal static class CanonicalizeUnsigned
{
    private const int Offset = 128;

    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var tensor in graph.Tensors)
        {
            if (tensor.Type.Element == ElementType.UInt8)
                editor.Retype(tensor.Id, Signed(tensor.Type));
        }

        foreach (var node in graph.Nodes)
        {
            if (node.Operator is Known known && graph[node.Output].Type.Element == ElementType.UInt8)
                editor.Replace(node, known with { Data = [.. known.Data.Select(b => (byte)(b ^ Offset))] }, [], node.Output);
        }

        foreach (var port in graph.Inputs)
        {
            if (port.Element == ElementType.UInt8)
                Input(editor, graph[port.Tensor]);
        }

        var converted = new Dictionary<TensorId, TensorId>();
        for (var i = 0; i < editor.Outputs.Count; i++)
        {
            if (editor.Outputs[i] is { Element: ElementType.UInt8 } port)
                editor.Outputs[i] = port with { Tensor = Output(editor, port.Tensor, converted) };
        }

        return editor.ToGraph();
    }

    private static TensorType Signed(TensorType type) =>
        type with
        {
            Element = ElementType.Int8,
            Quantization = new(type.Scale, type.ZeroPoint - Offset),
        };

    private static TensorType Unsigned(TensorType type) =>
        type with
        {
            Element = ElementType.UInt8,
            Quantization = new(type.Scale, type.ZeroPoint + Offset),
        };

    private static void Input(GraphEditor editor, Tensor input)
    {
        var signed = editor.AddTensor(input.Name + "_s8", editor.TypeOf(input.Id));
        editor.Redirect(input.Id, signed);
        editor.Retype(input.Id, input.Type);
        editor.Add(input.Name, new Rescale(), [input.Id], signed);
    }

    private static TensorId Output(GraphEditor editor, TensorId tensor, Dictionary<TensorId, TensorId> converted)
    {
        if (converted.TryGetValue(tensor, out var known))
            return known;
        var output = editor.AddTensor(editor.NameOf(tensor) + "_u8", Unsigned(editor.TypeOf(tensor)));
        editor.Add(editor.NameOf(tensor), new Rescale(), [tensor], output);
        return converted[tensor] = output;
    }
}
