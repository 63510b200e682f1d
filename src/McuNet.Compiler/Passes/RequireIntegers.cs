using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Passes;

/// <summary>Reports every operator that still reads or writes real numbers. Some write them by definition.</summary>
internal static class RequireIntegers
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        foreach (var node in graph.Nodes)
        {
            var types = graph.TypesOf(node);
            if (node.Operator is Quantize or Dequantize)
                continue;
            if (types.Inputs.All(t => t.IsQuantized) && (types.Output.IsQuantized || OperatorTable.UseOf(node.Operator) == ValueUse.ComputesReals))
                continue;
            context.Report(DiagnosticCatalog.NodeStaysFloat, node.Name, node.Operator.Kind, Reason(graph, node, types));
        }

        if (context.Diagnostics.Count == 0)
            ReportConversions(graph, context);
        return graph;
    }

    private static string Reason(NetworkGraph graph, Node node, NodeTypes types)
    {
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            var producer = graph.ProducerOf(node.Inputs[i]);
            if (!types.Inputs[i].IsQuantized && !(producer is { Operator: var op } && Conversions.IsConversion(op)))
                return $"its input '{graph[node.Inputs[i]].Name}' is not quantised";
        }

        return node.Operator is ILinear { Weights.Element: ElementType.Float32 } ? "its weights are not quantised" : $"its result '{graph[node.Output].Name}' is not quantised";
    }

    /// <summary>Where no operator is at fault, a conversion at the border is.</summary>
    private static void ReportConversions(NetworkGraph graph, PassContext context)
    {
        foreach (var node in graph.Nodes.Where(n => n.Operator is Quantize or Dequantize))
            context.Report(DiagnosticCatalog.NodeStaysFloat, node.Name, node.Operator.Kind, node.Operator is Dequantize ? "its result is needed as a real number" : "its input is used as a real number too, or with other quantisations");
    }
}
