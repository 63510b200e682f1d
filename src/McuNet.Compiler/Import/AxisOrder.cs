using System.Collections.Immutable;
using System.Text;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Import;

/// <summary>
/// Which axes of a tensor each ONNX dimension runs over: for [1, C, H, W] the terms are "", "C", "H", "W"; flattened to [1, C*H*W] they
/// are "", "CHW", outermost first. Axes of one element belong to no term, so a term may be empty.
/// </summary>
/// <remarks>Invariant: every axis of more than one element is in exactly one term.</remarks>
internal readonly record struct AxisOrder(ImmutableArray<string> Terms)
{
    /// <summary>All axes, outermost first: the order in which ONNX sees the elements.</summary>
    public string Sequence => string.Concat(Terms);

    /// <summary>Whether ONNX sees the elements in the order in which they are stored.</summary>
    public bool IsStored => Sequence is "" or "H" or "W" or "C" or "HW" or "HC" or "WC" or "HWC";

    public int Rank => Terms.Length;

    public bool Equals(AxisOrder other) => string.Join('|', Terms) == string.Join('|', other.Terms);

    public override int GetHashCode() => Sequence.GetHashCode(System.StringComparison.Ordinal);

    public override string ToString() => string.Join(", ", Terms.AsSpan()!);

    /// <summary>Keeps of <paramref name="axes"/>, one letter per dimension with '-' for the batch, those that have several elements.</summary>
    public static AxisOrder Of(string axes, TensorShape shape)
    {
        var terms = ImmutableArray.CreateBuilder<string>(axes.Length);
        foreach (var axis in axes)
            terms.Add(Extent(axis, shape) > 1 ? axis.ToString() : "");
        return new(terms.MoveToImmutable());
    }

    public static int Extent(char axis, TensorShape shape) => axis switch
    {
        'H' => shape.Height,
        'W' => shape.Width,
        'C' => shape.Channels,
        _ => 1,
    };

    public ImmutableArray<int> Dims(TensorShape shape)
    {
        var dims = ImmutableArray.CreateBuilder<int>(Rank);
        foreach (var term in Terms)
        {
            var size = 1;
            foreach (var axis in term)
                size *= Extent(axis, shape);
            dims.Add(size);
        }

        return dims.MoveToImmutable();
    }

    /// <summary>The same element order cut into other dimensions, or null where a cut would fall inside an axis.</summary>
    public AxisOrder? Regrouped(ImmutableArray<int> dims, TensorShape shape)
    {
        var (sequence, next) = (Sequence, 0);
        var terms = ImmutableArray.CreateBuilder<string>(dims.Length);
        foreach (var dim in dims)
        {
            var (term, size) = (new StringBuilder(), 1);
            while (size < dim && next < sequence.Length)
            {
                term.Append(sequence[next]);
                size *= Extent(sequence[next++], shape);
            }

            if (size != dim)
                return null;
            terms.Add(term.ToString());
        }

        return next == sequence.Length ? new(terms.MoveToImmutable()) : null;
    }

    /// <summary>Dimension i of the result is dimension permutation[i] of this.</summary>
    public AxisOrder Permuted(ImmutableArray<int> permutation)
    {
        var terms = ImmutableArray.CreateBuilder<string>(Rank);
        foreach (var source in permutation)
            terms.Add(Terms[source]);
        return new(terms.MoveToImmutable());
    }

    /// <summary>The letters that ONNX gives to the dimensions of an image, a signal or a vector: batch, channels, rows, columns.</summary>
    public static string ChannelsFirst(int rank) => rank switch
    {
        4 => "-CHW",
        3 => "-CH",
        2 => "-C",
        1 => "C",
        _ => "",
    };
}
