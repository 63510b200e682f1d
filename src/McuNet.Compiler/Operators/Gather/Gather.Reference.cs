using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Gather
{
    /// <summary>The elements of the chosen rows as they are stored.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var bytes = types.Output.RowBytes;
        var table = IsConstant ? Table.AsSpan() : inputs[0].Bytes;
        var numbers = inputs[^1].Float32;
        for (var i = 0; i < numbers.Length; i++)
            table.Slice(Row(numbers[i]) * bytes, bytes).CopyTo(output.Bytes.AsSpan(i * bytes));
    }

    /// <summary>The real numbers of the chosen rows.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var table = IsConstant ? new TensorData(types.Output with { Shape = new(Count, 1, Width) }, Table.AsSpan()).Reals() : inputs[0];
        for (var i = 0; i < output.Length; i++)
            output[i] = table[Row((float)inputs[^1][i / Width]) * Width + i % Width];
    }

    public bool Equals(Gather? other) =>
        other is not null && (Count, Width) == (other.Count, other.Width) && Table.AsSpan().SequenceEqual(other.Table.AsSpan());

    public override int GetHashCode() => (Count, Width, Table.Length).GetHashCode();
}
