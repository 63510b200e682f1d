using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>
/// Turns an ONNX model into a network with every shape and type known. QuantizeLinear, DequantizeLinear and free-standing activations
/// become <see cref="Operators.Requantize"/> nodes, between which values are float32; passes fuse them away. Layout is settled here: the
/// network stores H, W, C, and transpositions, reshapes and paddings are views that operators take in.
/// </summary>
public static class ModelImporter
{
    /// <param name="name">Name of the network, as generated code uses it.</param>
    public static StageResult<NetworkGraph> Import(OnnxModel model, string name) => new Run(model, name).Result();

    private sealed class Run(OnnxModel model, string name)
    {
        private readonly GraphBuilder _graph = new();
        private readonly Dictionary<string, ImportedValue> _values = [];
        private readonly HashSet<string> _lost = [];
        private readonly List<Diagnostic> _diagnostics = [];

        public StageResult<NetworkGraph> Result()
        {
            foreach (var tensor in model.Graph.Initializers)
                Attempt(() => _values[tensor.Name] = Constants.Of(tensor), [tensor.Name]);
            var inputs = ImmutableArray.CreateBuilder<GraphPort>();
            foreach (var input in model.Graph.Inputs.Where(i => !_values.ContainsKey(i.Name) && !_lost.Contains(i.Name)))
                Attempt(() => inputs.Add(AddInput(input)), [input.Name]);
            foreach (var node in model.Graph.Nodes.Where(n => n.Outputs.Length > 0))
                Import(node);
            var outputs = ImmutableArray.CreateBuilder<GraphPort>();
            foreach (var output in model.Graph.Outputs.Where(o => !_lost.Contains(o.Name)))
                Attempt(() => outputs.Add(OutputPort(output)), []);
            return _diagnostics.Count > 0
                ? StageResult<NetworkGraph>.Failure([.. _diagnostics])
                : StageResult<NetworkGraph>.Success(_graph.Build(name, inputs.ToImmutable(), outputs.ToImmutable()));
        }

        private void Import(OnnxNode node)
        {
            if (node.Inputs.Any(_lost.Contains))
            {
                _lost.UnionWith(node.Outputs);
                return;
            }

            var label = node.Name.Length > 0 ? node.Name : node.Outputs[0];
            var opset = model.OpsetOf(node.Domain);
            Attempt(
                () =>
                {
                    var row = ImportTable.Find(node.Domain, node.Operator) ?? throw ImportFailure.Of(
                        DiagnosticCatalog.OperatorNotSupported, label, node.Operator, node.Domain.Length == 0 ? "ai.onnx" : node.Domain, opset, ImportTable.AdviceFor(node.Operator), ImportTable.Supported);
                    row.Import(new(node, label, opset, _graph, _values));
                },
                node.Outputs);
        }

        /// <summary>Runs a step; where it fails, its values are lost and whatever depends on them is passed over in silence.</summary>
        private void Attempt(System.Action step, IEnumerable<string> values)
        {
            try
            {
                step();
            }
            catch (ImportFailure failure)
            {
                _diagnostics.Add(failure.Diagnostic);
                _lost.UnionWith(values);
            }
        }

        private GraphPort AddInput(OnnxValueInfo input)
        {
            var dims = InputDimensions.Of(input);
            var axes = InputDimensions.Axes(model.Graph, input, dims.Length);
            var shape = InputDimensions.Shape(dims, axes);
            var type = new TensorType(shape, InputDimensions.Element(input), InputDimensions.Quantization(model.Graph, input, _values));
            var tensor = _graph.AddTensor(input.Name, type);
            var order = AxisOrder.Of(axes, shape);
            _values[input.Name] = new Activation(input.Name, tensor, type, order, default);
            return new(input.Name, tensor, dims, type.Element) { StoredOrder = order.IsStored };
        }

        private GraphPort OutputPort(OnnxValueInfo output)
        {
            if (!_values.TryGetValue(output.Name, out var value))
                throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, model.Graph.Name, output.Name);
            if (value is not Activation activation)
                throw ImportFailure.Of(DiagnosticCatalog.DimensionsNotSupported, output.Name, "output", string.Join(", ", value.Dims), "it is a constant; remove it from the outputs.");
            if (!activation.Padding.IsNone)
                throw ImportFailure.Of(DiagnosticCatalog.PaddingNotFused, output.Name, "output", output.Name, activation.Padding, "an output cannot be padded.");
            if (!activation.Axes.IsStored && activation.Axes.Sequence is not ("CHW" or "CH" or "CW"))
                throw ImportFailure.Of(DiagnosticCatalog.ElementOrderNotSupported, output.Name, "output", output.Name, activation.Axes, "C, H, W");
            return new(output.Name, activation.Tensor, activation.Dims, activation.Type.Element) { StoredOrder = activation.Axes.IsStored };
        }
    }
}
