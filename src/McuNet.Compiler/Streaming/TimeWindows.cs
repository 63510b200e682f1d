using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Streaming;

/// <summary>An operator that goes along rows in one way from the first to the last.</summary>
/// <param name="Window">Null where the attributes of a node, or its tensors, are such that it does not.</param>
internal sealed record TimeRule(Type Type, Func<Operator, NodeTypes, TimeWindow?> Window);

/// <summary>
/// Every operator whose rows keep when the window of its input moves on. All others, and those for which a rule gives null, take whole
/// tensors.
/// </summary>
internal static class TimeWindows
{
    public static readonly ImmutableArray<TimeRule> Rules =
    [
        Windowed<Conv2D>((op, window) => op with { Window = window }),
        Windowed<DepthwiseConv2D>((op, window) => op with { Window = window }),
        Windowed<MaxPool>((op, window) => op with { Window = window }),
        Windowed<AveragePool>((op, window) => op with { Window = window }),
        ByRow<Add>(),
        ByRow<ArgExtreme>(),
        ByRow<Clip>(),
        ByRow<Composite>(),
        ByRow<Concat>(op => op.Axis is ConcatAxis.Channels or ConcatAxis.Columns),
        ByRow<Dequantize>(),
        ByRow<Elementwise>(op => op.Constant is not { } constant || constant.Dims[0] == 1),
        ByRow<Gather>(op => op.IsConstant),
        ByRow<LogSoftmax>(),
        ByRow<Lookup>(),
        ByRow<Mean>(op => !op.OverHeight),
        ByRow<Mul>(),
        ByRow<Narrow>(),
        ByRow<Normalization>(op => !op.OverPixels && op.Gain.Dims[0] == 1 && op.Offset.Dims[0] == 1),
        ByRow<Pad>(op => op.Margins is { Top: 0, Bottom: 0 }),
        ByRow<Permute>(
            (op, types) => op.Loops[0] == new MoveLoop(types.Input.Shape.Height, types.Input.Shape.RowElements),
            (op, rows) =>
                op with
                {
                    Shape = op.Shape with { Height = rows },
                    Loops = op.Loops.SetItem(0, op.Loops[0] with { Count = rows }),
                }
        ),
        ByRow<Quantize>(),
        ByRow<Reduce>(op => !op.OverHeight),
        ByRow<Rescale>(),
        ByRow<Reshape>((_, _) => true, (op, rows) => op with { Shape = op.Shape with { Height = rows } }),
        ByRow<SelectChannels>(),
        new(typeof(SelectPixels), (op, _) => Chosen((SelectPixels)op)),
        ByRow<Softmax>(),
        ByRow<TopIndices>(),
        ByRow<TopK>(),
        ByRow<Where>(),
        ByRow<Widen>(),
    ];

    public static TimeWindow? Of(Operator op, NodeTypes types) => Rules.FirstOrDefault(r => r.Type == op.GetType())?.Window(op, types);

    private static TimeRule Windowed<T>(Func<T, Window, Operator> with)
        where T : Operator, IWindowed =>
        new(
            typeof(T),
            (op, _) =>
                ((T)op).Window is var window
                    ? new TimeWindow(
                        window.StrideHeight,
                        window.PadTop,
                        window.SpanHeight,
                        piece => with((T)op, window with { PadTop = piece.Top, PadBottom = piece.Bottom })
                    )
                    : null
        );

    private static TimeRule ByRow<T>(Func<T, bool>? applies = null)
        where T : Operator => ByRow<T>((op, _) => applies?.Invoke(op) ?? true, (op, _) => op);

    /// <summary>Row y of the output from row y of each input.</summary>
    private static TimeRule ByRow<T>(Func<T, NodeTypes, bool> applies, Func<T, int, Operator> restrict)
        where T : Operator =>
        new(
            typeof(T),
            (op, types) =>
                types.Inputs.All(t => t.Shape.Height == types.Output.Shape.Height) && applies((T)op, types)
                    ? new TimeWindow(1, 0, 1, piece => restrict((T)op, piece.Output.Count))
                    : null
        );

    private static TimeWindow? Chosen(SelectPixels op) =>
        StridedRow.Of(op.RowSource) is var (stride, pad)
            ? new TimeWindow(
                stride,
                pad,
                1,
                piece => op with { RowSource = [.. Enumerable.Range(0, piece.Output.Count).Select(y => y * stride)] }
            )
            : null;
}
