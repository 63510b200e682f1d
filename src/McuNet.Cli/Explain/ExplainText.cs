using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline.Explaining;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Explain;

/// <summary>An explanation for people.</summary>
internal static class ExplainText
{
    private const int Indent = 2;

    public static void Print(string name, Explanation why, string? node)
    {
        var (needs, device) = (why.Needs, why.Device);
        var flash = FormattableString.Invariant(
            $"flash {needs.Flash.Used:N0} of {needs.Flash.Limit:N0}, about {needs.LatencyMs.Used:0.##} ms"
        );
        Line($"{name} on {device.Id}: SRAM {needs.Sram.Used:N0} of {needs.Sram.Limit:N0} bytes, {flash}");
        if (node is not null)
        {
            foreach (var one in why.Nodes.Where(n => n.Name == node))
                Print(why, one);
            return;
        }
        Schedules(why);
        Segments(why);
        Peak(why);
        Kernels(why);
    }

    private static void Schedules(Explanation why)
    {
        Line($"");
        Line($"Why this schedule: {Reason(why)}");
        Line($"");
        var table = new TextTable("", ">arena", ">SRAM", ">work", ">ms", "fits");
        foreach (var s in why.Schedules)
            table.Add(
                s.IsTaken ? "taken" : "",
                Number(s.ArenaBytes),
                Number(s.SramBytes),
                Factor(s.MacFactor),
                Ms(why, s.Cycles),
                s.Fits ? "yes" : "no"
            );
        table.Print(Indent);
        Line($"");
        Neighbour(why, why.Larger, "more");
        Neighbour(why, why.Smaller, "less");
    }

    private static string Reason(Explanation why) =>
        why.Reason switch
        {
            ScheduleReason.Fastest => "the fastest was asked for, whatever its memory.",
            ScheduleReason.Smallest => "the smallest was asked for.",
            ScheduleReason.LittleSlower => FormattableString.Invariant(
                $"the fastest that fits would save {100 * why.Passed!.SavedShare:0.##} % of the time "
            ) + FormattableString.Invariant($"for an arena of {why.Passed.ArenaBytes:N0} bytes; twice the memory is worth 1 %."),
            ScheduleReason.OnlyBandsFit => "none that computes nothing twice fits the SRAM.",
            ScheduleReason.NoneFits => "none fits the SRAM, so this is the smallest.",
            _ => "it is the fastest that fits the SRAM.",
        };

    private static void Neighbour(Explanation why, ScheduleOption? other, string direction)
    {
        if (other is null)
        {
            Line($"  No schedule of the front uses {direction} SRAM.");
            return;
        }
        var taken = why.Schedules.Single(s => s.IsTaken);
        var (bytes, time) = (Math.Abs(other.SramBytes - taken.SramBytes), 100 * (other.Cycles / taken.Cycles - 1));
        var twice =
            other.MacFactor > taken.MacFactor
                ? FormattableString.Invariant($", {100 * (other.MacFactor - 1):0.0} % of the work twice")
                : "";
        Line($"  {bytes:N0} bytes {direction} SRAM: {Math.Abs(time):0.##} % {(time < 0 ? "less" : "more")} time{twice}.");
    }

    private static void Segments(Explanation why)
    {
        Line($"");
        Line(
            $"Segments, with bytes and cycles on a Cortex-M4. Apart: its layers one after the other; joined: in turns with the next segment, row by row."
        );
        Line($"");
        var table = new TextTable(">", "layers", "how", ">bytes", ">cycles", ">apart", ">cycles", ">joined", ">cycles");
        foreach (var (s, i) in why.Segments.Select((s, i) => (s, i)))
        {
            table.Add(
                $"{i}",
                s.End - s.First == 1
                    ? why.Nodes[s.First].Name
                    : $"{why.Nodes[s.First].Name} … {why.Nodes[s.End - 1].Name} ({s.End - s.First})",
                s.Mode + (s.Mode != "whole" && s.Blocks.Max() is > 0 and var rows ? $", blocks of {rows}" : ""),
                Number(s.LiveBytes),
                Number(s.Cost.Cycles),
                Number(s.Apart?.PeakBytes),
                Number(s.Apart?.Cycles),
                Number(s.WithNext?.PeakBytes),
                Number(s.WithNext?.Cycles)
            );
        }
        table.Print(Indent);
    }

