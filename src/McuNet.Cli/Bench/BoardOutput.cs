using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Bench;

/// <summary>A comparison with a board as JSON and as text.</summary>
internal static class BoardOutput
{
    public static JsonObject Json(BoardComparison comparison)
    {
        var (log, model) = (comparison.Log, comparison.Model);
        var result = new JsonObject
        {
            ["name"] = model.Name,
            ["device"] = log.Identity.Device,
            ["core"] = log.Core,
            ["clockHz"] = log.ClockHz,
            ["counter"] = log.Counter,
            ["caches"] = log.Caches,
            ["compiler"] = log.Compiler,
            ["flags"] = log.Flags,
            ["cases"] = log.Cases,
            ["runs"] = log.Runs.Length,
            ["stack"] = log.StackBytes,
            ["instructions"] = comparison.Emulated?.Worst?.Instructions,
        };
        Add(result, comparison.Whole);
        result["measuredMs"] = Milliseconds(comparison);
        result["operators"] = new JsonArray(
            comparison
                .Layers.Select(l =>
                {
                    var node = model.Graph.Nodes[l.Layer];
                    var layer = new JsonObject
                    {
                        ["name"] = node.Name,
                        ["kind"] = node.Operator.Kind,
                        ["kernel"] = model.Kernels[l.Layer].Function,
                        ["macs"] = node.Operator.Macs(model.Graph.TypesOf(node)),
                    };
                    Add(layer, l.Figures);
                    return (JsonNode)layer;
                })
                .ToArray()
        );
        return result;
    }

    private static void Add(JsonObject target, BoardFigures figures)
    {
        target["cycles"] = figures.Cycles;
        target["estimatedCycles"] = figures.Estimated;
        target["deviceCycles"] = figures.Device;
        target["measuredCycles"] = figures.Measured?.Least;
        target["measuredMedian"] = figures.Measured?.Median;
        target["overCycles"] = figures.OverCycles;
        target["overDeviceCycles"] = figures.OverDevice;
    }

    private static double? Milliseconds(BoardComparison comparison) =>
        comparison.Log is { ClockHz: { } clock, Whole: { } whole } ? Math.Round(1e3 * whole.Least / clock, 4) : null;

    public static void Describe(BoardComparison comparison)
    {
        var (log, model, whole) = (comparison.Log, comparison.Model, comparison.Whole);
        Line($"{model.Name} on {log.Identity.Device} ({log.Core}), GCC {log.Compiler}, {log.Flags}");
        Line(
            $"  outputs of {log.Cases} cases exact, stack {log.StackBytes:N0}, clock {(log.ClockHz is { } hertz ? $"{hertz / 1e6:0.###} MHz" : "not known")}, caches {log.Caches}, counter {Counter(log.Counter)}"
        );
        Line(
            $"  cycles measured {Cell(whole.Measured?.Least)}, median {Cell(whole.Measured?.Median)} of {log.Runs.Length} runs{(Milliseconds(comparison) is { } ms ? $", {ms:0.###} ms" : "")}; modelled without flash waits {Cell(whole.Cycles)} ({Percent(whole.OverCycles)}), estimated for the device {whole.Device:N0} ({Percent(whole.OverDevice)})"
        );
        if (!comparison.Layers.Any())
            return;
        Line($"  {"operator", -28} {"kernel", -34} {"measured", 11} {"median", 11} {"modelled", 11} {"", 8} {"device", 11} {"", 8}");
        foreach (var (n, figures) in comparison.Layers)
            Line(
                $"  {model.Graph.Nodes[n].Name, -28} {model.Kernels[n].Function, -34} {Cell(figures.Measured?.Least), 11} {Cell(figures.Measured?.Median), 11} {Cell(figures.Cycles), 11} {Percent(figures.OverCycles), 8} {figures.Device, 11:N0} {Percent(figures.OverDevice), 8}"
            );
    }

    private static string Counter(string name) =>
        name switch
        {
            "systick" => "SysTick, since that of the DWT is missing or stands still",
            "none" => "none: nothing counted, so there are no cycles",
            _ => "DWT",
        };

    private static string Cell(long? value) => value is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double? value) =>
        value is { } known ? known.ToString("+0.0 '%';-0.0 '%';0.0 '%'", CultureInfo.InvariantCulture) : "–";
}
