using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Bands;

/// <summary>
/// The columns that one band of nodes [first, end) computes, by propagation from its output backwards. A tensor that several nodes read is
/// computed on the smallest range that serves all of them.
/// </summary>
/// <param name="Nodes">By node less first: the operator on its columns; null where the band does not need the node.</param>
/// <param name="Computed">The columns of each tensor that the band computes or, of the tensor it begins with, reads.</param>
internal sealed record BandColumns(ImmutableArray<ColumnSlice?> Nodes, IReadOnlyDictionary<TensorId, ColumnRange> Computed)
{
    /// <param name="result">The tensor of which the band computes the columns <paramref name="columns"/>.</param>
    /// <param name="refusing">A node that cannot be restricted to columns, where the result is null.</param>
    public static BandColumns? Of(NetworkGraph graph, int first, int end, TensorId result, ColumnRange columns, out Node? refusing)
    {
        var needed = new Dictionary<TensorId, ColumnRange> { [result] = columns };
        var nodes = new ColumnSlice?[end - first];
        for (var n = end - 1; n >= first; n--)
        {
            var node = graph.Nodes[n];
            if (!needed.TryGetValue(node.Output, out var output))
                continue;
            if (node.Operator.Slice(graph.TypesOf(node), output) is not { } slice)
            {
                refusing = node;
                return null;
            }
            nodes[n - first] = slice;
            for (var i = 0; i < node.Inputs.Length; i++)
                needed[node.Inputs[i]] = needed.TryGetValue(node.Inputs[i], out var other) ? other.Hull(slice.Inputs[i]) : slice.Inputs[i];
        }
        refusing = null;
        return new([.. nodes], needed);
    }

    /// <summary>Band number <paramref name="band"/> of <paramref name="bands"/> over a width: equal shares, to a column.</summary>
    public static ColumnRange Share(int width, int band, int bands) => new(width * band / bands, width * (band + 1) / bands);
}
