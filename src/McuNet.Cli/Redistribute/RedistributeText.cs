using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using McuNet.Search.Redistribution;
using McuNet.Search.Spaces;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Redistribute;

/// <summary>What patches cost and what redistribution makes of it, for people and as JSON.</summary>
internal static class RedistributeText
{
    public static void Print(
        string name,
        string last,
        int patches,
        GraphDistribution start,
        IReadOnlyList<GraphDistribution> proposals,
        SearchSpace? space
    )
    {
        Line($"{name}: {patches}x{patches} patches up to '{last}', receptive field {start.Stage.Rows} there and {start.Field} in all");
        Line($"");
        var table = new TextTable(
            "step",
            ">patch",
            ">halo",
            ">stage MACs",
            ">stage work",
            ">network MACs",
            ">network work",
            ">field",
            "changed"
        );
        foreach (var (one, i) in proposals.Prepend(start).Select((d, i) => (d, i)))
        {
            var done = i == 0 ? 0 : (i == 1 ? start : proposals[i - 2]).Edits.Length;
            table.Add(
                i == 0 ? "as it is" : $"{i}",
                $"{one.Geometry.Side}x{one.Geometry.Side}",
                $"{one.HaloRows}",
                Number(one.Geometry.StageMacs),
                Percent(one.Geometry.StageFactor),
                Number(one.Geometry.NetworkMacs),
                Percent(one.Geometry.NetworkFactor),
                $"{one.Field}",
                string.Join(", ", one.Edits.Skip(done).Select(Describe))
            );
        }
        table.Print();
        Line($"");
        Line(
            $"Work of the stage: patches at the border counted as large as those inside; of the network: what lies outside is not computed."
        );
        if (proposals.Count == 0)
            Line($"Nothing can move: no kernel or residual block in patches that later kernels could make up for.");
        if (space is not null)
            Line($"The search space has {space.Networks:N0} networks, these among them.");
    }

    public static JsonObject Json(
        string name,
        string last,
        int patches,
        GraphDistribution start,
        IReadOnlyList<GraphDistribution> proposals,
        IEnumerable<Diagnostic> diagnostics
    ) =>
        new()
        {
            ["name"] = name,
            ["to"] = last,
            ["patches"] = patches,
            ["network"] = Json(start),
            ["proposals"] = new JsonArray([.. proposals.Select(Json)]),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };

    private static JsonObject Json(GraphDistribution one) =>
        new()
        {
            ["side"] = one.Geometry.Side,
            ["halo"] = one.HaloRows,
            ["stageField"] = one.Stage.Rows,
            ["field"] = one.Field,
            ["stageMacs"] = one.Geometry.StageMacs,
            ["stageFactor"] = one.Geometry.StageFactor,
            ["haloMacs"] = one.HaloMacs,
            ["macs"] = one.Geometry.NetworkMacs,
            ["macFactor"] = one.Geometry.NetworkFactor,
            ["changes"] = new JsonArray([
                .. one.Edits.Select(e =>
                    e is KernelEdit kernel
                        ? new JsonObject
                        {
                            ["layer"] = kernel.Node,
                            ["kernel"] = kernel.To,
                            ["was"] = kernel.From,
                        }
                        : new JsonObject { ["block"] = e.Node, ["removed"] = true }
                ),
            ]),
        };

    private static string Describe(GraphEdit edit) =>
        edit is KernelEdit kernel
            ? $"{kernel.Node} {kernel.From}x{kernel.From} -> {kernel.To}x{kernel.To}"
            : $"the block that ends in {edit.Node} left out";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double factor) => (100 * (factor - 1)).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
