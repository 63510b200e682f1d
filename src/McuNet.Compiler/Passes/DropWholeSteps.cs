using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>Whole numbers that become bytes and real numbers again, between operators on real numbers, stay real numbers.</summary>
internal static class DropWholeSteps
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is Dequantize && editor.ProducerOf(node.Inputs[0]) is { Operator: Quantize { IsWhole: true } } whole)
            {
                editor.Remove(node);
                editor.Redirect(node.Output, whole.Inputs[0]);
            }
        }

        return editor.ToGraph();
    }
}
