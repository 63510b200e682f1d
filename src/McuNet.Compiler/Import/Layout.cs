using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>
/// Makes what a view shows: an operator that moves elements, where a tensor is needed with other axes than it is stored with, or between
/// the zeros that it is padded by.
/// </summary>
/// <param name="name">Of the node for which it is done.</param>
/// <param name="result">Of the tensors that it makes.</param>
internal sealed class Layout(GraphBuilder graph, string name, string result)
{
    /// <summary>A tensor with the same elements in the same stored order under another shape.</summary>
    public Activation Reshaped(Activation value, TensorShape shape, AxisOrder axes) =>
        shape == value.Type.Shape ? value with { Axes = axes } : Add(value, new Reshape { Shape = shape }, shape, axes);

    /// <summary>The value with its zeros around it, as a tensor.</summary>
    public Activation Solid(Activation value)
    {
        if (value.Padding.IsNone)
            return value;
        var (top, left, bottom, right) = value.Padding;
        var pad = new Pad { Margins = new(top, left, bottom, right, 0, 0), Fill = 0 };
        var shape = pad.InferShape([value.Type.Shape]);
        Limits.Require(name, "padded tensor", shape);
        return Add(value, pad, shape, Grown(value.Axes, value.Type.Shape, shape));
    }

    /// <summary>With dimensions that run over the given axes, one letter each, '-' for a dimension of 1, which may need every element
    /// moved.</summary>
    public Activation Arranged(Activation value, string axes, TensorShape shape)
    {
        var solid = Solid(value);
        var loops = "HWC"
            .Select(a => axes.IndexOf(a))
            .Where(d => d >= 0)
            .SelectMany(d => solid.Axes.Loops(solid.Axes.Terms[d], solid.Type.Shape));
        return Moved(solid, loops, shape, AxisOrder.Of(axes, shape));
    }

    /// <summary>
    /// Stored in the order in which ONNX sees the elements: three dimensions at most as rows, columns and channels, the first of more of
    /// them as rows.
    /// </summary>
    public Activation InOnnxOrder(Activation value)
    {
        var solid = Solid(value);
        var shape = ShapeOf(solid.Dims);
        return Moved(solid, solid.Axes.Loops(solid.Axes.Sequence, solid.Type.Shape), shape, AxisOrder.OfStored(solid.Dims, shape));
    }

    /// <summary>A tensor that is stored in the order of ONNX, under any dimensions.</summary>
    public Activation InOrder(Activation value, ImmutableArray<int> dims)
    {
        var shape = ShapeOf(dims);
        return Reshaped(value, shape, AxisOrder.OfStored(dims, shape));
    }

    /// <summary>With one dimension alone on an axis, which is told too; moves elements only where the dimension is no such axis
    /// yet.</summary>
    public (Activation Value, char Axis) Isolated(Activation value, int dimension)
    {
        var solid = Solid(value);
        if (AxisOf(solid, dimension) is { } axis)
            return (solid, axis);
        return (Between(solid, dimension), 'W');
    }

    /// <summary>Stored in the order of ONNX with one dimension as columns: those before it are rows, those behind it channels.</summary>
    public Activation Between(Activation value, int dimension)
    {
        var solid = Solid(value);
        var dims = solid.Dims;
        var shape = new TensorShape((int)Limits.Product(dims[..dimension]), dims[dimension], (int)Limits.Product(dims[(dimension + 1)..]));
        return Moved(solid, solid.Axes.Loops(solid.Axes.Sequence, solid.Type.Shape), shape, AxisOrder.OfStored(dims, shape));
    }

    /// <summary>
    /// Stored with rows, columns and channels over a list of dimensions each, outermost first, every dimension in one of them; seen as
    /// before. Moves elements only where they lie in another order.
    /// </summary>
    public Activation Grouped(Activation value, ImmutableArray<int> rows, ImmutableArray<int> columns, ImmutableArray<int> channels)
    {
        var solid = Solid(value);
        ImmutableArray<int> order = [.. rows, .. columns, .. channels];
        var (permuted, dims) = (solid.Axes.Permuted(order), solid.Dims);
        var shape = new TensorShape(Size(rows), Size(columns), Size(channels));
        var stored = AxisOrder.OfStored([.. order.Select(d => dims[d])], shape);
        var axes = stored.Permuted([.. Enumerable.Range(0, order.Length).Select(d => order.IndexOf(d))]);
        return Moved(solid, permuted.Loops(permuted.Sequence, solid.Type.Shape), shape, axes);

        int Size(ImmutableArray<int> group) => (int)Limits.Product([.. group.Select(d => dims[d])]);
    }

