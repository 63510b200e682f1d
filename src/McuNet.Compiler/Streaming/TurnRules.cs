using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Streaming;

/// <summary>An operator as the same one on tensors whose rows are the columns it had, and the other way round.</summary>
/// <param name="Turn">Null where a node's attributes allow none.</param>
internal sealed record TurnRule(Type Type, Func<Operator, NodeTypes, Operator?> Turn);

/// <summary>Every operator that can be turned; others keep their columns.</summary>
internal static class TurnRules
{
    private static readonly ImmutableArray<TurnRule> Rules =
    [
        Same<Add>(),
        Same<ArgExtreme>(),
        Summed<AveragePool>((op, _) => op with { Window = Swapped(op.Window) }),
        Same<Clip>(),
        Same<Composite>(),
        Rule<Concat>(op =>
            op.Axis switch
            {
                ConcatAxis.Channels => op,
                ConcatAxis.Columns => op with { Axis = ConcatAxis.Rows },
                _ => null,
            }
        ),
        Summed<Conv2D>((op, _) => op with { Window = Swapped(op.Window), Weights = Swapped(op.Weights, 1) }),
        Summed<Dense>((op, types) => op with { Weights = Flat(op.Weights, types.Input.Shape) }),
        Summed<DepthwiseConv2D>((op, _) => op with { Window = Swapped(op.Window), Weights = Swapped(op.Weights, 0) }),
        Same<Dequantize>(),
        Rule<Elementwise>(op => op.Constant is { } constant ? op with { Constant = Swapped(constant, 0) } : op),
        Same<LogSoftmax>(),
        Same<Lookup>(),
        Rule<MaxPool>(op => op with { Window = Swapped(op.Window) }),
        Summed<Mean>((op, _) => op with { OverHeight = op.OverWidth, OverWidth = op.OverHeight }),
        Same<Mul>(),
        Same<Narrow>(),
        Rule<Pad>(op => op with { Margins = Swapped(op.Margins) }),
        Same<Quantize>(),
        Summed<Reduce>((op, _) => op with { OverHeight = op.OverWidth, OverWidth = op.OverHeight }),
        Same<Rescale>(),
        Same<SelectChannels>(),
        Rule<SelectPixels>(op => op with { RowSource = op.ColumnSource, ColumnSource = op.RowSource }),
        Same<Softmax>(),
        Same<TopIndices>(),
        Same<TopK>(),
        Same<Where>(),
        Same<Widen>(),
    ];

    /// <param name="types">Before they are turned.</param>
    public static Operator? Turned(Operator op, NodeTypes types) => Rules.FirstOrDefault(r => r.Type == op.GetType())?.Turn(op, types);

    private static TurnRule Same<T>()
        where T : Operator => Rule<T>(op => op);

    private static TurnRule Rule<T>(Func<T, Operator?> turn)
        where T : Operator => new(typeof(T), (op, _) => turn((T)op));

    /// <summary>Sums, whose terms come in another order: the same of integers, and of real numbers where there is one row or one
    /// column.</summary>
    private static TurnRule Summed<T>(Func<T, NodeTypes, Operator> turn)
        where T : Operator =>
        new(
            typeof(T),
            (op, types) => types.Input.IsQuantized || types.Input.Shape is { Height: 1 } or { Width: 1 } ? turn((T)op, types) : null
        );

    private static Margins Swapped(Margins margins) =>
        margins with
        {
            Top = margins.Left,
            Left = margins.Top,
            Bottom = margins.Right,
            Right = margins.Bottom,
        };

    private static Window Swapped(Window window) =>
        new()
        {
            KernelHeight = window.KernelWidth,
            KernelWidth = window.KernelHeight,
            StrideHeight = window.StrideWidth,
            StrideWidth = window.StrideHeight,
            DilationHeight = window.DilationWidth,
            DilationWidth = window.DilationHeight,
            PadTop = window.PadLeft,
            PadLeft = window.PadTop,
            PadBottom = window.PadRight,
            PadRight = window.PadBottom,
        };

    /// <summary>Weights of a dense layer for the elements of a turned tensor.</summary>
    private static ConstantTensor Flat(ConstantTensor weights, TensorShape input) =>
        Swapped(weights with { Dims = [weights.Dims[0], input.Height, input.Width, input.Channels] }, 1) with
        {
            Dims = weights.Dims,
        };

    /// <param name="height">Index of the dimension of rows, behind which that of columns stands.</param>
    private static ConstantTensor Swapped(ConstantTensor constant, int height)
    {
        var (rows, columns) = (constant.Dims[height], constant.Dims[height + 1]);
        var pixel = constant.Dims[(height + 2)..].Aggregate(constant.Element.Size(), (product, dim) => product * dim);
        var data = ImmutableArray.CreateBuilder<byte>(constant.Data.Length);
        for (var plane = 0; plane < constant.Data.Length; plane += rows * columns * pixel)
        {
            for (var i = 0; i < rows * columns; i++)
                data.AddRange(constant.Data.AsSpan(plane + (i % rows * columns + i / rows) * pixel, pixel));
        }

        return constant with
        {
            Dims = constant.Dims.SetItem(height, columns).SetItem(height + 1, rows),
            Data = data.MoveToImmutable(),
        };
    }
}
