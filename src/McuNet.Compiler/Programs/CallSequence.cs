using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Programs;

/// <summary>A part of an inference: a layer that runs by itself, or a stretch of the table of steps.</summary>
public abstract record CallPart;

/// <summary>A layer whose steps follow each other: [0, Steps) one by one, or as one call of its kernel where
/// <paramref name="Joined"/>.</summary>
public sealed record LayerPart(int Layer, int Steps, bool Joined) : CallPart;

/// <summary>Words [Begin, End) of the table: layers in turns.</summary>
public sealed record TablePart(int Begin, int End) : CallPart;

/// <summary>
/// A schedule as a sequence of calls: layers that no other interrupts are calls of their own, what lies between them is walked in a table.
///
///   a0 a1 a2  b0 c0 b1 c1  d0 d1   ->   layer a, table [0, 7), layer d
/// </summary>
/// <param name="Table">The steps of all table parts.</param>
public sealed record CallSequence(StepTable Table, ImmutableArray<CallPart> Parts)
{
    /// <param name="called">Whether a layer is a call at all; what the application delivers is part of the table.</param>
    public static CallSequence From(Schedule schedule, Func<int, bool> called)
    {
        var runs = Runs(schedule.Steps);
        var once = runs.GroupBy(r => r[0].Node).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet();
        var groups = new List<(LayerPart? Layer, List<ScheduleStep> Steps)>();
        foreach (var run in runs)
        {
            var layer = once.Contains(run[0].Node) && !run[0].IsInput && called(run[0].Node.Value) ? Layer(run) : null;
            if (layer is null && groups.Count > 0 && groups[^1].Layer is null)
                groups[^1].Steps.AddRange(run);
            else
                groups.Add((layer, [.. run]));
        }
        var table = StepTable.From(
            schedule.Graph.Nodes.Length,
            [.. groups.Where(g => g.Layer is null).Select(g => g.Steps.ToImmutableArray())],
            out var ends
        );
        var (parts, stretch) = (ImmutableArray.CreateBuilder<CallPart>(), 0);
        foreach (var (layer, _) in groups)
            parts.Add(layer ?? (CallPart)new TablePart(stretch == 0 ? 0 : ends[stretch - 1], ends[stretch++]));
        return new(table, parts.ToImmutable());
    }

    /// <summary>The sequence of an inference that may stop between any two calls: a table alone.</summary>
    public static CallSequence Of(Schedule schedule, InferencePieces pieces) => TableOf(schedule with { Steps = pieces.Steps });

    /// <summary>The steps of a schedule as a table alone.</summary>
    public static CallSequence TableOf(Schedule schedule)
    {
        var table = StepTable.From(schedule);
        return new(table, [new TablePart(0, table.Words.Length)]);
    }

    /// <summary>Whether a layer has steps in more than one stretch of the table, so that its number of steps done must outlast a
    /// stretch.</summary>
    public bool HasSplitLayers =>
        Parts
            .OfType<TablePart>()
            .SelectMany(p => Table.Walk(p.Begin, p.End).Select(w => w.Layer).Distinct())
            .CountBy(l => l)
            .Any(l => l.Value > 1);

    /// <summary>The most steps of a layer in the table.</summary>
    public int MostSteps => Table.Walk().GroupBy(w => w.Layer, w => w.Count).Select(g => g.Sum()).DefaultIfEmpty().Max();

    /// <summary>The part in which a layer runs by itself, null where the table holds its steps.</summary>
    public LayerPart? LayerOf(int layer) => Parts.OfType<LayerPart>().FirstOrDefault(p => p.Layer == layer);

    /// <summary>The steps in the order in which the calls run them.</summary>
    public IEnumerable<(int Layer, int Count)> Walk() =>
        Parts.SelectMany(p =>
            p switch
            {
                LayerPart layer => [(layer.Layer, layer.Steps)],
                TablePart table => Table.Walk(table.Begin, table.End),
                _ => Enumerable.Empty<(int, int)>(),
            }
        );

    /// <summary>Null for blocks of less than the layer: each is a call of its own.</summary>
    private static LayerPart? Layer(ImmutableArray<ScheduleStep> run) =>
        run[0].Joined && run.Length > 1 ? null : new(run[0].Node.Value, run[^1].End, run[0].Joined);

    private static List<ImmutableArray<ScheduleStep>> Runs(ImmutableArray<ScheduleStep> steps)
    {
        var runs = new List<ImmutableArray<ScheduleStep>>();
        for (int begin = 0, at = 1; begin < steps.Length; at++)
        {
            if (at < steps.Length && steps[at].Node == steps[begin].Node)
                continue;
            runs.Add(steps[begin..at]);
            begin = at;
        }
        return runs;
    }
}
