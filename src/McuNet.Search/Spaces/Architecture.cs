using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace McuNet.Search.Spaces;

/// <summary>The genes of one inverted residual block.</summary>
public readonly record struct BlockChoice(int Kernel, int Expand);

/// <summary>The genes of a stage: its own width multiplier and its blocks, as many as it has.</summary>
public sealed record StageChoice(double Width, ImmutableArray<BlockChoice> Blocks)
{
    public bool Equals(StageChoice? other) => other is not null && Width.Equals(other.Width) && Blocks.SequenceEqual(other.Blocks);

    public override int GetHashCode() => HashCode.Combine(Width, Blocks.Length);
}

/// <summary>
/// One network of a search space. Holds active genes only, so that equal networks are equal objects; a stage that is left out is not
/// listed.
/// </summary>
public sealed record Architecture
{
    public required int Resolution { get; init; }

    public required double Width { get; init; }

    public required int FirstKernel { get; init; }

    public required ImmutableArray<StageChoice> Stages { get; init; }

    /// <summary>The canonical JSON text: fixed order of fields, no white space, shortest numbers.</summary>
    public string ToJson()
    {
        var text = new StringBuilder(400);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{{\"resolution\":{Resolution},\"width\":{Width:R},\"first\":{{\"kernel\":{FirstKernel}}},\"stages\":["
        );
        for (var s = 0; s < Stages.Length; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(s == 0 ? "" : ",")}{{\"width\":{Stages[s].Width:R},\"blocks\":[");
            for (var b = 0; b < Stages[s].Blocks.Length; b++)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{(b == 0 ? "" : ",")}{{\"kernel\":{Stages[s].Blocks[b].Kernel},\"expand\":{Stages[s].Blocks[b].Expand}}}"
                );
            text.Append("]}");
        }
        return text.Append("]}").ToString();
    }

    /// <summary>Identifies the network: the first 16 hexadecimal digits of the SHA-256 of its canonical JSON.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())), 0, 8);

    public bool Equals(Architecture? other) =>
        other is not null
        && Resolution == other.Resolution
        && Width.Equals(other.Width)
        && FirstKernel == other.FirstKernel
        && Stages.SequenceEqual(other.Stages);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Resolution);
        hash.Add(Width);
        foreach (var stage in Stages)
        {
            foreach (var block in stage.Blocks)
                hash.Add(block);
        }
        return hash.ToHashCode();
    }
}
