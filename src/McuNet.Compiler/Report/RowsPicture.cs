using System;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Report;

/// <summary>
/// Rows over time: a lane for each layer, and in it a box for each call, so that layers of a segment are seen to take turns. Segments
/// alternate in colour.
/// </summary>
public static class RowsPicture
{
    private const int Lane = 16;
    private const int Box = 12;

    public static string Svg(CompiledModel model)
    {
        var (time, schedule, graph) = (new Timeline(model), model.Schedule, model.Graph);
        var plane = new SvgPlane($"Rows of {graph.Name} over time", time.Cycles, Lane * graph.Nodes.Length);
        foreach (var node in graph.Nodes)
            plane.Label(Lane * node.Id.Value + Box / 2.0, Short(node.Name));
        var segment = 0;
        for (var c = 0; c < schedule.Steps.Length; c++)
        {
            var step = schedule.Steps[c];
            while (c >= schedule.Segments[segment].EndStep)
                segment++;
            if (step.IsInput)
                continue;
            var rows = step.Count == 1 ? $"step {step.First}" : $"steps {step.First} to {step.End - 1}";
            plane.Box(
                time.Begin(c),
                time.Begin(c + 1),
                Lane * step.Node.Value,
                Box,
                segment,
                $"{graph[step.Node].Name}: {rows}, segment {segment}"
            );
        }
        return plane.ToString();
    }

    private static string Short(string name) => name.Length <= 28 ? name : string.Concat("…", name.AsSpan(name.Length - 27));
}
