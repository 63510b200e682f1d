using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>Buffers to be placed in one arena, and what follows from their live extents alone.</summary>
/// <remarks>
/// Invariant: every buffer is well formed (see <see cref="LiveExtent"/> and <see cref="ArenaBuffer"/>), ids are unique, buffers are
/// in order of id, and fixed buffers do not collide with each other. So a plan always exists.
/// </remarks>
public sealed class ArenaProblem
{
    /// <summary>All sizes together, alignment included, must stay below this.</summary>
    public static readonly ByteCount SizeLimit = new(1 << 29);

    private readonly Dictionary<BufferId, int> _indexOf;

    private ArenaProblem(ImmutableArray<ArenaBuffer> buffers)
    {
        Buffers = buffers;
        _indexOf = new Dictionary<BufferId, int>(buffers.Length);
        for (var i = 0; i < buffers.Length; i++)
            _indexOf.Add(buffers[i].Id, i);
        var sweep = new LiveSweep(buffers);
        Separations = SeparationMatrix.Build(buffers, sweep);
        Loads = LoadProfile.Build(buffers, sweep);
        LowerBound = ArenaLowerBound.Of(buffers, Separations, Loads);
    }

    /// <summary>In order of id.</summary>
    public ImmutableArray<ArenaBuffer> Buffers { get; }

    /// <summary>No arena can be smaller than this; whether one of this size exists is for the planner to find.</summary>
    public ByteCount LowerBound { get; }

    internal SeparationMatrix Separations { get; }

    internal ImmutableArray<StepLoad> Loads { get; }

    /// <exception cref="ArgumentException">A buffer is malformed; the message names it. Always a fault of the caller.</exception>
    public static ArenaProblem Create(IEnumerable<ArenaBuffer> buffers)
    {
        var sorted = buffers.ToArray();
        Array.Sort(sorted, (a, b) => a.Id.CompareTo(b.Id));
        var total = 0L;
        for (var i = 0; i < sorted.Length; i++)
        {
            RequireWellFormed(sorted[i]);
            Require(i == 0 || sorted[i - 1].Id != sorted[i].Id, sorted[i], "shares its id with another buffer");
            total += sorted[i].Size.Value + (long)sorted[i].Alignment;
        }
        if (total >= SizeLimit.Value)
            throw new ArgumentException($"the buffers need {total} bytes together, the limit is {SizeLimit}", nameof(buffers));
        var problem = new ArenaProblem([.. sorted]);
        problem.RequireFixedBuffersApart();
        return problem;
    }

    /// <summary>
    /// The smallest <c>base(upper) - base(lower)</c> at which <paramref name="upper"/> is above <paramref name="lower"/> at all common
    /// steps: the maximum of <c>hi(lower) - lo(upper)</c>, rounded up to the smaller alignment. Null when they are never live together.
    /// </summary>
    public ByteDistance? Below(BufferId lower, BufferId upper)
    {
        var (a, b) = (IndexOf(lower), IndexOf(upper));
        return Separations.Collide(a, b) ? (ByteDistance)Separations[a, b] : null;
    }

    public ArenaBuffer this[BufferId id] => Buffers[IndexOf(id)];

    /// <summary>What lives at a step, largest live extent first.</summary>
    public ImmutableArray<LiveBuffer> LiveAt(StepIndex step) =>
        [
            .. Buffers
                .Select(b => new LiveBuffer(b.Id, b.Name, b.ExtentAt(step)?.Length ?? default, b.Size))
                .Where(b => b.Live > ByteCount.Zero)
                .OrderByDescending(b => b.Live)
                .ThenBy(b => b.Id),
        ];

    /// <summary>The step at which most bytes are live.</summary>
    public ArenaPeak FindPeak()
    {
        var peak = default(StepLoad);
        foreach (var load in Loads)
        {
            if (load.LiveBytes > peak.LiveBytes)
                peak = load;
        }
        return new ArenaPeak(peak.Step, peak.LiveBytes, LiveAt(peak.Step));
    }

    private int IndexOf(BufferId id) => _indexOf[id];

    private static void RequireWellFormed(ArenaBuffer buffer)
    {
        Require(int.IsPow2(buffer.Alignment), buffer, "has an alignment that is not a power of two");
        Require(!buffer.Extents.IsDefault, buffer, "has no list of live extents");
        Require(buffer.FixedOffset is not { } at || at.Value % buffer.Alignment == 0, buffer, "is fixed at an offset that is not aligned");
        Require(buffer.FixedOffset is not { } high || high.Value < SizeLimit.Value, buffer, "is fixed beyond the size limit");
        var previousEnd = default(StepIndex);
        foreach (var extent in buffer.Extents)
        {
            Require(previousEnd <= extent.FirstStep, buffer, "has live extents out of order");
            Require(extent.FirstStep < extent.EndStep, buffer, "has a live extent without steps");
            Require(extent.Lo <= extent.Hi, buffer, "has a live extent that ends before it begins");
            Require(extent.Hi.Value <= buffer.Size.Value, buffer, "is live beyond its size");
            previousEnd = extent.EndStep;
        }
    }

    private void RequireFixedBuffersApart()
    {
        for (var a = 0; a < Buffers.Length; a++)
        {
            for (var b = a + 1; b < Buffers.Length; b++)
            {
                if (Buffers[a].FixedOffset is not { } offsetA || Buffers[b].FixedOffset is not { } offsetB)
                    continue;
                var distance = (offsetB - offsetA).Value;
                foreach (var exclusion in Separations.Between(a, b))
                    Require(exclusion.Allows(distance), Buffers[b], $"collides with the fixed buffer '{Buffers[a].Name}'");
            }
        }
    }

    private static void Require(bool holds, ArenaBuffer buffer, string otherwise)
    {
        if (!holds)
            throw new ArgumentException($"buffer {buffer.Id} '{buffer.Name}' {otherwise}");
    }
}
