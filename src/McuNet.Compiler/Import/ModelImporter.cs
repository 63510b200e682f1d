using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Import.NodeImports;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>
/// Turns an ONNX model into a network with every shape and type known. QuantizeLinear, DequantizeLinear and free-standing activations
/// become <see cref="Operators.Quantize"/> and <see cref="Operators.Dequantize"/>, between which values are float32; passes fuse them away.
/// Layout is settled here: the network stores H, W, C, and transpositions, reshapes and paddings are views that operators take in.
/// </summary>
public static class ModelImporter
{
    /// <summary>
    /// The network. ONNX does not say how an input is laid out: channels come first unless a Transpose says otherwise, and where a node
    /// cannot take them so, or elements have to be moved for it, they are tried last.
    /// </summary>
    /// <param name="name">Name of the network, as generated code uses it.</param>
    public static StageResult<NetworkGraph> Import(OnnxModel model, string name) =>
        Read(model, name).Then(read => StageResult<NetworkGraph>.Success(read.Network));

    /// <summary>The network, and what is known of every value of the model.</summary>
    internal static StageResult<ImportedModel> Read(OnnxModel model, string name) =>
        LiveGraph
            .Of(model)
            .Then(live =>
            {
                var (first, last) = (new Run(live, name, channelsLast: false), new Run(live, name, channelsLast: true));
                var result = first.Result();
                if (first.Branches.Count > 0)
                    return Read(KnownBranches.Taken(live, first.Branches), name);
                var isFinal = result.Succeeded ? first.MovedElements == 0 : !result.Diagnostics.Any(IsOfLayout);
                return
                    !isFinal
                    && last.Result() is { Succeeded: true } other
                    && (!result.Succeeded || last.MovedElements < first.MovedElements)
                    ? other
                    : result;
            });

    private static bool IsOfLayout(Diagnostic diagnostic) =>
        diagnostic.Descriptor == DiagnosticCatalog.ElementOrderNotSupported
        || diagnostic.Descriptor == DiagnosticCatalog.DimensionsNotSupported
        || diagnostic.Descriptor == DiagnosticCatalog.AttributeNotSupported;

    private sealed class Run(OnnxModel model, string name, bool channelsLast)
    {
        private readonly GraphBuilder _graph = new();
        private readonly Dictionary<string, ImportedValue> _values = [];
        private readonly HashSet<string> _lost = [];
        private readonly ImportFaults _faults = new();
        private readonly InputUses _uses = new(model.Graph);
        private readonly HashSet<string> _read =
        [
            .. model.Graph.Nodes.SelectMany(n => n.Reads),
            .. model.Graph.Outputs.Select(o => o.Name),
        ];

        /// <summary>Nodes whose condition is known, with the branch that it takes; what they give is unknown until that stands in their
        /// place.</summary>
        public Dictionary<string, OnnxGraph> Branches { get; } = [];

        public long MovedElements => _graph.MovedElements;

        public StageResult<ImportedModel> Result()
        {
            foreach (var tensor in model.Graph.Initializers)
                Attempt(() => _values[tensor.Name] = Constants.Of(tensor), [tensor.Name]);
            foreach (var node in model.Graph.Nodes.Where(IsConstant))
                Import(node);
            var inputs = ImmutableArray.CreateBuilder<GraphPort>();
            foreach (var input in model.Graph.Inputs.Where(i => !_values.ContainsKey(i.Name) && !_lost.Contains(i.Name)))
                Attempt(() => inputs.Add(AddInput(input)), [input.Name]);
            foreach (var node in model.Graph.Nodes.Where(n => !IsConstant(n)))
                Import(node);
            var outputs = ImmutableArray.CreateBuilder<GraphPort>();
            foreach (var output in model.Graph.Outputs.Where(o => !_lost.Contains(o.Name)))
                Attempt(() => outputs.Add(OutputPort(output)), []);
            return _faults.IsEmpty
                ? StageResult<ImportedModel>.Success(new(model, _graph.Build(name, inputs.ToImmutable(), outputs.ToImmutable()), _values))
                : StageResult<ImportedModel>.Failure(_faults.Joined(new(model.Graph, _values)));
        }

        private void Import(OnnxNode node)
        {
            if (KnownBranches.Of(node, _values) is { } branch)
            {
                Branches.Add(KnownBranches.FirstOf(node)!, branch);
                _lost.UnionWith(node.Outputs);
                return;
            }

            var (label, opset) = (ShownText.Name(node.Label), node.Opset ?? model.OpsetOf(node.Domain));
            var import = new NodeImport(node, label, opset, _graph, _values) { Others = Import };
            if (node.Reads.Any(_lost.Contains))
            {
                _lost.UnionWith(node.Outputs);
                Attempt(
                    () =>
                    {
                        if (FoldTable.Of(node) is null)
                            import.RequireSignature(Known(node, label, opset), _read);
                    },
                    []
                );
                return;
            }

            Attempt(
                () =>
                {
                    var row = (import.IsFoldable ? FoldTable.Of(node) : null) ?? Known(node, label, opset);
                    import.RequireSignature(row, _read);
                    try
                    {
                        row.Import!(import);
                    }
                    catch (ImportFailure failure) when (failure.IsOfConstants && FoldNetwork.Takes(node, _values))
                    {
                        FoldNetwork.Run(node, label, opset, row, _values);
                    }
                },
                node.Outputs
            );
        }

