using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>A free-standing activation moves into the operator that makes its input, where nothing else reads that.</summary>
internal static class FuseActivations
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (!editor.IsActivation(node) || node.Operator is not Requantize activation)
                continue;
            if (editor.OnlyUse(node.Inputs[0]) is null || editor.ProducerOf(node.Inputs[0]) is not { Operator: IClamped clamped } producer)
                continue;
            if (producer.Operator is Requantize && !editor.IsActivation(producer))
                continue;
            editor.Remove(node);
            editor.Replace(producer, clamped.WithClamp(clamped.Clamp.Intersect(activation.Clamp)), producer.Inputs, node.Output);
        }

        return editor.ToGraph();
    }
}
