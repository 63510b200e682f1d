using System.Collections.Immutable;

namespace McuNet.Compiler.Graph;

/// <summary>An operator each of whose output pixels comes from the pixels at the same place of its inputs, which all have its shape,
/// without products of two values.</summary>
public abstract record PixelwiseOperator : Operator
{
    public sealed override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public sealed override long Macs(NodeTypes types) => 0;

    public sealed override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
