using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Passes;

/// <summary>
/// A float32 input that is only ever quantised, always alike, becomes a quantised input; an output that is dequantised last becomes a
/// quantised output. Ports of int16 stay float32: what the application hands over does not depend on how wide the network computes.
/// </summary>
internal static class QuantizeBorders
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        for (var i = 0; i < editor.Inputs.Count; i++)
            Input(editor, i);
        for (var i = 0; i < editor.Outputs.Count; i++)
            Output(editor, i);
        return editor.ToGraph();
    }

    private static void Input(GraphEditor editor, int index)
    {
        var port = editor.Inputs[index];
        var uses = editor.UsesOf(port.Tensor);
        if (editor.IsOutput(port.Tensor) || uses.Count == 0 || !uses.All(Conversions.IsQuantize))
            return;
        var type = editor.TypeOf(uses[0].Output);
        if (type.Element == ElementType.Int16 || uses.Any(u => editor.TypeOf(u.Output) != type))
            return;
        editor.Retype(port.Tensor, type);
        editor.Inputs[index] = port with { Element = type.Element };
        foreach (var use in uses)
        {
            editor.Remove(use);
            editor.Redirect(use.Output, port.Tensor);
        }
    }

    private static void Output(GraphEditor editor, int index)
    {
        var port = editor.Outputs[index];
        if (editor.DequantizeOf(port.Tensor) is not { } node || editor.TypeOf(node.Inputs[0]).Element == ElementType.Int16)
            return;
        editor.Outputs[index] = port with { Tensor = node.Inputs[0], Element = editor.TypeOf(node.Inputs[0]).Element };
    }
}
