using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Diagnostics;

namespace McuNet.Cli.Fit;

/// <summary>The object of <c>mcunet fit --json</c>. Sizes are bytes.</summary>
public static class FitJson
{
    public static JsonObject Failed(string name, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["name"] = name,
            ["devices"] = new JsonArray(),
            ["wanted"] = null,
            ["changes"] = new JsonArray(),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };

    public static JsonObject Of(string name, FitReport report, IEnumerable<Diagnostic> diagnostics)
    {
        var shape = report.Network[report.Network.Inputs[0].Tensor].Type.Shape;
        return new()
        {
            ["name"] = name,
            ["macs"] = report.Network.Macs,
            ["input"] = new JsonArray(shape.Height, shape.Width, shape.Channels),
            ["devices"] = new JsonArray([.. report.Devices.Select(Device)]),
            ["wanted"] = report.Wanted?.Device.Id,
            ["changes"] = new JsonArray([.. report.Changes.Select(Change)]),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };
    }

    private static JsonObject Device(DeviceFit fit)
    {
        var json = new JsonObject
        {
            ["device"] = fit.Device.Id,
            ["name"] = fit.Device.Name,
            ["vendor"] = fit.Device.Vendor,
            ["core"] = fit.Device.CoreName,
            ["clockHz"] = fit.Device.ClockHz,
        };
        Add(json, fit.Needs);
        return json;
    }

    private static JsonObject Change(ChangeFit fit)
    {
        var json = Setting(fit.Change);
        if (fit.Needs is { } needs)
            Add(json, needs);
        else
            json["fits"] = false;
        json["whyNot"] = fit.WhyNot;
        return json;
    }

    private static JsonObject Setting(ModelChange change) =>
        change switch
        {
            OtherObjective other => new() { ["change"] = "objective", ["optimize"] = other.Objective.ToString().ToLowerInvariant() },
            StreamedInput stream => new() { ["change"] = "rows", ["passes"] = stream.Passes },
            ColumnBands => new() { ["change"] = "bands" },
            SmallerKernels kernels => new() { ["change"] = "kernels", ["set"] = kernels.Set.ToString().ToLowerInvariant() },
            WeightsElsewhere => new() { ["change"] = "weights" },
            SmallerInput input => new()
            {
                ["change"] = "input",
                ["height"] = input.Height,
                ["width"] = input.Width,
            },
            FewerChannels channels => new() { ["change"] = "channels", ["factor"] = channels.Factor },
            BothChanges both => new()
            {
                ["change"] = "both",
                ["first"] = Setting(both.First),
                ["second"] = Setting(both.Second),
            },
            _ => new() { ["change"] = change.GetType().Name },
        };

    /// <summary>What is used, the limit and the margin of each resource; limit and margin are null where nothing was asked for.</summary>
    private static void Add(JsonObject json, Requirements needs)
    {
        json["fits"] = needs.Fits;
        json["sram"] = Bytes(needs.Sram);
        json["arena"] = needs.ArenaBytes;
        json["stack"] = needs.Footprint.Stack;
        json["flash"] = Bytes(needs.Flash);
        json["weights"] = needs.Footprint.Weights;
        json["code"] = needs.Footprint.Code;
        json["codeIs"] = needs.Footprint.Measured ? "measured" : "estimated";
        json["cycles"] = (long)needs.Cycles;
        json["latencyMs"] = needs.LatencyMs.Used;
        json["energyMj"] = needs.EnergyMj?.Used;
        json["margin"] = new JsonObject
        {
            ["sram"] = (long?)needs.Sram.Margin,
            ["flash"] = (long?)needs.Flash.Margin,
            ["latencyMs"] = needs.LatencyMs.Margin,
            ["energyMj"] = needs.EnergyMj?.Margin,
        };
        json["budget"] = new JsonObject
        {
            ["sram"] = (long?)needs.Sram.Limit,
            ["flash"] = (long?)needs.Flash.Limit,
            ["latencyMs"] = needs.LatencyMs.Limit,
            ["energyMj"] = needs.EnergyMj?.Limit,
        };
        json["kernels"] = needs.Kernels.ToString().ToLowerInvariant();
        json["macFactor"] = needs.MacFactor;
        json["inputPasses"] = needs.InputPasses;
    }

    private static JsonNode Bytes(Use use) => (long)use.Used;
}
