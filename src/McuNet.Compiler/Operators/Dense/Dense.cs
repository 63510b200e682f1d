using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Fully connected layer over all elements of the input in HWC order: Gemm, MatMul, 1x1 QLinearConv on a vector.
/// </summary>
public sealed partial record Dense : Operator, ILinear, IClamped
{
    /// <summary>[C_out, elements of the input in HWC order], int8 with one scale or one per output channel.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>[C_out] int32 with scale (input scale x weight scale), or null.</summary>
    public ConstantTensor? Bias { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithBias(ConstantTensor? bias) => this with { Bias = bias };

    public Operator WithWeights(ConstantTensor weights, ConstantTensor? bias) => this with { Weights = weights, Bias = bias };

    public int OutputOf(int weight) => weight / Weights.Dims[1];

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Dense";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => TensorShape.Vector(Weights.Dims[0]);

    public override long Macs(NodeTypes types) => (long)Weights.Dims[0] * Weights.Dims[1];

    public override RowDependency Rows(NodeTypes types) => new AllRows(types.Input.Shape.Height, 1);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;
}
