using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>One ONNX node while it is imported: its operands, its attributes, and the network that it adds to.</summary>
internal sealed class NodeImport(
    OnnxNode node,
    string name,
    long opset,
    GraphBuilder graph,
    Dictionary<string, ImportedValue> values,
    int output = 0,
    string? step = null
)
{
    /// <summary>The node's name, or its first output where it has none, as it may be shown.</summary>
    public string Name => name;

    public string Kind => node.Operator;

    /// <summary>Imports another node, whose operands are values of the model or results of nodes imported before.</summary>
    public required Action<OnnxNode> Others { get; init; }

    /// <summary>The name of the result as it may be shown.</summary>
    public string OutputName => step is null ? ShownText.Name(node.Outputs[output]) : $"{ShownText.Name(node.Outputs[output])}_{step}";

    /// <summary>Whether the result has a name, by which something may read it.</summary>
    public bool IsNamed => node.Outputs[output].Length > 0;

    public int OutputCount => node.Outputs.Length;

    /// <summary>Makes tensors as they are needed.</summary>
    public Layout Layout => new(graph, Name, OutputName);

    /// <summary>Version of the operator set that the node belongs to.</summary>
    public long Opset => opset;

    public int InputCount => node.Inputs.Length;

    /// <summary>Throws where the node has something that the operator does not have, or takes integers that it is not defined on.</summary>
    /// <param name="read">Names of all values that something reads.</param>
    public void RequireSignature(OnnxOperator signature, HashSet<string> read)
    {
        if (signature.Fault(node) is var (what, given, advice))
            throw Unsupported(what, given, advice);
        if (!signature.GivesAll && node.Outputs.Skip(1).FirstOrDefault(o => o.Length > 0 && read.Contains(o)) is { } second)
            throw Unsupported("output", $"'{second}' in use", "Only the first output is supported.");
        foreach (var input in node.Inputs)
        {
            if (values.GetValueOrDefault(input) is Activation { Kind: ValueKind.Number } && !signature.TakesNumbers)
                throw ImportFailure.Of(DiagnosticCatalog.ElementTypeNotSupported, input, "an integer", $"float32 for {Kind}");
        }

        TakesReals = signature.Integers == IntegerOperands.Refused || HasBoth();
        if (signature.Integers != IntegerOperands.Refused)
            return;
        foreach (var input in node.Inputs)
        {
            if (values.GetValueOrDefault(input) is Activation { IsWhole: false, Type: { Quantization: { } q } type })
                throw ImportFailure.Of(DiagnosticCatalog.IntegersNotDefined, Name, Kind, input, type.Element, q.Scale, q.ZeroPoint);
        }
    }

    /// <summary>Whether whole numbers that are stored as bytes are taken as real numbers.</summary>
    private bool TakesReals { get; set; }

    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Length > 0;

    public ImportedValue Value(int input)
    {
        if (!Has(input))
            throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, Name, $"input {input} of {Kind}");
        return values.TryGetValue(node.Inputs[input], out var value)
            ? TakesReals && value is Activation { IsWhole: true } whole
                ? Reals(whole)
                : value
            : throw ImportFailure.Of(DiagnosticCatalog.ValueMissing, Name, node.Inputs[input]);
    }

    /// <summary>Whole numbers as real numbers.</summary>
    public Activation Reals(Activation whole) =>
        whole.Type.IsQuantized
            ? whole with
            {
                Tensor = graph.Dequantized(whole.Tensor, Name, whole.Name),
                Type = new(whole.Type.Shape, ElementType.Float32),
            }
            : whole;

    /// <summary>Whether some whole numbers are bytes and others, or constants, are not.</summary>
    private bool HasBoth() =>
        node.Inputs.Any(i => values.GetValueOrDefault(i) is Activation { IsWhole: true })
        && node.Inputs.Any(i => values.GetValueOrDefault(i) is Activation { Type.IsQuantized: false });

    /// <summary>An activation, with the padding that a Pad before this node asks for.</summary>
    public Activation Padded(int input)
    {
        if (Value(input) is Activation activation)
            return activation;
        var operand = $"constant '{node.Inputs[input]}'";
        throw node.Inputs.All(i => i.Length == 0 || values.GetValueOrDefault(i) is Constant)
            ? ImportFailure.OfConstants(
                DiagnosticCatalog.AttributeNotSupported,
                Name,
                Kind,
                $"input {input}",
                operand,
                "All of its operands are constants: fold it before export, for example with onnxsim."
            )
            : Unsupported(
                $"input {input}",
                operand,
                $"{Kind} of a constant is not supported; where it follows a layer with weights, fold it into their bias or weights before quantising."
            );
    }

    /// <summary>An activation without padding: what a Pad before this node asks for becomes part of it.</summary>
    public Activation Activation(int input)
    {
        var value = Padded(input);
        if (value.Padding.IsNone)
            return value;
        var solid = Layout.Solid(value) with { Kind = value.Kind };
        values[node.Inputs[input]] = solid;
        return solid;
    }

    /// <summary>The same node where it gives one of several results.</summary>
    public NodeImport ForOutput(int index) => With(index, null);

    /// <summary>The same node where it makes one of the values on the way to its result.</summary>
    /// <param name="what">Part of the value's name.</param>
    public NodeImport Step(string what) => With(output, step is null ? what : $"{step}_{what}");

    private NodeImport With(int result, string? part) =>
        new(node, name, opset, graph, values, result, part) { Others = Others, TakesReals = TakesReals };

    /// <summary>Imports several nodes in place of this one.</summary>
    public void Instead(Action<Expansion> write)
    {
        var expansion = new Expansion(node, this);
        write(expansion);
        foreach (var part in expansion.Nodes)
            Others(part);
    }

    public Constant Constant(int input, string role) =>
        Value(input) as Constant ?? throw ImportFailure.Of(DiagnosticCatalog.OperandNotConstant, Name, Kind, role, node.Inputs[input]);

    /// <summary>Whether all operands are constants of types that are calculated with.</summary>
    public bool IsFoldable =>
        node.Inputs.Any(i => i.Length > 0)
        && node.Inputs.Where(i => i.Length > 0)
            .All(i =>
                values.GetValueOrDefault(i) is Constant { IsQuantized: false } constant
                && ConstantArray.Holds(constant.Type) is not null
                && constant.Count <= ConstantArray.MostElements
            );

    public bool IsConstant(int input) => Has(input) && Value(input) is Constant;

    /// <summary>A number of at most 32 bits.</summary>
    public int Int(string attribute, int otherwise) => node.Attribute(attribute) is { } a ? Narrow(attribute, a.Int) : otherwise;

    /// <summary>A finite number.</summary>
    public float Float(string attribute, float otherwise) =>
        node.Attribute(attribute) is not { } a ? otherwise
        : float.IsFinite(a.Float) ? a.Float
        : throw Unsupported(attribute, a.Float, "It must be a finite number.");

    public string Text(string attribute, string otherwise) => node.Attribute(attribute)?.Text ?? otherwise;

    public OnnxAttribute? Attribute(string attribute) => node.Attribute(attribute);

    /// <summary>A list attribute, or null where the node does not give it.</summary>
    public ImmutableArray<int>? Ints(string attribute) =>
        node.Attribute(attribute) is { } a ? a.Ints.Select(i => Narrow(attribute, i)).ToImmutableArray() : null;

    /// <summary>Axes by attribute or as an operand, counted from the front, none twice; null where the node gives none.</summary>
    /// <param name="rank">Number of dimensions they count in.</param>
    public ImmutableArray<int>? Axes(int operand, int rank)
    {
        var given = Ints("axes") ?? (Has(operand) ? Constant(operand, "axes").Integers() : null);
        var axes = given?.Select(a => Axis(a, rank)).ToImmutableArray();
        return axes is null || axes.Value.Distinct().Count() == axes.Value.Length
            ? axes
            : throw Unsupported("axes", string.Join(", ", given!.Value), "An axis must not come twice.");
    }

    /// <summary>Index of a dimension counted from the end when negative.</summary>
    public int Axis(long axis, int rank)
    {
        if (axis < -rank || axis >= rank)
            throw Unsupported("axis", axis, $"Its operand has {rank} dimensions.");
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>
    /// The operand with its dimensions running over the given axes, one letter each, '-' for the batch. Costs a Reshape where the tensor
    /// has another shape and the elements lie in the right order, and moves all elements where they lie in another.
    /// </summary>
    public Activation Arrange(Activation value, string axes)
    {
        if (value.Axes.Rank != axes.Length)
            throw BadDims(value, $"{Kind} takes {axes.Length} dimensions here.");
        if (value.Axes == AxisOrder.Of(axes, value.Type.Shape))
            return value;
        return Layout.Arranged(value, axes, ShapeOf(axes, value));
    }

    /// <summary>The second of two tensors of equal dimensions with its elements where those of the first lie; anything else as it
    /// is.</summary>
    public (Activation First, Activation Second) Alike(Activation first, Activation second)
    {
        if (!first.Dims.SequenceEqual(second.Dims) || (first.Type.Shape == second.Type.Shape && first.Axes == second.Axes))
            return (first, second);
        if (first.Axes.Layout(first.Type.Shape) is { } axes)
            return (first, Arrange(second, axes));
        return second.Axes.Layout(second.Type.Shape) is { } others
            ? (Arrange(first, others), second)
            : (Layout.InOnnxOrder(first), Layout.InOnnxOrder(second));
    }

    /// <summary>The shape that a value's dimensions stand for under the given axes.</summary>
    public TensorShape ShapeOf(string axes, Activation value)
    {
        var dims = value.Dims;
        var shape = new TensorShape(1, 1, 1);
        for (var i = 0; i < dims.Length; i++)
        {
            shape = axes[i] switch
            {
                'H' => shape with { Height = dims[i] },
                'W' => shape with { Width = dims[i] },
                'C' => shape with { Channels = dims[i] },
                _ when dims[i] == 1 => shape,
                _ => throw BadDims(value, "the batch must be 1; export the model with that."),
            };
        }

        return shape;
    }

    /// <summary>A tensor with the same elements in the same stored order under another shape.</summary>
    public Activation Reshape(Activation value, TensorShape shape, AxisOrder axes) => Layout.Reshaped(value, shape, axes);

    /// <summary>Adds an operator; its output has the first input's element type unless another is given.</summary>
    public Activation Emit(Operator op, string axes, params ImmutableArray<Activation> inputs) => Emit(op, axes, null, inputs);

    public Activation Emit(Operator op, string axes, QuantizationParameters? quantization, params ImmutableArray<Activation> inputs)
    {
        var shape = op.InferShape(inputs.Select(i => i.Type.Shape).ToImmutableArray());
        var type = inputs[0].Type with { Shape = shape };
        return Emit(op, AxisOrder.Of(axes, shape), quantization is null ? type : type with { Quantization = quantization }, inputs);
    }

    public Activation Emit(Operator op, AxisOrder axes, TensorType type, params ImmutableArray<Activation> inputs)
    {
        if (type.Shape.Height < 1 || type.Shape.Width < 1 || type.Shape.Channels < 1)
            throw BadDims(inputs[0], $"{Kind} would leave nothing of them.");
        Limits.Require(Name, Kind, type.Shape);
        var tensor = graph.AddNode(Name, op, inputs.Select(i => i.Tensor).ToImmutableArray(), OutputName, type);
        return new(OutputName, tensor, type, axes, default);
    }

    /// <summary>Gives a result, whose elements mean what those of the first operand do, as ONNX mostly has it.</summary>
    public void Return(ImportedValue value) =>
        Return(value, Has(0) && values.TryGetValue(node.Inputs[0], out var first) ? WholeNumbers.KindOf(first) : ValueKind.Real);

    public void Return(ImportedValue value, ValueKind kind) =>
        values[node.Outputs[output]] = value is Activation activation
            ? activation with
            {
                Name = OutputName,
                Kind = kind,
            }
            : value with
            {
                Name = OutputName,
            };

    /// <summary>Whether all real values of a tensor are known to be at least zero.</summary>
    public bool IsNonNegative(TensorId tensor)
    {
        for (var producer = graph.ProducerOf(tensor); producer is not null; producer = graph.ProducerOf(producer.Inputs[0]))
        {
            if (producer.Operator is IClamped { Clamp.Min: >= 0 })
                return true;
            if (
                producer.Operator
                is not (Quantize or Dequantize or Clip or MaxPool or Operators.Reshape or Permute or SelectChannels or SelectPixels)
            )
                return false;
        }

        return false;
    }

    private int Narrow(string attribute, long value) =>
        value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw Unsupported(attribute, value, "Numbers beyond 32 bits are not supported.");

    public ImportFailure Unsupported(string attribute, object value, string advice) =>
        ImportFailure.Of(DiagnosticCatalog.AttributeNotSupported, Name, Kind, attribute, value, advice);

    public ImportFailure BadDims(ImportedValue value, string why) =>
        ImportFailure.Of(DiagnosticCatalog.DimensionsNotSupported, Name, Kind, string.Join(", ", value.Dims), why);
}