    private static void Peak(Explanation why)
    {
        var (arena, weights) = (why.Needs.ArenaBytes, why.Memory.WeightBytes);
        Line($"");
        var proof = why.Memory.ProvedOptimal
            ? "no smaller one exists for this schedule"
            : FormattableString.Invariant($"at least {why.Memory.LowerBound:N0} are needed");
        var before =
            weights > 0 ? FormattableString.Invariant($"{weights:N0} of them for weights alone; without these ")
            : why.Memory.ProvedOptimal ? "and "
            : "";
        Line($"Why these bytes: the arena has {arena:N0}, {before}{proof}. Most live during '{why.PeakAt}':");
        Line($"");
        var table = new TextTable(">bytes", "what", "rows", "written by", "read by");
        foreach (var b in why.Peak)
        {
            table.Add(
                Number(b.Bytes),
                b.Tensor is { } type ? $"{b.Name} {type.Shape}" : b.Name,
                b.Tensor is { } t ? $"{(b.IsRing ? "ring of " : "")}{b.Slots}{(b.IsRing ? $" of {t.Shape.Height}" : "")}" : "",
                b.Tensor is null ? "" : b.WrittenBy ?? "the application",
                string.Join(", ", b.ReadBy)
            );
        }
        table.Print(Indent);
    }

    private static void Kernels(Explanation why)
    {
        Line($"");
        Line(
            $"Which kernels, and a faster one that the layer cannot have, with what it takes for a multiply-accumulate of layers that can:"
        );
        Line($"");
        var table = new TextTable("layer", "kind", "output", "kernel", ">ms", ">cycles/MAC", "not");
        foreach (var n in why.Nodes)
        {
            table.Add(
                n.Name,
                n.Kind,
                n.Types.Output.Shape.ToString(),
                n.Chosen,
                Ms(why, n.Cycles),
                n.Macs == 0 ? "" : (n.Cycles / n.Macs).ToString("0.00", CultureInfo.InvariantCulture),
                Faster(n) is { } faster ? Described(faster, n) : ""
            );
        }
        table.Print(Indent);
    }

    private static string Described(KernelCandidate faster, NodeExplanation node) =>
        $"{faster.Function}: {KernelText.Of(faster, node)}{(faster.CyclesPerMac is { } cycles ? FormattableString.Invariant($" ({cycles:0.00})") : "")}";

    /// <summary>The fastest that the layer would have in another shape, with other numbers or in another kernel set.</summary>
    private static KernelCandidate? Faster(NodeExplanation node)
    {
        var taken = node.Candidates.FirstOrDefault(node.IsTaken)?.CyclesPerMac;
        return node
            .Candidates.Where(c =>
                c.Function != node.Chosen
                && (
                    c.Verdict is KernelVerdict.OtherNumbers or KernelVerdict.OtherSet
                    || (c.Verdict == KernelVerdict.OtherShape && c.CyclesPerMac < taken)
                )
            )
            .OrderBy(c => c.Verdict is KernelVerdict.OtherNumbers or KernelVerdict.OtherSet ? 0 : 1)
            .ThenBy(c => c.CyclesPerMac)
            .FirstOrDefault();
    }

    private static void Print(Explanation why, NodeExplanation node)
    {
        var segment = why.Segments[node.Segment];
        Line($"");
        var shapes = $"{string.Join(" and ", node.Types.Inputs.Select(t => t.Shape))} to {node.Types.Output.Shape}";
        var share = 100 * node.Cycles / why.Needs.Cycles;
        Line($"{node.Name}, {node.Kind}: {shapes}, {node.Macs:N0} MACs, about {Ms(why, node.Cycles)} ms, {share:0.#} % of the time");
        var layers = segment.End - segment.First == 1 ? "1 layer" : $"{segment.End - segment.First} layers";
        Line($"  segment {node.Segment}: {segment.Mode}, {layers}, {segment.LiveBytes:N0} bytes of the arena live at most");
        var rows = $"{node.Slots} of {node.Types.Output.Shape.Height} rows in the arena{(node.IsRing ? ", a ring" : "")}";
        Line(
            $"  output  {rows}: {node.Slots * node.Types.Output.RowBytes:N0} bytes; scratch {node.ScratchBytes:N0}, constants {node.TableBytes:N0}"
        );
        Line($"");
        var table = new TextTable("kernel", ">cycles", ">rows", ">scratch", "why");
        foreach (var c in node.Candidates)
            table.Add(c.Function, Number(c.Cycles), $"{c.Rows}", c.Cycles is null ? "" : Number(c.ScratchBytes), KernelText.Of(c, node));
        table.Print(Indent);
    }

    private static string Number(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Factor(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ms(Explanation why, double cycles) =>
        why.Device.Milliseconds(cycles).ToString("0.00", CultureInfo.InvariantCulture);
}
