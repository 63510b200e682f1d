using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using McuNet.Execution.Accuracy;
using McuNet.Execution.Executors;

namespace McuNet.Cli.Evaluate;

/// <summary>An evaluation for people.</summary>
internal static class EvaluationText
{
    /// <summary>A table of more classes does not fit a line.</summary>
    private const int MostColumns = 12;

    private const int MostConfusions = 10;

    public static void Write(Evaluation evaluation, TextWriter output)
    {
        var labelled = evaluation.Labels is not null;
        Line($"{evaluation.Name}: {evaluation.Data.Count:N0} samples, {evaluation.Classes} classes");
        if (evaluation.Executors is not [var first, ..])
            return;
        var width = evaluation.Executors.Max(e => e.Executor.Length);
        foreach (var executor in evaluation.Executors)
        {
            var top = labelled ? evaluation.Share(executor.Correct(evaluation.Labels!.Value)) : 0;
            var right = labelled
                ? FormattableString.Invariant($"  top-1 {top, 7:0.00%} +- {100 * evaluation.StandardError(top):0.00}")
                : "";
            var agrees =
                executor == first
                    ? ""
                    : FormattableString.Invariant($"  as {first.Executor} {evaluation.Share(executor.Agrees(first)), 7:0.00%}");
            Line($"  {executor.Executor.PadRight(width)}{right}{agrees}");
        }
        if (labelled)
            Confusion(evaluation, evaluation.Executors[^1]);
        if (evaluation.Layers.Count > 0)
            Layers(evaluation);

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        void Confusion(Evaluation judged, ExecutorDecisions executor)
        {
            if (judged.Classes > MostColumns)
            {
                Line($"most often confused ({executor.Executor})");
                foreach (var (label, decided, count) in judged.Confusions(executor).Take(MostConfusions))
                    Line($"  {judged.NameOf(label)} taken for {judged.NameOf(decided)} {count:N0} times");
                return;
            }
            var counts = executor.Confusion(judged.Labels!.Value, judged.Classes);
            string[] numbers = [.. Enumerable.Range(0, judged.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
            string[] names = judged.Data.Classes.IsEmpty ? numbers : [.. numbers.Select((n, c) => $"{n} {judged.NameOf(c)}")];
            var (left, column) = (
                names.Max(n => n.Length),
                counts.Max(r => r.Max()).ToString("N0", CultureInfo.InvariantCulture).Length + 2
            );
            Line($"what is (rows) taken for what (columns), {executor.Executor}");
            Line($"  {new string(' ', left)}{string.Concat(numbers.Select(n => n.PadLeft(column)))}");
            foreach (var (row, name) in counts.Zip(names))
                Line(
                    $"  {name.PadRight(left)}{string.Concat(row.Select(c => c.ToString("N0", CultureInfo.InvariantCulture).PadLeft(column)))}"
                );
        }

        void Layers(Evaluation judged)
        {
            var (left, real) = (
                judged.Layers.Max(l => l.Node.Length),
                judged.Executors.FirstOrDefault(e => e.Executor == Subject.FloatName)
            );
            Line($"each layer alone in int8");
            foreach (var layer in judged.Layers)
            {
                var loss =
                    layer.Error.Correct is { } correct && real is not null
                        ? FormattableString.Invariant(
                            $"  top-1 {100 * judged.Share(correct - real.Correct(judged.Labels!.Value)), 6:+0.00;-0.00;0.00} points"
                        )
                        : "";
                Line(
                    $"  {layer.Node.PadRight(left)}  noise {(double.IsFinite(layer.Error.SqnrDb) ? FormattableString.Invariant($"{layer.Error.SqnrDb, 5:0.0} dB") : "    none")}  as float {judged.Share(layer.Error.Agrees), 7:0.00%}{loss}"
                );
            }
        }
    }
}
