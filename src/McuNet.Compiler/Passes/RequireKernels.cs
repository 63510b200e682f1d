using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Passes;

/// <summary>Reports the operators that no kernel computes between the types that their tensors have: mostly real numbers. Like ones are one
/// report.</summary>
internal static class RequireKernels
{
    /// <summary>Names in a report.</summary>
    private const int Most = 3;

    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var missing = graph.Nodes.Where(n => !IsComputed(n.Operator, graph.TypesOf(n)));
        foreach (var like in missing.GroupBy(n => (n.Operator.Kind, Types(graph.TypesOf(n)))))
        {
            var work = graph.Macs == 0 ? 0 : 100.0 * like.Sum(n => n.Operator.Macs(graph.TypesOf(n))) / graph.Macs;
            context.Report(
                DiagnosticCatalog.NoKernelForTypes,
                Names([.. like.Select(n => n.Name)]),
                like.Key.Kind,
                like.Key.Item2,
                work,
                Reason(graph, like.First())
            );
        }

        return graph;
    }

    /// <summary>Whether a kernel computes an operator once unsigned activations are signed.</summary>
    public static bool IsComputed(Operator op, NodeTypes types) =>
        (types.AreBytes || (op is Concat && types.Output.IsQuantized && types.HaveSixteenBits))
        || OperatorTable.Computes(op, new(types.Inputs.Select(Signed).ToImmutableArray(), Signed(types.Output)));

    /// <summary>Whether an operator between integers stays between them. Those of int16 need a kernel also where values are only moved;
    /// what is joined becomes of one type before.</summary>
    public static bool IsOnIntegers(Operator op, NodeTypes types) =>
        types.HaveSixteenBits
            ? IsComputed(op, types)
            : OperatorTable.UseOf(op) != ValueUse.Computes
                || OperatorTable.Computes(op, new(types.Inputs.Select(Signed).ToImmutableArray(), Signed(types.Output)));

    private static string Names(string[] names) =>
        $"'{string.Join("', '", names.Take(Most))}'{(names.Length > Most ? $" and {names.Length - Most} more" : "")}";

    /// <summary>A type as it is once unsigned activations are signed.</summary>
    public static TensorType Signed(TensorType type) =>
        type.Element == ElementType.UInt8 && type.Quantization is { } q
            ? type with
            {
                Element = ElementType.Int8,
                Quantization = q with { ZeroPoint = q.ZeroPoint - 128 },
            }
            : type;

    private static string Types(NodeTypes types) =>
        $"{string.Join(", ", types.Inputs.Select(t => t.Element).Distinct())} to {types.Output.Element}";

    private static string Reason(NetworkGraph graph, Node node)
    {
        var types = graph.TypesOf(node);
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (!types.Inputs[i].IsQuantized && graph.ProducerOf(node.Inputs[i]) is not { Operator: Dequantize })
                return $"its input '{graph[node.Inputs[i]].Name}' is not quantised";
        }

        return $"its result '{graph[node.Output].Name}' is not quantised";
    }
}
