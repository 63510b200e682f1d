using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;

namespace McuNet.Compiler.Tests.Arena;

/// <summary>Short ways to write buffers, and random ones.</summary>
internal static class Buffers
{
    internal static ArenaBuffer Whole(int id, int size, int firstStep, int endStep, int alignment = 1, int? at = null) =>
        Of(id, size, alignment, at, (firstStep, endStep, 0, size));

    internal static ArenaBuffer Of(int id, int size, params (int First, int End, int Lo, int Hi)[] extents) =>
        Of(id, size, 1, null, extents);

    internal static ArenaBuffer Of(int id, int size, int alignment, int? at, params (int First, int End, int Lo, int Hi)[] extents) =>
        new(
            (BufferId)id,
            $"b{id}",
            (ByteCount)size,
            alignment,
            [.. extents.Select(e => new LiveExtent((StepIndex)e.First, (StepIndex)e.End, (ByteOffset)e.Lo, (ByteOffset)e.Hi))],
            at is { } offset ? (ByteOffset)offset : null
        );

    /// <summary>A tensor whose rows die from the front, one per step, once <paramref name="firstDeath"/> is reached.</summary>
    internal static ArenaBuffer Dying(int id, int rows, int rowBytes, int firstStep, int firstDeath) =>
        new(
            (BufferId)id,
            $"b{id}",
            (ByteCount)(rows * rowBytes),
            1,
            [
                new((StepIndex)firstStep, (StepIndex)(firstDeath + 1), default, (ByteOffset)(rows * rowBytes)),
                .. Enumerable.Range(1, rows - 1).Select(r => Row(firstDeath + r, r * rowBytes, rows * rowBytes)),
            ]
        );

    /// <summary>A tensor that grows at the back by one row per step, then stays whole until its end.</summary>
    internal static ArenaBuffer Growing(int id, int rows, int rowBytes, int firstStep, int endStep) =>
        new(
            (BufferId)id,
            $"b{id}",
            (ByteCount)(rows * rowBytes),
            1,
            [
                .. Enumerable.Range(0, rows - 1).Select(r => Row(firstStep + r, 0, (r + 1) * rowBytes)),
                new((StepIndex)(firstStep + rows - 1), (StepIndex)endStep, default, (ByteOffset)(rows * rowBytes)),
            ]
        );

    /// <summary>Live extents that jump about, gaps, odd alignments, sometimes a fixed buffer.</summary>
    internal static ImmutableArray<ArenaBuffer> Random(int seed, int count, int largest, int steps, bool withFixed = true)
    {
        var random = new System.Random(seed);
        var buffers = new List<ArenaBuffer>();
        for (var id = 0; id < count; id++)
        {
            var size = random.Next(1, largest + 1);
            var extents = new List<(int, int, int, int)>();
            var step = random.Next(steps);
            var runs = random.Next(1, 4);
            while (runs-- > 0 && step < steps)
            {
                var end = random.Next(step + 1, steps + 1);
                var lo = random.Next(2) == 0 ? 0 : random.Next(size + 1);
                extents.Add((step, end, lo, random.Next(2) == 0 ? size : random.Next(lo, size + 1)));
                step = end + random.Next(2);
            }
            var alignment = 1 << System.Math.Max(0, random.Next(5) - 2);
            var at = withFixed && id == 0 && random.Next(4) == 0 ? random.Next(4) * alignment : (int?)null;
            buffers.Add(Of(id, size, alignment, at, [.. extents]));
        }
        return [.. buffers];
    }

    /// <summary>
    /// A chain of segments as schedules make them: an input that dies row by row, an output that grows, three rings while it lasts, and
    /// a residual that spans several segments. One segment is much larger than the rest.
    /// </summary>
    internal static ImmutableArray<ArenaBuffer> Network(int seed, int segments, int rowsPerSegment)
    {
        var random = new System.Random(seed);
        var buffers = new List<ArenaBuffer>();
        var rows = Enumerable.Range(0, segments + 1).Select(_ => random.Next(rowsPerSegment / 2, rowsPerSegment + 1)).ToArray();
        var start = Enumerable.Range(0, segments + 1).Select(s => s * (rowsPerSegment + 2)).ToArray();
        for (var s = 0; s < segments; s++)
        {
            var rowBytes = random.Next(4, 12) * 16 * (s == segments / 3 ? 3 : 1);
            var born = s == 0 ? -1 : start[s - 1];
            var extents = new List<(int, int, int, int)>();
            for (var r = 0; born >= 0 && r < rows[s]; r++)
                extents.Add((born + r, r + 1 < rows[s] ? born + r + 1 : start[s], 0, (r + 1) * rowBytes));
            for (var r = 0; r < rows[s]; r++)
                extents.Add((start[s] + r, start[s] + r + 1, System.Math.Max(0, r - 1) * rowBytes, rows[s] * rowBytes));
            buffers.Add(Of(buffers.Count, rows[s] * rowBytes, 4, null, [.. extents]));
            for (var ring = 0; ring < 3; ring++)
                buffers.Add(Whole(buffers.Count, random.Next(2, 6) * rowBytes + random.Next(16), start[s], start[s] + rowsPerSegment, 4));
            if (s % 4 == 0)
                buffers.Add(Whole(buffers.Count, rows[s] * rowBytes / 4, start[s], start[System.Math.Min(segments, s + 3)], 4));
        }
        return [.. buffers];
    }

    private static LiveExtent Row(int step, int lo, int hi) => new((StepIndex)step, (StepIndex)(step + 1), (ByteOffset)lo, (ByteOffset)hi);
}
