using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Transposed convolution: every input pixel adds its weights to a window of the output, and windows of neighbours lie a stride apart.
/// Output pixel (y, x) has tap (i, j) of input pixel (r, c) where y = r * stride - pad + i * dilation, and so for columns.
///
///   kernel 3, stride 2, pad 1       output row 0 reads input row 0 (tap 1)
///                                   output row 1 reads input rows 0 (tap 2) and 1 (tap 0)
///                                   output row 2 reads input row 1 (tap 1)
/// </summary>
public sealed partial record ConvTranspose : Operator, ILinear, IClamped
{
    /// <summary>[C_out, kernel height, kernel width, C_in / groups], int8 with one scale or one per output channel.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>[C_out] int32 with scale (input scale x weight scale), or null.</summary>
    public ConstantTensor? Bias { get; init; }

    /// <summary>Kernel, strides, dilations, and what is cut off at the top and the left; the rest follows from the output's size.</summary>
    public required Window Window { get; init; }

    public required int OutputHeight { get; init; }

    public required int OutputWidth { get; init; }

    public int Groups { get; init; } = 1;

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public int ChannelOf(int weight) => weight / (Weights.Count / Weights.Dims[0]);

    public Operator WithConstants(ConstantTensor weights, ConstantTensor? bias) => this with { Weights = weights, Bias = bias };

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "ConvTranspose";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(OutputHeight, OutputWidth, Weights.Dims[0]);

    public override long Macs(NodeTypes types) => (long)types.Input.Shape.Height * types.Input.Shape.Width * Weights.Count;

    public override RowDependency Rows(NodeTypes types) => new TransposedRows(Window, types.Input.Shape.Height, OutputHeight);

    /// <summary>Null where a band could begin between two windows, with pixels that no input reaches.</summary>
    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        if (Window.SpanWidth < Window.StrideWidth)
            return null;
        var begin = Math.Max(0, FirstOf(output.Begin, Window.PadLeft, Window.SpanWidth, Window.StrideWidth));
        var end = Math.Min(types.Input.Shape.Width, (output.End - 1 + Window.PadLeft) / Window.StrideWidth + 1);
        if (begin >= end)
            return null;
        var window = Window with { PadLeft = output.Begin + Window.PadLeft - begin * Window.StrideWidth };
        return new(this with { Window = window, OutputWidth = output.Count }, [new(begin, end)]);
    }

    /// <summary>The first input row or column that has a tap at an output one; may be negative.</summary>
    private static int FirstOf(int output, int pad, int span, int stride) => (int)Math.Ceiling((output + pad - span + 1) / (double)stride);

    /// <summary>Output row y comes from the input rows whose windows hold it.</summary>
    private sealed record TransposedRows(Window Window, int InputHeight, int OutputHeight) : RowDependency(OutputHeight)
    {
        public override RowIndex RowOf(int input) => new FirstRow();

        public override RowRange Reads(int input, int step) =>
            new(
                Math.Clamp(FirstOf(step, Window.PadTop, Window.SpanHeight, Window.StrideHeight), 0, InputHeight),
                Math.Clamp((step + Window.PadTop) / Window.StrideHeight + 1, 0, InputHeight)
            );

        public override RowRange Writes(int step) => new(step, step + 1);
    }
}
