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
    /// The network with states for the rows that it keeps, or MCU2005; with MCU2006 where rows at the ends of each window are computed
    /// again, and MCU2007 where most of the network is.
    /// </returns>
    public static StageResult<NetworkGraph> Of(NetworkGraph graph, WindowHop? hop, HopPadding padding)
    {
        if (hop is null || graph.Sliding is not null)
            return StageResult<NetworkGraph>.Success(graph);
        if (PortOf(graph, hop) is not { } port)
            return Unsuitable(graph, hop, Unknown(graph, hop));
        if (TimeOf(graph, graph.Inputs[port], hop.Dimension) is not { } time)
            return Unsuitable(graph, hop, NoTime(graph, graph.Inputs[port], hop.Dimension));
        var turned = time.InColumns ? SlidingNetwork.Upright(graph, port) : graph;
        if (Fault(turned, turned.Inputs[port], hop, padding) is { } fault)
            return Unsuitable(graph, hop, fault);
        var inColumns = time.InColumns && graph[graph.Inputs[port].Tensor].Type.Shape.Height > 1;
        var sliding = SlidingNetwork.Of(turned, port, hop.Rows, time.Dimension, padding == HopPadding.Window, inColumns);
        return GraphVerifier.Check(sliding.Graph, "the rewriting of the window") is { } broken
            ? StageResult<NetworkGraph>.Failure(broken)
            : StageResult<NetworkGraph>.Success(sliding.Graph, [.. Warnings(turned, sliding)]);
    }

    private static StageResult<NetworkGraph> Unsuitable(NetworkGraph graph, WindowHop hop, string why) =>
        StageResult<NetworkGraph>.Failure(Diagnostic.Create(DiagnosticCatalog.HopUnsuitable, graph.Name, hop.Text, why));

    private static int? PortOf(NetworkGraph graph, WindowHop hop)
    {
        var own = Enumerable.Range(0, graph.Inputs.Length).Where(i => !graph.IsStateInput(i));
        var ports = own.Where(i => hop.Input is null || graph.Inputs[i].Name == hop.Input).ToArray();
        return ports.Length == 1 ? ports[0] : null;
    }

    private static string Unknown(NetworkGraph graph, WindowHop hop)
    {
        string[] names = [.. graph.Inputs.Where((_, i) => !graph.IsStateInput(i)).Select(p => p.Name)];
        var meant = hop.Input is { } name && NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        var what = hop.Input is null ? "none of the inputs, of which there are several" : $"no input of the model{meant}";
        return $"it names {what}; inputs: {string.Join(", ", names.Select(n => $"'{n}'"))}";
    }

    private static string? Fault(NetworkGraph graph, GraphPort port, WindowHop hop, HopPadding padding)
    {
        var shape = graph[port.Tensor].Type.Shape;
        if (hop.Rows >= shape.Height)
            return $"the window of input '{port.Name}' has {shape.Height} rows, and none would be left of the one before";
        var (step, node) = SlidingNetwork.HopStep(graph, port.Tensor, hop.Rows, padding == HopPadding.Window);
        return hop.Rows % step == 0
            ? null
            : $"strides along time make a row of '{node!.Name}' of several rows of input '{port.Name}', "
                + $"and the number must be a multiple of {step}: {Neighbours(hop.Rows, step)}";
    }

    private static string Neighbours(int rows, int step) => rows < step ? $"{step}" : $"{rows / step * step} or {(rows / step + 1) * step}";

    /// <summary>The dimension that is time, by default that of the rows, or of the columns where there is one row; null where none can
    /// be.</summary>
    private static (int Dimension, bool InColumns)? TimeOf(NetworkGraph graph, GraphPort port, int? dimension)
    {
        var (rows, columns) = (DimensionOf(graph, port, inColumns: false), DimensionOf(graph, port, inColumns: true));
        if (rows is { } row && row == (dimension ?? row))
            return (row, false);
        var isMeant = dimension is null ? graph[port.Tensor].Type.Shape.Height == 1 : dimension == columns;
        return columns is { } column && isMeant ? (column, true) : null;
    }

    private static string NoTime(NetworkGraph graph, GraphPort port, int? dimension) =>
        $"input '{port.Name}' has dimensions [{string.Join(", ", port.Dims)}], here {graph[port.Tensor].Type.Shape}, and "
        + (dimension is { } index ? $"dimension {index} (from 0 on) counts neither rows nor columns" : "none of them counts rows in time");

    /// <summary>Index of the dimension that counts the rows of a port, or its columns, alone or with all that lies behind it; null where
    /// none does.</summary>
    private static int? DimensionOf(NetworkGraph graph, GraphPort port, bool inColumns)
    {
        var (height, width, channels) = graph[port.Tensor].Type.Shape;
        var (count, before, behind) = (inColumns, port.StoredOrder) switch
        {
            (false, false) => (height, channels, width),
            (false, true) => (height, 1, width * channels),
            (true, false) => (width, channels * height, 1),
            (true, true) => (width, height, channels),
        };
        for (var (axis, outer, inner) = (0, 1, height * width * channels); axis < port.Dims.Length && count > 1; outer *= port.Dims[axis++])
        {
            inner /= port.Dims[axis];
            if (outer == before && port.Dims[axis] % count == 0 && port.Dims[axis] / count * inner == behind)
                return axis;
        }

        return null;
    }

    private static IEnumerable<Diagnostic> Warnings(NetworkGraph graph, SlidingNetwork sliding)
    {
        var macs = sliding.Graph.Macs;
        if (sliding.EdgeMacs > 0)
            yield return Diagnostic.Create(
                DiagnosticCatalog.HopPadded,
                graph.Name,
                string.Join(", ", sliding.Edges.Take(4).Select(n => $"'{n}'"))
                    + (sliding.Edges.Length > 4 ? $" and {sliding.Edges.Length - 4} more" : ""),
                sliding.EdgeMacs,
                macs
            );
        if (sliding.HeadMacs * 2 > graph.Macs && sliding.Head.FirstOrDefault() is { } first)
            yield return Diagnostic.Create(
                DiagnosticCatalog.HopRecomputes,
                graph.Name,
                sliding.HeadMacs,
                graph.Macs,
                first.Name,
                first.Operator.Kind
            );
    }
}