        private static OnnxOperator Known(OnnxNode node, string label, long opset) =>
            OnnxOperators.Of(node) is { Import: not null } known
                ? known
                : throw ImportFailure.Of(
                    DiagnosticCatalog.OperatorNotSupported,
                    label,
                    node.Operator,
                    node.Domain.Length == 0 ? "ai.onnx" : node.Domain,
                    opset,
                    OnnxOperators.AdviceFor(node.Operator, node.Domain),
                    OnnxOperators.Supported
                );

        private static bool IsConstant(OnnxNode node) => node is { Operator: "Constant", Domain: "" };

        /// <summary>
        /// Runs a step; where it fails, its values are lost. Nodes that depend on them are still asked whether they are known, and
        /// otherwise passed over in silence.
        /// </summary>
        private void Attempt(Action step, IEnumerable<string> values)
        {
            try
            {
                step();
            }
            catch (ImportFailure failure)
            {
                _faults.Add(failure);
                _lost.UnionWith(values);
            }
        }

        private GraphPort AddInput(OnnxValueInfo input)
        {
            var dims = InputDimensions.Of(input);
            var axes = _uses.Axes(input.Name, dims.Length, channelsLast);
            var isImage = axes.Length == dims.Length && (dims.Length == 1 || dims is [1, ..]);
            var shape = isImage ? InputDimensions.Shape(dims, axes) : Layout.ShapeOf(dims);
            var (element, (quantization, kind)) = (InputDimensions.Element(input), _uses.Integers(input, _values));
            var type = new TensorType(shape, element, quantization);
            var shown = ShownText.Name(input.Name);
            var tensor = _graph.AddTensor(shown, type);
            var order = isImage ? AxisOrder.Of(axes, shape) : AxisOrder.OfStored(dims, shape);
            var value = new Activation(shown, tensor, type, order, default) { Kind = kind };
            if (element == ElementType.Int32)
            {
                var real = type with { Element = ElementType.Float32 };
                value = value with { Tensor = _graph.AddNode(shown, new Narrow(), [tensor], $"{shown}_real", real), Type = real };
            }

            _values[input.Name] = value;
            return new(shown, tensor, dims, type.Element) { StoredOrder = order.IsStored, IsNumber = element == ElementType.Int32 };
        }

        /// <summary>Stored as images and signals are whose channels come first in ONNX.</summary>
        private static Activation Image(Layout layout, Activation value)
        {
            var (axes, dims) = (AxisOrder.ChannelsFirst(value.Axes.Rank), layout.Solid(value).Dims);
            return layout.Arranged(value, axes, InputDimensions.Shape(dims, axes));
        }

        private GraphPort OutputPort(OnnxValueInfo output)
        {
            if (!_values.TryGetValue(output.Name, out var value))
                throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, model.Graph.Name, output.Name);
            var shown = ShownText.Name(output.Name);
            var layout = new Layout(_graph, shown, shown);
            if (value is Constant constant)
                return KnownOutput(shown, constant);
            var activation = (Activation)value;
            activation = layout.Solid(activation);
            if (!activation.Axes.IsStored && activation.Axes.Sequence is not ("CHW" or "CH" or "CW"))
                activation =
                    activation.Dims is [1, _, _, ..] && activation.Axes.Rank <= 4
                        ? Image(layout, activation)
                        : layout.InOnnxOrder(activation);
            return new(ShownText.Name(output.Name), activation.Tensor, activation.Dims, activation.Type.Element)
            {
                StoredOrder = activation.Axes.IsStored,
                IsNumber =
                    (
                        output.Type is OnnxType.Int64 or OnnxType.Int32
                        || (output.Type is OnnxType.Undefined && activation.Kind == ValueKind.Number)
                    ) && (!activation.Type.IsQuantized || activation.Type.Quantization == WholeNumbers.Steps),
            };
        }

        /// <summary>An output that depends on no input.</summary>
        private GraphPort KnownOutput(string name, Constant constant)
        {
            if (model.Graph.Inputs.All(i => _values.GetValueOrDefault(i.Name) is Constant))
                throw ImportFailure.Of(
                    DiagnosticCatalog.DimensionsNotSupported,
                    name,
                    "output",
                    string.Join(", ", constant.Shape),
                    "it is a constant of a model without inputs, which leaves nothing to compute; put it into the application."
                );
            if (constant.Shape.Contains(0))
                throw ImportFailure.Of(
                    DiagnosticCatalog.DimensionsNotSupported,
                    name,
                    "output",
                    string.Join(", ", constant.Shape),
                    "a dimension of 0 leaves nothing to give."
                );
            var (data, type) = KnownTensors.Of(constant);
            Limits.Require(name, "output", type.Shape);
            var tensor = _graph.AddNode(name, new Known { Data = data, Shape = type.Shape }, [], name, type);
            return new(name, tensor, constant.Shape, type.Element) { StoredOrder = true, IsNumber = type.Element == ElementType.Int32 };
        }
    }
}
