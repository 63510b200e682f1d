using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.Folding;

/// <summary>
/// A node of constants whose operator has no row in <see cref="FoldTable"/>: a network of that node alone, whose input is its first
/// operand, is evaluated while the model is read. So whatever can be part of a network can be part of a constant.
/// </summary>
internal static class FoldNetwork
{
    /// <summary>Whether the first operand holds real numbers, as the input of such a network does, not too many.</summary>
    public static bool Takes(OnnxNode node, IReadOnlyDictionary<string, ImportedValue> values) =>
        values.GetValueOrDefault(node.Inputs[0]) is Constant { Count: > 0 and <= ConstantArray.MostElements } constant
        && (constant.IsQuantized || constant.Type == OnnxType.Float);

    /// <summary>Puts the results of a node among the values.</summary>
    /// <exception cref="ImportFailure">The operator does not take what the node has.</exception>
    public static void Run(OnnxNode node, string label, long opset, OnnxOperator row, Dictionary<string, ImportedValue> values)
    {
        var (graph, own) = (new GraphBuilder(), new Dictionary<string, ImportedValue>(values));
        var constant = ((Constant)values[node.Inputs[0]]).Dequantized();
        var type = new TensorType(Layout.ShapeOf(constant.Dims), ElementType.Float32);
        var input = graph.AddTensor(constant.Name, type);
        own[node.Inputs[0]] = new Activation(constant.Name, input, type, AxisOrder.OfStored(constant.Dims, type.Shape), default);
        Import(node, label, row);
        string[] names = [.. node.Outputs.Where(o => o.Length > 0 && own.GetValueOrDefault(o) is Activation { Type.IsQuantized: false })];
        var results = names.Select(n => new Layout(graph, label, n).InOnnxOrder((Activation)own[n])).ToArray();
        var network = graph.Build(label, [Port(input, type)], [.. results.Select(r => Port(r.Tensor, r.Type))]);
        var evaluated = ReferenceEvaluator.Run(network, [new TensorData(type, constant.Data.Span)], RealNumbers.Meaning);
        foreach (var (name, result, data) in names.Zip(results, evaluated))
            values[name] = new Constant(ShownText.Name(name), result.Dims, OnnxType.Float, data.Bytes, [], [], 0);

        void Import(OnnxNode part, string name, OnnxOperator known) =>
            known.Import!(
                new NodeImport(part, name, opset, graph, own) { Others = n => Import(n, ShownText.Name(n.Label), OnnxOperators.Of(n)!) }
            );
    }

    private static GraphPort Port(TensorId tensor, TensorType type) => new("", tensor, [type.Shape.Elements], type.Element);
}
