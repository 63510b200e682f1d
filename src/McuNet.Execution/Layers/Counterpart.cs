using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Layers;

/// <summary>A node of the network with the ONNX values that hold its result.</summary>
/// <param name="Network">The network in which the result is evaluated: where a pass left channels of it out, as it was before.</param>
/// <param name="Result">The result in that network.</param>
/// <param name="Views">The likeliest first; empty where no value can be compared, for the reason <paramref name="Missing"/>.</param>
public sealed record Counterpart(Node Node, NetworkGraph Network, Tensor Result, ImmutableArray<OnnxView> Views, string? Missing = null);

/// <summary>An ONNX value as the importer sees it.</summary>
/// <param name="Type">Shape, element type and quantisation as the model states them, before passes.</param>
/// <param name="StoredOrder">Whether ONNX orders the elements H, W, C; otherwise C, H, W.</param>
public sealed record OnnxView(string Value, ImmutableArray<int> Dims, TensorType Type, bool StoredOrder)
{
    /// <summary>The place of an element in each dimension.</summary>
    /// <param name="index">Its position in ONNX order.</param>
    public ImmutableArray<int> Place(int index)
    {
        var place = new int[Dims.Length];
        for (var d = Dims.Length - 1; d >= 0; d--)
            (index, place[d]) = int.DivRem(index, Dims[d]);
        return [.. place];
    }
}
