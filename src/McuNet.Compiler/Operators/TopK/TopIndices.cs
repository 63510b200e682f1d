using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>The numbers, as real ones, of the channels that <see cref="TopK"/> gives.</summary>
public sealed record TopIndices : Operator
{
    public required int Count { get; init; }

    public bool IsLeast { get; init; }

    public override string Kind => "TopIndices";

    public override OperandRule Operands => new(1, TypeRule.RealResult);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Channels = Count };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);

    /// <summary>The numbers of the channels in order.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        float[] places = [.. TopK.PlacesOf(inputs[0], types.Input.Shape.Channels, Count, IsLeast).Select(p => (float)p)];
        System.MemoryExtensions.CopyTo(places, output.Float32);
    }

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        double[] places = [.. TopK.Places(inputs[0], types.Input.Shape.Channels, Count, IsLeast).Select(p => (double)p)];
        places.CopyTo(output, 0);
    }

    internal static ImmutableArray<OperatorKernel<Layer<TopIndices>>> Kernels { get; } =
    [
        TopK.Row<TopIndices>("mn_top_indices_s8f32_portable", op => (op.Count, op.IsLeast)),
        TopK.Row<TopIndices>("mn_top_indices_f32_portable", op => (op.Count, op.IsLeast)),
    ];
}
