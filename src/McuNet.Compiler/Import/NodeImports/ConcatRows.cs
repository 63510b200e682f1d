using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Joins tensors along a dimension.</summary>
internal static class ConcatRows
{
    private const int OperandsPerInput = 3;
    private const int MostInputs = 1024;

    /// <summary>Rows with fewer elements take longer one by one than the whole tensor at once.</summary>
    private const int LeastRow = 64;

    /// <summary>
    /// Integers are joined as they are stored, and mean what those of the first operand do. A constant of one number is padding of the
    /// tensor beside it, another a tensor that is known.
    /// </summary>
    public static void Concat(NodeImport node)
    {
        var constants = Enumerable.Range(0, node.InputCount).Count(node.IsConstant);
        var inputs =
            constants > 0 && constants < node.InputCount ? Padded(node) : [.. Enumerable.Range(0, node.InputCount).Select(node.Activation)];
        if (inputs is [var only])
        {
            node.Return(only);
            return;
        }

        foreach (var other in inputs)
            QuantizationRows.RequireOneType(inputs[0], other);
        node.Return(Join(node, inputs, null, inputs.Any(i => i.Type.Quantization != inputs[0].Type.Quantization)));
    }

    /// <summary>y scale, y zero, then for each input x, x scale, x zero.</summary>
    public static void QLinearConcat(NodeImport node)
    {
        if ((node.InputCount - 2) % OperandsPerInput != 0)
            throw node.Unsupported(
                "number of inputs",
                node.InputCount,
                "It takes a scale and a zero point, then three operands for each tensor."
            );
        var inputs = Enumerable
            .Range(0, (node.InputCount - 2) / OperandsPerInput)
            .Select(i => node.Layout.Solid(QLinearRows.Operand(node, 2 + i * OperandsPerInput).Input));
        node.Return(Join(node, [.. inputs], QLinearRows.Parameters(node, 0)));
    }

    /// <summary>The tensors among the operands, each with the constants of one number behind it, the first with those before it too; other
    /// constants are tensors.</summary>
    private static ImmutableArray<Activation> Padded(NodeImport node)
    {
        var parts = ImmutableArray.CreateBuilder<Activation>();
        var sample = node.Activation(Enumerable.Range(0, node.InputCount).First(i => !node.IsConstant(i)));
        var axis = node.Axis(node.Int("axis", 1), sample.Axes.Rank);
        var before = new Stack<int>();
        for (var i = 0; i < node.InputCount; i++)
        {
            if (node.IsConstant(i) && Number(i) is { } number)
            {
                if (parts.Count == 0)
                    before.Push(i);
                else
                    parts[^1] = PadRows.Along(node, parts[^1], axis, 0, Size(i), number);
                continue;
            }

            var part = node.IsConstant(i) ? Known(i) : node.Activation(i);
            while (before.TryPop(out var first))
                part = PadRows.Along(node, part, axis, Size(first), 0, Number(first)!.Value);
            parts.Add(part);
        }

        return parts.ToImmutable();

        int Size(int operand)
        {
            var dims = node.Value(operand).Dims;
            return dims.Length == sample.Axes.Rank && dims.RemoveAt(axis).SequenceEqual(sample.Dims.RemoveAt(axis))
                ? dims[axis]
                : throw node.BadDims(
                    node.Value(operand),
                    $"another operand has [{string.Join(", ", sample.Dims)}]; only dimension {axis} may differ."
                );
        }

        float? Number(int operand)
        {
            var constant = node.Constant(operand, "operand");
            ImmutableArray<float> numbers =
                sample.Type.Quantization is { } q && !constant.IsQuantized ? [.. constant.Integers().Select(q.Real)] : constant.Numbers();
            return numbers.Distinct().ToArray() is [var one] ? one : null;
        }

        Activation Known(int operand)
        {
            var constant = node.Constant(operand, "operand");
            if (sample.Type.IsQuantized)
            {
                throw node.Unsupported(
                    $"operand {operand}",
                    $"constant '{constant.Name}'",
                    "Only integers of one value everywhere can be joined with tensors; give the others as an input of the network."
                );
            }

            var like =
                sample.Axes.Layout(sample.Type.Shape) is { } layout && AxisOrder.IsAxis(layout[axis])
                    ? sample with
                    {
                        Type = sample.Type with { Shape = OperandRows.With(sample.Type.Shape, layout[axis], Size(operand)) },
                    }
                    : StoredLike(sample, axis, Size(operand));
            return BroadcastOperands.Known(node, like, constant);
        }
    }

