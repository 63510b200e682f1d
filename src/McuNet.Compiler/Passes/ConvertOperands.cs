using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Rows and columns are joined by copying bytes: what has another scale than the result, or is limited, becomes what the result holds
/// before; so are channels of int16, for which a table would have 65,536 entries. Real numbers are limited after they are joined.
/// </summary>
internal static class ConvertOperands
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is Where && editor.TypeOf(node.Output).IsQuantized)
                ConvertChosen(editor, node);
            if (node.Operator is not Concat concat)
                continue;
            if (!editor.TypeOf(node.Output).IsQuantized)
            {
                LimitResult(editor, node, concat);
                continue;
            }

            var types = editor.TypesOf(node);
            if (concat.Axis == ConcatAxis.Channels && types.AreBytes)
                continue;
            var converted = new Dictionary<TensorId, TensorId>();
            for (var n = 0; n < node.Inputs.Length; n++)
            {
                if (!concat.Copies(types, n) && !converted.ContainsKey(node.Inputs[n]))
                    converted[node.Inputs[n]] = Convert(editor, node, node.Inputs[n], concat.Clamp);
            }

            if (converted.Count > 0)
                editor.Replace(
                    node,
                    concat with
                    {
                        Clamp = Clamp.None,
                    },
                    [.. node.Inputs.Select(i => converted.GetValueOrDefault(i, i))],
                    node.Output
                );
        }

        return editor.ToGraph();
    }

    /// <summary>What is chosen is copied.</summary>
    private static void ConvertChosen(GraphEditor editor, Node node)
    {
        var types = editor.TypesOf(node);
        ImmutableArray<TensorId> inputs =
        [
            .. node.Inputs.Select((input, i) => i == 0 || Where.Copies(types, i) ? input : Convert(editor, node, input, Clamp.None)),
        ];
        if (!inputs.SequenceEqual(node.Inputs))
            editor.Replace(node, node.Operator, inputs, node.Output);
    }

    /// <summary>Real numbers are joined first.</summary>
    private static void LimitResult(GraphEditor editor, Node node, Concat concat)
    {
        if (concat.Clamp == Clamp.None)
            return;
        var joined = editor.AddTensor($"{editor.NameOf(node.Output)} before its limits", editor.TypeOf(node.Output));
        editor.Replace(node, concat with { Clamp = Clamp.None }, node.Inputs, joined);
        editor.Add(node.Name, new Clip { Clamp = concat.Clamp }, [joined], node.Output);
    }

    private static TensorId Convert(GraphEditor editor, Node node, TensorId operand, Clamp clamp)
    {
        var type = editor.TypeOf(node.Output) with { Shape = editor.TypeOf(operand).Shape };
        var result = editor.AddTensor($"{editor.NameOf(operand)} as {editor.NameOf(node.Output)}", type);
        editor.Add(node.Name, new Rescale { Clamp = clamp }, [operand], result);
        return result;
    }
}
