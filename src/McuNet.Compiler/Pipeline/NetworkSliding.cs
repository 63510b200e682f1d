using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Streaming;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Compiler.Pipeline;

/// <summary>Makes a network take the new rows of a window where somebody says by how many the window moves on.</summary>
internal static class NetworkSliding
{
    /// <returns>
    /// The network with states for the rows that it keeps, or MCU2005; with MCU2006 where rows at the ends of each window are computed again, and MCU2007
    /// where most of the network is.
    /// </returns>
    public static StageResult<NetworkGraph> Of(NetworkGraph graph, WindowHop? hop, HopPadding padding)
    {
        if (hop is null || graph.Sliding is not null)
            return StageResult<NetworkGraph>.Success(graph);
        if (PortOf(graph, hop) is not { } port)
            return Unsuitable(graph, hop, Unknown(graph, hop));
        graph = SlidingNetwork.Upright(graph, port);
        if (Fault(graph, graph.Inputs[port], hop, padding) is { } fault)
            return Unsuitable(graph, hop, fault);
        var sliding = SlidingNetwork.Of(graph, port, hop.Rows, AxisOf(graph, graph.Inputs[port])!.Value, padding == HopPadding.Window);
        return StageResult<NetworkGraph>.Success(sliding.Graph, [.. Warnings(graph, sliding)]);
    }

    private static StageResult<NetworkGraph> Unsuitable(NetworkGraph graph, WindowHop hop, string why) =>
        StageResult<NetworkGraph>.Failure(Diagnostic.Create(DiagnosticCatalog.HopUnsuitable, graph.Name, hop.Text, why));

    private static int? PortOf(NetworkGraph graph, WindowHop hop)
    {
        var ports = Enumerable.Range(0, graph.Inputs.Length).Where(i => !graph.IsStateInput(i) && (hop.Input is null || graph.Inputs[i].Name == hop.Input)).ToArray();
        return ports.Length == 1 ? ports[0] : null;
    }

    private static string Unknown(NetworkGraph graph, WindowHop hop)
    {
        string[] names = [.. graph.Inputs.Where((_, i) => !graph.IsStateInput(i)).Select(p => p.Name)];
        var meant = hop.Input is { } name && NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        return $"it names {(hop.Input is null ? "none of the inputs, of which there are several" : $"no input of the model{meant}")}; inputs: {string.Join(", ", names.Select(n => $"'{n}'"))}";
    }

    private static string? Fault(NetworkGraph graph, GraphPort port, WindowHop hop, HopPadding padding)
    {
        var shape = graph[port.Tensor].Type.Shape;
        if (AxisOf(graph, port) is null)
            return $"input '{port.Name}' has dimensions [{string.Join(", ", port.Dims)}], here {shape}, and none of them counts rows in time";
        if (hop.Rows >= shape.Height)
            return $"the window of input '{port.Name}' has {shape.Height} rows, and none would be left of the one before";
        var (step, node) = SlidingNetwork.HopStep(graph, port.Tensor, hop.Rows, padding == HopPadding.Window);
        return hop.Rows % step == 0 ? null
            : $"strides along time make a row of '{node!.Name}' of several rows of input '{port.Name}', and the number must be a multiple of {step}: {Neighbours(hop.Rows, step)}";
    }

    private static string Neighbours(int rows, int step) => rows < step ? $"{step}" : $"{rows / step * step} or {(rows / step + 1) * step}";

    /// <summary>Index of the dimension that counts the rows of a port, or all that rows hold with them; null where none does, or there is one row.</summary>
    private static int? AxisOf(NetworkGraph graph, GraphPort port)
    {
        var (height, width, channels) = graph[port.Tensor].Type.Shape;
        var (before, behind) = port.StoredOrder ? (1, width * channels) : (channels, width);
        for (var (axis, outer, inner) = (0, 1, height * width * channels); axis < port.Dims.Length && height > 1; outer *= port.Dims[axis++])
        {
            inner /= port.Dims[axis];
            if (outer == before && port.Dims[axis] % height == 0 && port.Dims[axis] / height * inner == behind)
                return axis;
        }

        return null;
    }

    private static IEnumerable<Diagnostic> Warnings(NetworkGraph graph, SlidingNetwork sliding)
    {
        var macs = sliding.Graph.Macs;
        if (sliding.EdgeMacs > 0)
            yield return Diagnostic.Create(DiagnosticCatalog.HopPadded, graph.Name, string.Join(", ", sliding.Edges.Take(4).Select(n => $"'{n}'"))
                + (sliding.Edges.Length > 4 ? $" and {sliding.Edges.Length - 4} more" : ""), sliding.EdgeMacs, macs);
        if (sliding.HeadMacs * 2 > graph.Macs && sliding.Head.FirstOrDefault() is { } first)
            yield return Diagnostic.Create(DiagnosticCatalog.HopRecomputes, graph.Name, sliding.HeadMacs, graph.Macs, first.Name, first.Operator.Kind);
    }
}
