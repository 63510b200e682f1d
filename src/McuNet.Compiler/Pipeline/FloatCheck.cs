using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Says what layers compute in float32: a cost where the core has no FPU, perhaps an oversight where the rest of the network is
/// quantised.</summary>
public static class FloatCheck
{
    /// <summary>Layers named in a report.</summary>
    private const int Most = 5;

    public static ImmutableArray<Diagnostic> Run(Compilation compilation)
    {
        var (model, device) = (compilation.Model, compilation.Options.Device);
        Node[] layers =
        [
            .. model.Graph.Nodes.Where(n => n.Operator is not Dequantize && model.Graph.TypesOf(n).Inputs.Any(t => !t.IsQuantized)),
        ];
        var own = FloatLayers.Of(model.Graph);
        if (own.Length == 0)
            return [];
        var names = string.Join(", ", own.Take(Most).Select(n => n.Name)) + (own.Length > Most ? ", \u2026" : "");
        if (!device.Features.HasFlag(DeviceFeatures.FpuSingle))
        {
            var cycles = layers.Sum(n => model.NodeCycles[n.Id.Value]);
            return
            [
                Diagnostic.Create(
                    DiagnosticCatalog.FloatWithoutFpu,
                    own.Length,
                    model.Graph.Nodes.Length,
                    model.Graph.Name,
                    names,
                    device.Id,
                    device.CoreName,
                    device.Milliseconds(cycles),
                    device.Milliseconds(model.Cycles)
                ),
            ];
        }

        return FloatLayers.AreIslands(model.Graph)
            ?
            [
                Diagnostic.Create(
                    DiagnosticCatalog.FloatIslands,
                    own.Length,
                    model.Graph.Nodes.Length,
                    model.Graph.Name,
                    FloatLayers.Share(model.Graph, own),
                    names
                ),
            ]
            : [];
    }
}
