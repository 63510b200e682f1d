using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Execution.Executors;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;

namespace McuNet.Execution.Accuracy;

/// <summary>What one executor decides, by sample.</summary>
public sealed record ExecutorDecisions(string Executor, ImmutableArray<int> Classes)
{
    public int Agrees(ExecutorDecisions other) => Classes.Zip(other.Classes).Count(d => d.First == d.Second);

    public int Correct(ImmutableArray<int> labels) => Classes.Zip(labels).Count(d => d.First == d.Second);

    /// <summary>How often each class (row) is taken for each other (column).</summary>
    public int[][] Confusion(ImmutableArray<int> labels, int classes)
    {
        var counts = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        foreach (var (decided, label) in Classes.Zip(labels))
            counts[label][decided]++;
        return counts;
    }
}

/// <summary>A classifier judged.</summary>
/// <param name="Layers">What each layer alone costs in int8; empty where that was not asked.</param>
public sealed record Evaluation(string Name, SampleSet Data, ImmutableArray<ExecutorDecisions> Executors, IReadOnlyList<LayerCost> Layers)
{
    public ImmutableArray<int>? Labels => Data.Labels;

    /// <summary>Those that labels or decisions name.</summary>
    public int Classes => (Labels ?? []).Concat(Executors.SelectMany(e => e.Classes)).Append(Data.Classes.Length - 1).Max() + 1;

    public string NameOf(int label) =>
        label < Data.Classes.Length ? Data.Classes[label] : label.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Of a count as a share of the samples.</summary>
    public double Share(int count) => (double)count / Data.Count;

    /// <summary>How far chance moves a share of so many samples.</summary>
    public double StandardError(double share) => Math.Sqrt(share * (1 - share) / Data.Count);

    /// <summary>What is taken for what, the most frequent first.</summary>
    public IEnumerable<(int Label, int Decided, int Count)> Confusions(ExecutorDecisions executor) =>
        executor
            .Classes.Zip(Labels!.Value)
            .Where(d => d.First != d.Second)
            .GroupBy(d => d)
            .Select(g => (Label: g.Key.Second, Decided: g.Key.First, Count: g.Count()))
            .OrderByDescending(c => c.Count)
            .ThenBy(c => c.Label)
            .ThenBy(c => c.Decided);
}