    private static Activation StoredLike(Activation sample, int axis, int size)
    {
        var dims = sample.Dims.SetItem(axis, size);
        var shape = Layout.ShapeOf(dims);
        return sample with { Type = sample.Type with { Shape = shape }, Axes = AxisOrder.OfStored(dims, shape) };
    }

    private static Activation Join(
        NodeImport node,
        ImmutableArray<Activation> inputs,
        QuantizationParameters? result,
        bool isStored = false
    )
    {
        var first = inputs[0];
        if (node.Attribute("axis") is null && node.Opset is 0 or >= 4)
            throw node.Unsupported("axis", "none", "It must be given.");
        var axis = node.Axis(node.Int("axis", 1), first.Axes.Rank);
        foreach (var other in inputs)
        {
            if (other.Axes.Rank != first.Axes.Rank || !other.Dims.RemoveAt(axis).SequenceEqual(first.Dims.RemoveAt(axis)))
                throw node.BadDims(other, $"the first operand has [{string.Join(", ", first.Dims)}]; only dimension {axis} may differ.");
        }

        if (inputs.Length > MostInputs)
            throw node.Unsupported(
                "number of inputs",
                inputs.Length,
                $"At most {MostInputs} tensors can be joined at once; a kernel holds a pointer to a row of each."
            );
        Limits.Require(
            node.Name,
            node.Kind,
            first.Dims.SetItem(axis, (int)System.Math.Min(Limits.Elements + 1L, inputs.Sum(i => (long)i.Dims[axis])))
        );
        var (op, parts, axes) = Along(node, inputs, axis);
        op = op with { IsStored = isStored };
        var type = parts[0].Type with { Shape = op.InferShape([.. parts.Select(i => i.Type.Shape)]) };
        return node.Emit(op, axes, result is null ? type : type with { Quantization = result }, parts);
    }

    /// <summary>
    /// How tensors are joined along a dimension: along the axis that it is in one of them, the others brought into that layout; where no
    /// dimension of several elements comes before it, as all elements one behind the other; else along the columns between what comes
    /// before and what comes behind.
    /// </summary>
    private static (Concat Op, ImmutableArray<Activation> Parts, AxisOrder Axes) Along(
        NodeImport node,
        ImmutableArray<Activation> inputs,
        int axis
    )
    {
        var dims = inputs[0].Dims.SetItem(axis, inputs.Sum(i => i.Dims[axis]));
        var (outer, inner) = ((int)Limits.Product(dims[..axis]), (int)Limits.Product(dims[(axis + 1)..]));
        var layout = inputs.Select(i => i.Axes.Layout(i.Type.Shape)).OfType<string>().GroupBy(l => l).MaxBy(l => l.Count())?.Key;
        if (
            layout is not null
            && AxisOrder.IsAxis(layout[axis])
            && !(outer == 1 && inner < LeastRow && layout[axis] == 'H' && inputs.All(i => i.Axes.IsStored))
        )
        {
            ImmutableArray<Activation> parts = [.. inputs.Select(i => node.Arrange(i, layout))];
            var op = new Concat
            {
                Axis = layout[axis] switch
                {
                    'H' => ConcatAxis.Rows,
                    'W' => ConcatAxis.Columns,
                    _ => ConcatAxis.Channels,
                },
            };
            return (op, parts, AxisOrder.Of(layout, op.InferShape([.. parts.Select(i => i.Type.Shape)])));
        }

        if (outer == 1)
        {
            var shape = inner == 1 ? TensorShape.Vector(dims[axis]) : new(1, dims[axis], inner);
            return (
                new() { Axis = ConcatAxis.Elements, Shape = shape },
                [.. inputs.Select(i => i.Axes.IsStored ? i : node.Layout.InOnnxOrder(i))],
                AxisOrder.OfStored(dims, shape)
            );
        }

        var columns = inputs.Select(i => node.Layout.Between(i, axis)).ToImmutableArray();
        return (new() { Axis = ConcatAxis.Columns }, columns, AxisOrder.OfStored(dims, new(outer, dims[axis], inner)));
    }
}
