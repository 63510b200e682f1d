using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import;

/// <summary>A part of an axis that a reshape has cut: <paramref name="Extent"/> indices that lie <paramref name="Stride"/> apart on the
/// axis.</summary>
internal readonly record struct AxisPart(char Letter, char Axis, int Extent, int Stride);

/// <summary>
/// Which axes of a tensor each ONNX dimension runs over: for [1, C, H, W] the terms are "", "C", "H", "W"; flattened to [1, C*H*W] they
/// are "", "CHW", outermost first. Axes of one element belong to no term, so a term may be empty. Where a dimension is part of an axis, its
/// letter is a small one: eight channels as [2, 4] are "a", "b".
/// </summary>
/// <remarks>Invariant: every axis of more than one element is in exactly one term, or each of its parts is.</remarks>
internal readonly record struct AxisOrder(ImmutableArray<string> Terms, ImmutableArray<AxisPart> Parts)
{
    private const string Stored = "HWC";

    public AxisOrder(ImmutableArray<string> terms)
        : this(terms, []) { }

    /// <summary>All axes, outermost first: the order in which ONNX sees the elements.</summary>
    public string Sequence => string.Concat(Terms);

    /// <summary>Whether ONNX sees the elements in the order in which they are stored.</summary>
    public bool IsStored
    {
        get
        {
            var order = this;
            var places = Sequence.Select(order.Place).ToArray();
            return places.Zip(places.Skip(1), (a, b) => a.CompareTo(b) < 0).All(ascends => ascends);
        }
    }

    public int Rank => Terms.Length;

    public bool Equals(AxisOrder other) => ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString()
    {
        var parts = Parts;
        return string.Join(
            ", ",
            Terms.Select(t =>
                string.Concat(
                    t.Select(l =>
                        parts.FirstOrDefault(p => p.Letter == l) is { Extent: > 0 } p ? $"{p.Axis}[{p.Extent} x {p.Stride}]" : l.ToString()
                    )
                )
            )
        );
    }

    /// <summary>Keeps of <paramref name="axes"/>, one letter per dimension with '-' for the batch, those that have several
    /// elements.</summary>
    public static AxisOrder Of(string axes, TensorShape shape)
    {
        var terms = ImmutableArray.CreateBuilder<string>(axes.Length);
        foreach (var axis in axes)
            terms.Add(ExtentOf(axis, shape) > 1 ? axis.ToString() : "");
        return new(terms.MoveToImmutable());
    }

    /// <summary>Elements in stored order under other dimensions, which end where rows and pixels do.</summary>
    public static AxisOrder OfStored(ImmutableArray<int> dims, TensorShape shape) =>
        Of(Stored, shape).Regrouped(dims, shape, cuts: true)
        ?? throw new InvalidOperationException($"[{string.Join(", ", dims)}] is not {shape}");

    /// <summary>Whether a letter is a whole axis.</summary>
    public static bool IsAxis(char letter) => Stored.Contains(letter, StringComparison.Ordinal);

    public int Extent(char letter, TensorShape shape) => Part(letter, shape).Extent;

    public ImmutableArray<int> Dims(TensorShape shape)
    {
        var order = this;
        return [.. Terms.Select(term => term.Aggregate(1, (size, letter) => size * order.Extent(letter, shape)))];
    }

    /// <summary>Where in a tensor the elements of some letters lie, outermost first.</summary>
    public IEnumerable<MoveLoop> Loops(string letters, TensorShape shape)
    {
        foreach (var letter in letters)
        {
            var part = Part(letter, shape);
            yield return new(
                part.Extent,
                part.Stride
                    * part.Axis switch
                    {
                        'H' => shape.RowElements,
                        'W' => shape.Channels,
                        _ => 1,
                    }
            );
        }
    }

    /// <summary>The same element order cut into other dimensions, or null where a cut would fall inside an axis.</summary>
    /// <param name="cuts">Whether axes may be cut into parts; null still where a dimension is no multiple of one.</param>
    public AxisOrder? Regrouped(ImmutableArray<int> dims, TensorShape shape, bool cuts = false)
    {
        var order = this;
        var pending = new Stack<AxisPart>(Sequence.Reverse().Select(l => order.Part(l, shape)));
        var terms = new List<List<AxisPart>>();
        foreach (var dim in dims)
        {
            var (term, rest) = (new List<AxisPart>(), dim);
            while (rest > 1 && pending.TryPop(out var part))
            {
                if (rest % part.Extent != 0)
                {
                    if (!cuts || part.Extent % rest != 0)
                        return null;
                    pending.Push(part with { Extent = part.Extent / rest });
                    part = part with { Extent = rest, Stride = part.Stride * (part.Extent / rest) };
                }

                term.Add(part);
                rest /= part.Extent;
            }

            if (rest != 1)
                return null;
            terms.Add(term);
        }

        return pending.Count == 0 ? OfParts(terms, shape) : null;
    }

    /// <summary>Dimension i of the result is dimension permutation[i] of this.</summary>
    public AxisOrder Permuted(ImmutableArray<int> permutation)
    {
        var terms = Terms;
        return this with { Terms = [.. permutation.Select(source => terms[source])] };
    }

    /// <summary>With some dimensions of one element left, or gone.</summary>
    /// <param name="keep">Whether they stay as dimensions of one element.</param>
    public AxisOrder Without(ImmutableArray<int> dimensions, bool keep)
    {
        var terms = Terms
            .Select(
                (t, i) =>
                    !dimensions.Contains(i) ? t
                    : keep ? ""
                    : null
            )
            .OfType<string>()
            .ToImmutableArray();
        return new(terms, [.. Parts.Where(p => terms.Any(t => t.Contains(p.Letter)))]);
    }

    /// <summary>The letters that ONNX gives to the dimensions of an image, a signal or a vector: batch, channels, rows, columns.</summary>
    public static string ChannelsFirst(int rank) =>
        rank switch
        {
            4 => "-CHW",
            3 => "-CH",
            2 => "-C",
            1 => "C",
            _ => "",
        };

    /// <summary>The same where channels come behind rows and columns.</summary>
    public static string ChannelsLast(int rank) =>
        rank switch
        {
            4 => "-HWC",
            3 => "-HC",
            _ => ChannelsFirst(rank),
        };

    /// <summary>The letters of the dimensions where they are those of an image, a signal or a vector with channels first or last; null
    /// elsewhere.</summary>
    public string? Layout(TensorShape shape)
    {
        var order = this;
        return Layouts(Rank).FirstOrDefault(axes => order == Of(axes, shape));
    }

    private static string[] Layouts(int rank) =>
        rank switch
        {
            4 => ["-CHW", "-HWC"],
            3 => ["-CH", "-HC", "HWC"],
            2 => ["-C", "HC"],
            1 => ["C"],
            _ => [],
        };

    private static AxisOrder OfParts(List<List<AxisPart>> terms, TensorShape shape)
    {
        var parts = ImmutableArray.CreateBuilder<AxisPart>();
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var term in terms)
        {
            var merged = new List<AxisPart>();
            foreach (var part in term)
            {
                if (merged.Count > 0 && merged[^1] is var outer && outer.Axis == part.Axis && outer.Stride == part.Extent * part.Stride)
                    merged[^1] = part with { Extent = outer.Extent * part.Extent };
                else
                    merged.Add(part);
            }

            names.Add(string.Concat(merged.Select(Name)));
        }

        return new(names.ToImmutable(), parts.ToImmutable());

        char Name(AxisPart part)
        {
            if (part.Extent == ExtentOf(part.Axis, shape))
                return part.Axis;
            parts.Add(part with { Letter = (char)('a' + parts.Count) });
            return parts[^1].Letter;
        }
    }

    private AxisPart Part(char letter, TensorShape shape)
    {
        foreach (var part in Parts)
        {
            if (part.Letter == letter)
                return part;
        }

        return new(letter, letter, ExtentOf(letter, shape), 1);
    }

    private (int, int) Place(char letter)
    {
        var part = Part(letter, default);
        return (Stored.IndexOf(part.Axis, StringComparison.Ordinal), -part.Stride);
    }

    private static int ExtentOf(char axis, TensorShape shape) =>
        axis switch
        {
            'H' => shape.Height,
            'W' => shape.Width,
            'C' => shape.Channels,
            _ => 1,
        };
}
