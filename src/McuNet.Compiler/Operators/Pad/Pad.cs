using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>How many indices of a constant stand before and behind those of the input, along each axis.</summary>
public readonly record struct Margins(int Top, int Left, int Bottom, int Right, int Front, int Back)
{
    public TensorShape Around(TensorShape shape) =>
        new(Top + shape.Height + Bottom, Left + shape.Width + Right, Front + shape.Channels + Back);
}

/// <summary>The input between margins of one number: rows, columns and channels.</summary>
public sealed partial record Pad : Operator
{
    public required Margins Margins { get; init; }

    /// <summary>The number, infinities included; of quantised values it is rounded as they are.</summary>
    public required float Fill { get; init; }

    public override string Kind => "Pad";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => Margins.Around(inputs[0]);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new PaddedRows(Margins.Top, types.Input.Shape.Height, Margins.Bottom);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        ColumnSlice.Windowed(
            new()
            {
                KernelHeight = 1,
                KernelWidth = 1,
                PadLeft = Margins.Left,
                PadRight = Margins.Right,
            },
            types,
            output,
            window => this with { Margins = Margins with { Left = window.PadLeft, Right = window.PadRight } }
        );

    /// <summary>Whether quantised values of a type hold the number itself, so that they may be padded before or after they are
    /// rounded.</summary>
    public bool IsExact(TensorType type) => type.Quantization is not { } q || q.Real(Stored(type)) == Fill;

    /// <summary>The element that is or stands for the number, in the lowest bits.</summary>
    private int Bits(TensorType type) => type.IsQuantized ? Stored(type) : BitConverter.SingleToInt32Bits(Fill);

    /// <summary>The integer that stands for the number.</summary>
    private int Stored(TensorType type) => Arithmetic.Quantize(Fill / type.Scale, type.ZeroPoint, type.Element.Range());
}
