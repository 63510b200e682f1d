using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// A function of two operands, element by element, each of which has the result's size or one row, one column, one channel, which is read
/// again: two activations, or one and a constant. Add and Mul compute operands of one shape.
/// </summary>
public sealed partial record Elementwise : Operator, IClamped
{
    public required ElementFunction Function { get; init; }

    /// <summary>[H, W, C], float32 or int8 with one scale and zero point; null where both operands are activations.</summary>
    public ConstantTensor? Constant { get; init; }

    /// <summary>Whether the constant is the first operand; a slope is the second.</summary>
    public bool ConstantFirst { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    /// <summary>Whether the result is 1 or 0.</summary>
    public bool IsComparison => Function >= ElementFunction.Equal;

    public override string Kind => Function.ToString();

    public override OperandRule Operands => new(Constant is null ? 2 : 1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs)
    {
        var (a, b) = (inputs[0], Constant is null ? inputs[1] : ConstantShape);
        return new(Math.Max(a.Height, b.Height), Math.Max(a.Width, b.Width), Math.Max(a.Channels, b.Channels));
    }

    public override long Macs(NodeTypes types) =>
        Function is ElementFunction.Mul or ElementFunction.PRelu ? types.Output.Shape.Elements : 0;

    public override RowDependency Rows(NodeTypes types)
    {
        var output = types.Output.Shape;
        ImmutableArray<TensorShape> shapes =
        [
            .. types.Inputs.Select(t => t.Shape),
            .. Constant is null ? ImmutableArray<TensorShape>.Empty : [ConstantShape],
        ];
        return OperandRows.Of(types) with { InPlace = true, Joinable = shapes.All(s => s == output || s is { Height: 1, Width: 1 }) };
    }

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var width = types.Output.Shape.Width;
        var constant = Constant is { } c && ConstantShape.Width == width ? Columns(c, output) : Constant;
        return new(
            this with
            {
                Constant = constant,
            },
            [.. types.Inputs.Select(t => t.Shape.Width == width ? output : new ColumnRange(0, 1))]
        );
    }

    private TensorShape ConstantShape => new(Constant!.Dims[0], Constant.Dims[1], Constant.Dims[2]);

    private static ConstantTensor Columns(ConstantTensor constant, ColumnRange range)
    {
        var column = constant.Dims[2] * constant.Element.Size();
        var row = constant.Dims[1] * column;
        var data = ImmutableArray.CreateBuilder<byte>(constant.Dims[0] * range.Count * column);
        for (var y = 0; y < constant.Dims[0]; y++)
            data.AddRange(constant.Data.AsSpan(y * row + range.Begin * column, range.Count * column));
        return constant with { Dims = constant.Dims.SetItem(1, range.Count), Data = data.MoveToImmutable() };
    }
}