    /// <summary>With one dimension as channels, two others of several elements as rows and columns, more of them as rows.</summary>
    public Activation AsChannels(Activation value, int dimension)
    {
        if (value.Axes.Terms[dimension] == "C" && value.Padding.IsNone)
            return value;
        ImmutableArray<int> others = [.. Enumerable.Range(0, value.Axes.Rank).Where(d => d != dimension)];
        var wide = others.Where(d => value.Dims[d] > 1).ToArray();
        return wide.Length < 2 ? Grouped(value, others, [], [dimension]) : Grouped(value, others.Remove(wide[^1]), [wide[^1]], [dimension]);
    }

    /// <summary>The axis that a dimension alone runs over, or may grow along; null where it runs over none, over several or over a part of
    /// one.</summary>
    public static char? AxisOf(Activation value, int dimension) =>
        value.Axes.Terms[dimension] switch
        {
            [var axis] => AxisOrder.IsAxis(axis) ? axis : null,
            "" when value.Axes.Layout(value.Type.Shape) is { } layout && AxisOrder.IsAxis(layout[dimension]) => layout[dimension],
            _ => null,
        };

    private Activation Moved(Activation value, IEnumerable<MoveLoop> order, TensorShape shape, AxisOrder axes)
    {
        ImmutableArray<MoveLoop> loops = [.. order.Where(l => l.Count > 1)];
        if (IsStored(loops))
            return Reshaped(value, shape, axes);
        Limits.Require(name, "rearranged tensor", shape);
        if (loops.Length > Permute.MostLoops)
            throw ImportFailure.Of(DiagnosticCatalog.ElementOrderNotSupported, name, "transposition", value.Name, value.Axes, axes);
        graph.MovedElements += shape.Elements;
        return ByChannels(value.Type.Shape, loops, shape) is { } channels
            ? Add(value, new SelectChannels { Source = channels }, shape, axes)
            : Add(value, new Permute { Shape = shape, Loops = loops }, shape, axes);
    }

    /// <summary>
    /// The shape of a tensor that is stored in the order of ONNX: three dimensions at most as rows, columns and channels, the first of more
    /// of them as rows.
    /// </summary>
    public static TensorShape ShapeOf(ImmutableArray<int> dims) =>
        dims.Where(d => d > 1).ToArray() switch
        {
            [] => new(1, 1, 1),
            [var c] => new(1, 1, c),
            [var h, var c] => new(h, 1, c),
            [.. var leading, var w, var c] => new(leading.Aggregate(1, (a, b) => a * b), w, c),
        };

    private static bool IsStored(ImmutableArray<MoveLoop> loops) =>
        loops.Select((loop, i) => loop.Stride == loops.Skip(i + 1).Aggregate(1, (product, l) => product * l.Count)).All(stored => stored);

    /// <summary>The order of the channels, where pixels keep their places; null elsewhere.</summary>
    private static ImmutableArray<int>? ByChannels(TensorShape from, ImmutableArray<MoveLoop> loops, TensorShape to)
    {
        if (from != to || from.Channels > ushort.MaxValue)
            return null;
        var within = loops.Where(l => l.Stride < from.Channels).ToImmutableArray();
        if (
            within.Aggregate(1, (product, l) => product * l.Count) != from.Channels
            || !loops[^within.Length..].SequenceEqual(within)
            || !IsStored([.. loops[..^within.Length], new(from.Channels, 1)])
        )
            return null;
        return
        [
            .. within.Aggregate(
                Enumerable.Repeat(0, 1),
                (places, loop) => places.SelectMany(p => Enumerable.Range(0, loop.Count).Select(i => p + i * loop.Stride))
            ),
        ];
    }

    /// <summary>The axes of a tensor that has grown: one that had a single element is no term yet.</summary>
    private static AxisOrder Grown(AxisOrder axes, TensorShape from, TensorShape to) =>
        from.Height > 1 == to.Height > 1 && from.Width > 1 == to.Width > 1 || axes.Layout(from) is not { } layout
            ? axes
            : AxisOrder.Of(layout, to);

    private Activation Add(Activation value, Operator op, TensorShape shape, AxisOrder axes)
    {
        var type = value.Type with { Shape = shape };
        return new(result, graph.AddNode(name, op, [value.Tensor], result, type), type, axes, default);
    }
}
