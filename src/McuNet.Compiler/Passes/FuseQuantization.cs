using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// A real operator all of whose operands come from dequantisation and whose result is only quantised, always alike, becomes one integer
/// operator, or where the result stays real and a kernel gives that, one from integers to real numbers. Dequantisation straight into
/// quantisation becomes a requantisation.
/// </summary>
internal static class FuseQuantization
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            var sources = node.Inputs.Select(editor.DequantizeOf).OfType<Node>().Select(d => d.Inputs[0]).ToImmutableArray();
            if (node.Inputs.IsEmpty || sources.Length != node.Inputs.Length)
                continue;
            if (Conversions.IsQuantize(node))
                editor.Replace(node, new Rescale(), sources, node.Output);
            else if (OperatorTable.UseOf(node.Operator) == ValueUse.ComputesReals && sources.All(s => editor.TypeOf(s).Element != ElementType.Int16))
                editor.Replace(node, node.Operator, sources, node.Output);
            else if (
                Result(editor, node) is { } result
                && IntegerForm.Of(node, editor.TypeOf(sources[0]), context) is { } op
                && IsOnIntegers(editor, op, sources, result)
            )
                Fuse(editor, node, op, sources, result);
            else
                ToReals(editor, node, sources, context);
        }

        return editor.ToGraph();
    }

    /// <summary>Whether a kernel computes it between integers; where none does, it stays between real numbers.</summary>
    private static bool IsOnIntegers(GraphEditor editor, Operator op, ImmutableArray<TensorId> sources, TensorId result) =>
        RequireKernels.IsOnIntegers(op, new([.. sources.Select(editor.TypeOf)], editor.TypeOf(result)));

    private static void Fuse(GraphEditor editor, Node node, Operator op, ImmutableArray<TensorId> sources, TensorId result)
    {
        foreach (var quantize in editor.UsesOf(node.Output))
        {
            editor.Remove(quantize);
            editor.Redirect(quantize.Output, result);
        }

        editor.Replace(node, op, sources, result);
    }

    /// <summary>Where the result is needed as a real number, a kernel that takes integers and gives real ones saves the operands'
    /// dequantisation.</summary>
    private static void ToReals(GraphEditor editor, Node node, ImmutableArray<TensorId> sources, PassContext context)
    {
        var types = new NodeTypes([.. sources.Select(editor.TypeOf)], editor.TypeOf(node.Output));
        if (
            !types.Output.IsQuantized
            && RequireKernels.IsComputed(node.Operator, types)
            && IntegerForm.Of(node, types.Input, context) is { } op
        )
            editor.Replace(node, op, sources, node.Output);
    }

    /// <summary>The quantised tensor that stands for the node's result, or null where the result is needed as a real number.</summary>
    private static TensorId? Result(GraphEditor editor, Node node)
    {
        var uses = editor.UsesOf(node.Output);
        if (editor.IsOutput(node.Output) || uses.Count == 0 || !uses.All(Conversions.IsQuantize))
            return null;
        var type = editor.TypeOf(uses[0].Output);
        return uses.All(u => editor.TypeOf(u.Output) == type) ? uses[0].Output : null;
    }
}
