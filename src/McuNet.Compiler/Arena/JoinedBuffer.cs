using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>
/// Two buffers in one place, the second in the first's stead.
/// <code>
/// old   [####]
/// new          [########]
/// both  [####]  [########]     while both live, one extent holds the live bytes of both
/// </code>
/// </summary>
public static class JoinedBuffer
{
    /// <summary>A buffer with the id and the name of the first that lives whenever one of the two does; null where their live bytes would
    /// meet.</summary>
    public static ArenaBuffer? Of(ArenaBuffer first, ArenaBuffer second) =>
        Exclusions.Between(first, second).All(e => e.Allows(0))
            ? first with
            {
                Size = new(Math.Max(first.Size.Value, second.Size.Value)),
                Alignment = Math.Max(first.Alignment, second.Alignment),
                Extents = Union(first, second),
            }
            : null;

    private static ImmutableArray<LiveExtent> Union(ArenaBuffer first, ArenaBuffer second)
    {
        int[] times =
        [
            .. first.Extents.Concat(second.Extents).SelectMany(e => new[] { e.FirstStep.Value, e.EndStep.Value }).Distinct().Order(),
        ];
        var union = ImmutableArray.CreateBuilder<LiveExtent>();
        for (var t = 0; t + 1 < times.Length; t++)
        {
            var (begin, end) = (new StepIndex(times[t]), new StepIndex(times[t + 1]));
            var (a, b) = (first.ExtentAt(begin), second.ExtentAt(begin));
            if (a is not null || b is not null)
                union.Add(Hull(begin, end, a, b));
        }

        return union.ToImmutable();
    }

    private static LiveExtent Hull(StepIndex begin, StepIndex end, LiveExtent? a, LiveExtent? b) =>
        (a, b) switch
        {
            ({ } x, { } y) => new(begin, end, new(Math.Min(x.Lo.Value, y.Lo.Value)), new(Math.Max(x.Hi.Value, y.Hi.Value))),
            _ => (a ?? b!.Value) with { FirstStep = begin, EndStep = end },
        };
}
