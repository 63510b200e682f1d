using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>An output of numbers, which ONNX has as int64 or int32, becomes int32: inside the network they are bytes in steps of one, or
/// real numbers.</summary>
internal static class WidenNumbers
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        for (var i = 0; i < editor.Outputs.Count; i++)
        {
            if (
                editor.Outputs[i] is not { IsNumber: true } port
                || editor.TypeOf(port.Tensor) is not ({ Quantization.Scale: 1 } or { Element: ElementType.Float32 })
            )
                continue;
            var type = editor.TypeOf(port.Tensor);
            var number = editor.AddTensor(port.Name, new(type.Shape, ElementType.Int32));
            editor.Add($"{port.Name}_int32", new Widen(), [port.Tensor], number);
            editor.Outputs[i] = port with { Tensor = number, Element = ElementType.Int32 };
        }

        return editor.ToGraph();
    }
}
