using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Programs;

/// <summary>
/// The steps of a schedule as the table that generated code walks: pairs (layer, count) that advance a layer by so many steps,
/// and loops (LoopMark, pairs in the body, times). Steps of one layer always come in order, so no row numbers are stored. A pair of a
/// joined step is one call of its kernel: it stays a pair of its own.
///
///   c0 c0 c1 c0 c1 c0 c1 c1   ->   (0,2) loop 2 pairs x 2 { (1,1) (0,1) } (1,2)
/// </summary>
public sealed class StepTable
{
    private const int MaxBody = 255;

    private StepTable(ImmutableArray<int> words, int inputLayer, int loopMark) =>
        (Words, InputLayer, LoopMark) = (words, inputLayer, loopMark);

    public ImmutableArray<int> Words { get; }

    /// <summary>The layer number that stands for a delivered input row.</summary>
    public int InputLayer { get; }

    public int LoopMark { get; }

    /// <summary>Whether every word fits a byte; else 16 bits are used.</summary>
    public bool IsBytes => LoopMark <= byte.MaxValue;

    /// <summary>Whether the table holds a loop.</summary>
    public bool HasLoops => Words.Where((_, i) => i % 2 == 0).Contains(LoopMark);

    public static StepTable From(Schedule schedule) => From(schedule.Graph.Nodes.Length, [schedule.Steps], out _);

    /// <summary>The table of several stretches of steps, one behind the other; no loop crosses from one to the next.</summary>
    /// <param name="layers">Number of nodes of the network.</param>
    /// <param name="ends">By stretch: its first word behind it.</param>
    internal static StepTable From(int layers, ImmutableArray<ImmutableArray<ScheduleStep>> stretches, out ImmutableArray<int> ends)
    {
        var wide = layers > 250 || stretches.Any(steps => steps.Any(s => s.Joined && s.Count > byte.MaxValue));
        var limit = wide ? ushort.MaxValue : byte.MaxValue;
        var words = ImmutableArray.CreateBuilder<int>();
        ends = [.. stretches.Select(steps => Append(steps))];
        return new StepTable(words.ToImmutable(), layers, limit);

        int Append(ImmutableArray<ScheduleStep> steps)
        {
            words.AddRange(Fold(Pairs(steps, layers, limit), limit));
            return words.Count;
        }
    }

    /// <summary>The steps that a walker of the table runs; the inverse of <see cref="From(Schedule)"/>.</summary>
    public IEnumerable<(int Layer, int Count)> Walk() => Walk(0, Words.Length);

    /// <summary>The same of words [begin, end).</summary>
    public IEnumerable<(int Layer, int Count)> Walk(int begin, int end)
    {
        for (var p = begin; p < end; )
        {
            if (Words[p] != LoopMark)
            {
                yield return (Words[p], Words[p + 1]);
                p += 2;
                continue;
            }
            var (pairs, times) = (Words[p + 1], Words[p + 2]);
            for (var i = 0; i < pairs * times; i++)
                yield return (Words[p + 3 + i % pairs * 2], Words[p + 4 + i % pairs * 2]);
            p += 3 + pairs * 2;
        }
    }

    private static List<(int Layer, int Count)> Pairs(ImmutableArray<ScheduleStep> steps, int inputLayer, int limit)
    {
        var pairs = new List<(int Layer, int Count)>();
        foreach (var step in steps)
        {
            var layer = step.IsInput ? inputLayer : step.Node.Value;
            var count = step.Count;
            if (!step.Joined && pairs.Count > 0 && pairs[^1].Layer == layer && pairs[^1].Count + count <= limit)
                pairs[^1] = (layer, pairs[^1].Count + count);
            else
                for (; count > 0; count -= Math.Min(count, limit))
                    pairs.Add((layer, Math.Min(count, limit)));
        }
        return pairs;
    }

    private static ImmutableArray<int> Fold(List<(int Layer, int Count)> pairs, int loopMark)
    {
        var words = ImmutableArray.CreateBuilder<int>();
        for (var at = 0; at < pairs.Count; )
        {
            var (body, times) = BestLoop(pairs, at, loopMark);
            if (times > 1)
                words.AddRange(loopMark, body, times);
            for (var i = 0; i < body; i++)
                words.AddRange(pairs[at + i].Layer, pairs[at + i].Count);
            at += body * times;
        }
        return words.ToImmutable();
    }

    private static (int Body, int Times) BestLoop(List<(int Layer, int Count)> pairs, int at, int limit)
    {
        var best = (Body: 1, Times: 1);
        var saved = 0;
        for (var body = 1; body <= MaxBody && at + 2 * body <= pairs.Count; body++)
        {
            var times = 1;
            while (times < limit && Repeats(pairs, at, at + times * body, body))
                times++;
            var saving = (times - 1) * body * 2 - 3;
            if (saving > saved)
                (best, saved) = ((body, times), saving);
        }
        return best;
    }

    private static bool Repeats(List<(int Layer, int Count)> pairs, int a, int b, int length) =>
        b + length <= pairs.Count && Enumerable.Range(0, length).All(i => pairs[a + i] == pairs[b + i]);
}
