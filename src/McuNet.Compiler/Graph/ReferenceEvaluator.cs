using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>
/// Runs a network node by node on whole tensors, also one with real values, as it is before passes. Between quantised types the results are the
/// definition that every other executor must meet.
/// </summary>
public static class ReferenceEvaluator
{
    /// <param name="inputs">One per input port, in HWC order.</param>
    /// <returns>One per output port.</returns>
    public static ImmutableArray<TensorData> Run(NetworkGraph graph, IReadOnlyList<TensorData> inputs)
    {
        var all = RunAll(graph, inputs);
        var outputs = ImmutableArray.CreateBuilder<TensorData>(graph.Outputs.Length);
        foreach (var port in graph.Outputs)
            outputs.Add(all[port.Tensor.Value]);
        return outputs.MoveToImmutable();
    }

    /// <summary>All activations, indexed by tensor.</summary>
    public static TensorData[] RunAll(NetworkGraph graph, IReadOnlyList<TensorData> inputs)
    {
        var values = new TensorData[graph.Tensors.Length];
        for (var i = 0; i < graph.Inputs.Length; i++)
            values[graph.Inputs[i].Tensor.Value] = inputs[i];
        foreach (var node in graph.Nodes)
        {
            var operands = new TensorData[node.Inputs.Length];
            for (var i = 0; i < operands.Length; i++)
                operands[i] = values[node.Inputs[i].Value];
            var output = new TensorData(graph[node.Output].Type);
            Evaluate(node.Operator, graph.TypesOf(node), operands, output);
            values[node.Output.Value] = output;
        }

        return values;
    }

    /// <summary>Integers by the contract; real numbers by the meaning, rounded once to float32.</summary>
    private static void Evaluate(Operator op, NodeTypes types, TensorData[] inputs, TensorData output)
    {
        if (types.Output.IsQuantized || types.Inputs.All(t => t.IsQuantized))
        {
            op.Evaluate(types, inputs, output);
            return;
        }

        var reals = new double[types.Output.Shape.Elements];
        op.EvaluateReals(types, [.. inputs.Select(i => i.Reals())], reals);
        for (var i = 0; i < reals.Length; i++)
            output.Float32[i] = (float)reals[i];
    }
}
