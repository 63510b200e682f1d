using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Layers;

/// <summary>How the result of one node compares with ONNX Runtime's over all cases.</summary>
/// <param name="Value">Name of the ONNX value, or of the tensor where none corresponds.</param>
/// <param name="View">The ONNX value as it was compared; null where none was observed.</param>
/// <param name="Cases">One per case; empty where the value was not observed.</param>
/// <param name="Missing">Why it was not observed; else null.</param>
public sealed record LayerResult(Node Node, string Value, OnnxView? View, ImmutableArray<TensorDifference> Cases, string? Missing)
{
    public bool IsObserved => Missing is null;

    public bool Differs => Mismatches > 0;

    public long Elements => Cases.Sum(c => (long)c.Elements);

    public long Mismatches => Cases.Sum(c => (long)c.Mismatches);

    public double Largest => Cases.Select(c => c.Largest).DefaultIfEmpty().Max();

    /// <summary>Null where nothing differs.</summary>
    public DifferenceCause? Cause { get; init; }

    /// <summary>Index of the case to look at: that with the largest difference among those that have the cause.</summary>
    public int Example { get; init; }

    /// <summary>For an unknown cause the nodes before this one that could not be observed and may be the cause as well.</summary>
    public ImmutableArray<string> Suspects { get; init; } = [];
}

/// <summary>Why the result of a node differs, the most telling first.</summary>
public enum DifferenceCause
{
    /// <summary>In some case its inputs are equal: the node itself computes something else.</summary>
    Node,

    /// <summary>In some case no observed input differs, but others could not be observed: the node, or one before it.</summary>
    Unknown,

    /// <summary>Its inputs differ.</summary>
    Inputs,
}
