using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>
/// A tensor that is known while compiling, where an operator takes no constant or an output depends on no input: its rows are copied as
/// they are needed.
/// </summary>
public sealed partial record Known : Operator
{
    /// <summary>[H, W, C], elements as the tensor stores them.</summary>
    public required ImmutableArray<byte> Data { get; init; }

    public required TensorShape Shape { get; init; }

    public override string Kind => "Constant";

    public override OperandRule Operands => new(0, TypeRule.NoOperands);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => Shape;

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var (row, pixel) = (types.Output.RowBytes, types.Output.RowBytes / Shape.Width);
        var data = ImmutableArray.CreateBuilder<byte>(Shape.Height * output.Count * pixel);
        for (var y = 0; y < Shape.Height; y++)
            data.AddRange(Data.AsSpan(y * row + output.Begin * pixel, output.Count * pixel));
        return new(this with { Data = data.MoveToImmutable(), Shape = Shape with { Width = output.Count } }, []);
    }

    public bool Equals(Known? other) => other is not null && Shape == other.Shape && Data.AsSpan().SequenceEqual(other.Data.AsSpan());

    public override int GetHashCode() => (Shape, Data.Length).GetHashCode();

    internal static ImmutableArray<OperatorKernel<Layer<Known>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_known_portable",
            Sources = ["mn_known.h", "mn_move.h", "mn_known_portable.c"],
            ParameterType = "mn_known",
            Parameters = l =>
                [new TableParameter("data", new("data", TableType.Int8, l.Operator.Data)), new IntegerParameter("row", l.Output.RowBytes)],
            Arguments = [KernelArgument.Output, KernelArgument.Step],
            Cycles = (l, t) => ElementCost.OfCalledRun(l.Output.RowBytes, t),
            AloneShare = l => ElementCost.AloneShare(l.Output.RowBytes),
        },
    ];
}
