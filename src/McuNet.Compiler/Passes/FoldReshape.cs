using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Removes reshapes to the same shape, before a fully connected layer, another reshape or what joins all elements, of an input that nothing
/// else reads and that is handed over in stored order, and of an output that is.
/// </summary>
internal static class FoldReshape
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is not Reshape)
                continue;
            var source = node.Inputs[0];
            if (editor.TypeOf(source) == editor.TypeOf(node.Output) && !(editor.IsInput(source) && editor.IsOutput(node.Output)))
                Bypass(editor, node);
            else if (
                editor.Inputs.Any(p => p.Tensor == source && p.StoredOrder)
                && editor.OnlyUse(source) is not null
                && !editor.IsOutput(node.Output)
            )
            {
                editor.Retype(source, editor.TypeOf(node.Output));
                Bypass(editor, node);
            }
            else
                Forget(editor, node);
        }

        return editor.ToGraph();
    }

    private static void Bypass(GraphEditor editor, Node node)
    {
        editor.Remove(node);
        editor.Redirect(node.Output, node.Inputs[0]);
    }

    /// <summary>Lets the readers that see elements only by their order read the source.</summary>
    private static void Forget(GraphEditor editor, Node node)
    {
        foreach (var use in editor.UsesOf(node.Output).DistinctBy(u => u.Id))
        {
            if (use.Operator is Dense or Reshape or Concat { Axis: ConcatAxis.Elements })
                editor.Replace(use, use.Operator, [.. use.Inputs.Select(i => i == node.Output ? node.Inputs[0] : i)], use.Output);
        }

        for (var i = 0; i < editor.Outputs.Count && !editor.IsInput(node.Inputs[0]); i++)
        {
            if (editor.Outputs[i].Tensor == node.Output && editor.Outputs[i].StoredOrder)
                editor.Outputs[i] = editor.Outputs[i] with { Tensor = node.Inputs[0] };
        }
    }
}
