using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline.Explaining;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Cli.Explain;

/// <summary>The object of <c>mcunet explain --json</c>. Sizes are bytes.</summary>
public static class ExplainJson
{
    /// <param name="node">The only layer of <c>nodes</c>; null for all.</param>
    public static JsonObject Of(string name, Explanation why, string? node, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["name"] = name,
            ["device"] = why.Device.Id,
            ["fits"] = why.Needs.Fits,
            ["sram"] = (long)why.Needs.Sram.Used,
            ["arena"] = why.Needs.ArenaBytes,
            ["provedOptimal"] = why.Memory.ProvedOptimal,
            ["lowerBound"] = why.Memory.LowerBound,
            ["cycles"] = (long)why.Needs.Cycles,
            ["reason"] = Word(why.Reason),
            ["faster"] = why.Passed is { } faster
                ? new JsonObject { ["bytes"] = faster.ArenaBytes, ["savedShare"] = faster.SavedShare }
                : null,
            ["schedules"] = new JsonArray([.. why.Schedules.Select(s => Schedule(s)!)]),
            ["larger"] = Schedule(why.Larger),
            ["smaller"] = Schedule(why.Smaller),
            ["segments"] = new JsonArray([.. why.Segments.Select(s => Segment(s, why))]),
            ["peak"] = new JsonObject { ["at"] = why.PeakAt, ["live"] = new JsonArray([.. why.Peak.Select(Live)]) },
            ["nodes"] = new JsonArray([.. why.Nodes.Where(n => node is null || n.Name == node).Select(Node)]),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };

    private static JsonObject? Schedule(ScheduleOption? s) =>
        s is null
            ? null
            : new()
            {
                ["arena"] = s.ArenaBytes,
                ["sram"] = s.SramBytes,
                ["macFactor"] = s.MacFactor,
                ["cycles"] = (long)s.Cycles,
                ["fits"] = s.Fits,
                ["taken"] = s.IsTaken,
            };

    private static JsonObject Segment(SegmentExplanation s, Explanation why) =>
        new()
        {
            ["operators"] = new JsonArray([.. why.Nodes[s.First..s.End].Select(n => (JsonNode)n.Name)]),
            ["mode"] = s.Mode,
            ["blocks"] = new JsonArray([.. s.Blocks.Select(b => (JsonNode)b)]),
            ["live"] = s.LiveBytes,
            ["cost"] = Cost(s.Cost),
            ["apart"] = Cost(s.Apart),
            ["joined"] = Cost(s.WithNext),
        };

    private static JsonObject? Cost(SegmentCost? cost) =>
        cost is { } c ? new() { ["bytes"] = c.PeakBytes, ["cycles"] = (long)c.Cycles } : null;

    private static JsonObject Live(LiveBuffer b) =>
        new()
        {
            ["name"] = b.Name,
            ["bytes"] = b.Bytes,
            ["shape"] = b.Tensor?.Shape.ToString(),
            ["slots"] = b.Tensor is null ? null : b.Slots,
            ["ring"] = b.IsRing,
            ["writtenBy"] = b.WrittenBy,
            ["readBy"] = new JsonArray([.. b.ReadBy.Select(r => (JsonNode)r)]),
        };

    private static JsonObject Node(NodeExplanation n) =>
        new()
        {
            ["name"] = n.Name,
            ["kind"] = n.Kind,
            ["inputs"] = new JsonArray([.. n.Types.Inputs.Select(t => (JsonNode)t.Shape.ToString())]),
            ["output"] = n.Types.Output.Shape.ToString(),
            ["macs"] = n.Macs,
            ["cycles"] = (long)n.Cycles,
            ["segment"] = n.Segment,
            ["slots"] = n.Slots,
            ["ring"] = n.IsRing,
            ["scratch"] = n.ScratchBytes,
            ["constants"] = n.TableBytes,
            ["kernel"] = n.Chosen,
            ["candidates"] = new JsonArray([.. n.Candidates.Select(Candidate)]),
        };

    private static JsonObject Candidate(KernelCandidate c) =>
        new()
        {
            ["kernel"] = c.Function,
            ["verdict"] = Word(c.Verdict),
            ["cycles"] = (long?)c.Cycles,
            ["cyclesPerMac"] = c.CyclesPerMac,
            ["rows"] = c.Rows,
            ["scratch"] = c.ScratchBytes,
            ["missing"] = c.Missing == DeviceFeatures.None ? null : c.Missing.ToString(),
            ["conditions"] = new JsonArray([
                .. c.Conditions.Select(d => new JsonObject
                {
                    ["property"] = d.Property,
                    ["here"] = d.Here,
                    ["wanted"] = d.Wanted,
                }),
            ]),
        };

    private static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];
}
