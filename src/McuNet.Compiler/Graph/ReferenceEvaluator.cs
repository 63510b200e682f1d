using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>What operators between real numbers give.</summary>
public enum RealNumbers
{
    /// <summary>What every other executor gives, bit for bit: float32, rounded after each operation.</summary>
    Contract,

    /// <summary>What the model means, rounded to float32 once per tensor; also of networks as they are before passes.</summary>
    Meaning,
}

/// <summary>
/// Runs a network node by node on whole tensors. The results are the definition that every other executor must meet, where real numbers are
/// not asked for by their meaning.
/// </summary>
public static class ReferenceEvaluator
{
    /// <param name="inputs">One per input port, in HWC order.</param>
    /// <returns>One per output port.</returns>
    public static ImmutableArray<TensorData> Run(
        NetworkGraph graph,
        IReadOnlyList<TensorData> inputs,
        RealNumbers reals = RealNumbers.Contract
    )
    {
        var all = RunAll(graph, inputs, reals);
        var outputs = ImmutableArray.CreateBuilder<TensorData>(graph.Outputs.Length);
        foreach (var port in graph.Outputs)
            outputs.Add(all[port.Tensor.Value]);
        return outputs.MoveToImmutable();
    }

    /// <summary>All activations, indexed by tensor.</summary>
    public static TensorData[] RunAll(NetworkGraph graph, IReadOnlyList<TensorData> inputs, RealNumbers reals = RealNumbers.Contract)
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
            Evaluate(node.Operator, graph.TypesOf(node), operands, output, reals);
            values[node.Output.Value] = output;
        }

        return values;
    }

    private static void Evaluate(Operator op, NodeTypes types, TensorData[] inputs, TensorData output, RealNumbers reals)
    {
        if (
            reals == RealNumbers.Contract
            || types.Output.IsQuantized
            || types.Output.Element == ElementType.Int32
            || types.Inputs.All(t => t.IsQuantized)
        )
        {
            op.Evaluate(types, inputs, output);
            return;
        }

        var results = new double[types.Output.Shape.Elements];
        op.EvaluateReals(types, [.. inputs.Select(i => i.Reals())], results);
        for (var i = 0; i < results.Length; i++)
            output.Float32[i] = (float)results[i];
    }
}
