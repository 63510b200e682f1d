using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Compile;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Cli.Printing;

/// <summary>The objects that <c>--json</c> prints. Sizes are bytes.</summary>
public static class CompilationJson
{
    public static JsonObject Failed(string name, string device, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["name"] = name,
            ["device"] = device,
            ["fits"] = false,
            ["diagnostics"] = Diagnostics(diagnostics),
            ["files"] = new JsonArray(),
        };

    /// <param name="external">Files that were read beside the model.</param>
    /// <param name="timings">Null where nobody asked for them.</param>
    public static JsonObject Of(
        Compilation compilation,
        IReadOnlyCollection<Diagnostic> diagnostics,
        IEnumerable<string> files,
        IEnumerable<string> external,
        Timings? timings = null
    )
    {
        var json = Of(compilation, diagnostics);
        json["files"] = new JsonArray(files.Select(f => (JsonNode)f).ToArray());
        json["external"] = new JsonArray(external.Select(f => (JsonNode)f).ToArray());
        if (timings is not null)
            json["timings"] = timings.Json();
        return json;
    }

    /// <summary>Without what was written, and without what differs from run to run.</summary>
    public static JsonObject Of(Compilation compilation, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        return new JsonObject
        {
            ["name"] = model.Name,
            ["device"] = options.Device.Id,
            ["summary"] = CompilationSummary.Line(compilation),
            ["fits"] = diagnostics.All(d => d.Severity != DiagnosticSeverity.Error),
            ["sram"] = new JsonObject
            {
                ["arena"] = model.Memory.ArenaBytes,
                ["stack"] = footprint.Stack,
                ["total"] = compilation.SramBytes,
                ["budget"] = options.SramBudget,
                ["peakAt"] = PeakAt(model),
                ["provedOptimal"] = model.Memory.ProvedOptimal,
                ["lowerBound"] = model.Memory.LowerBound,
                ["gap"] = model.Memory.ArenaBytes - model.Memory.WeightBytes - model.Memory.LowerBound,
                ["weights"] = model.Memory.WeightBytes,
                ["scratch"] = model.Memory.ScratchBytes,
                ["sharedArena"] = model.SharedArena,
            },
            ["states"] = new JsonArray([
                .. compilation.Program.States.Select(s => new JsonObject
                {
                    ["input"] = s.Begin.Name,
                    ["output"] = s.End.Name,
                    ["bytes"] = s.Begin.Type.Bytes,
                    ["copied"] = s.IsCopied,
                }),
            ]),
            ["window"] = Window(model),
            ["flash"] = new JsonObject
            {
                ["weights"] = footprint.Weights,
                ["code"] = footprint.Code,
                ["codeIs"] = footprint.Measured ? "measured" : "estimated",
                ["total"] = footprint.Flash,
                ["budget"] = options.FlashBudget,
                ["kernels"] = Kernels(model),
            },
            ["macs"] = model.Network.Macs,
            ["macFactor"] = model.MacFactor,
            ["inputPasses"] = model.InputPasses,
            ["cycles"] = (long)model.Cycles,
            ["latencyMs"] = options.Device.Milliseconds(model.Cycles),
            ["memory"] = options.Device.MemoryText,
            ["energyMj"] = options.Device.Millijoules(model.Cycles),
            ["segments"] = new JsonArray(model.Schedule.Segments.Select(s => (JsonNode)Segment(model, s)).ToArray()),
            ["pareto"] = new JsonArray(
                model
                    .Pareto.Select(p =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["bytes"] = p.ArenaBytes,
                                ["macFactor"] = p.MacFactor,
                                ["cycles"] = (long)p.Cycles,
                            }
                    )
                    .ToArray()
            ),
            ["faster"] = model.Faster is { } faster
                ? new JsonObject { ["bytes"] = faster.ArenaBytes, ["savedShare"] = faster.SavedShare }
                : null,
            ["nano"] = options.Targets.HasFlag(Targets.NanoFramework) ? Nano(NanoBudget.Of(ProgramBuilder.CSharp(model))) : null,
            ["diagnostics"] = Diagnostics(diagnostics),
        };
    }

    /// <summary>The input whose window moves on; null where inputs are whole.</summary>
    private static JsonObject? Window(CompiledModel model) =>
        model.Network.Sliding is not { } sliding
            ? null
            : new()
            {
                ["input"] = model.Network.Inputs[sliding.Port].Name,
                ["rows"] = sliding.Rows,
                ["hop"] = sliding.Hop,
                ["along"] = sliding.InColumns ? "columns" : "rows",
                ["padding"] = sliding.IsPadded ? "window" : "stream",
                ["lag"] = sliding.Lag,
                ["warmUp"] = sliding.WarmUp,
                ["macs"] = sliding.WindowMacs,
            };

    private static JsonObject Nano(NanoBudget budget) =>
        new()
        {
            ["data"] = budget.DataBytes,
            ["dataLimit"] = NanoBudget.MostData,
            ["code"] = budget.CodeBytes,
            ["codeLimit"] = NanoBudget.MostCode,
        };

    /// <summary>The kernel set: fast, compact or portable.</summary>
    public static string Kernels(CompiledModel model) => model.KernelWord;

    public static string PeakAt(CompiledModel model) => model.PeakAt;

    private static JsonObject Segment(CompiledModel model, Segment segment) =>
        new()
        {
            ["operators"] = new JsonArray(model.Graph.Nodes[segment.FirstNode..segment.EndNode].Select(n => (JsonNode)n.Name).ToArray()),
            ["mode"] = model.ModeOf(segment),
            ["blocks"] = new JsonArray(
                model.Schedule.BlockRows()[segment.FirstNode..segment.EndNode].Select(rows => (JsonNode)rows).ToArray()
            ),
            ["bytes"] = model.BytesOf(segment),
        };

    public static JsonArray Diagnostics(IEnumerable<Diagnostic> diagnostics) =>
        new(
            diagnostics
                .Select(d =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["id"] = d.Id,
                            ["severity"] = d.Severity.ToString().ToLowerInvariant(),
                            ["message"] = d.Message,
                            ["file"] = d.Location?.File,
                            ["line"] = d.Location?.Line ?? 0,
                        }
                )
                .ToArray()
        );
}
