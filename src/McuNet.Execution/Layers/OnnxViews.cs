using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Execution.Layers;

/// <summary>
/// How a model orders the elements of values inside it: the importer knows, and says so of outputs. A value is left out where it orders
/// them in neither of the two ways that outputs may have, or pads them.
/// </summary>
public static class OnnxViews
{
    public static Dictionary<string, OnnxView> Of(OnnxModel model, IEnumerable<string> values)
    {
        string[] names = [.. values];
        var together = Giving(model, names);
        var views = together.Succeeded
            ? Ports(together.Value)
            : names.Select(n => Giving(model, [n])).Where(r => r.Succeeded).SelectMany(r => Ports(r.Value));
        return views.DistinctBy(v => v.Value).ToDictionary(v => v.Value);
    }

    private static StageResult<NetworkGraph> Giving(OnnxModel model, IEnumerable<string> values)
    {
        var outputs = values.Select(v => new OnnxValueInfo(v, OnnxType.Undefined, null, []));
        return ModelImporter.Import(
            model with
            {
                Graph = model.Graph with { Outputs = [.. model.Graph.Outputs, .. outputs] },
            },
            model.Graph.Name
        );
    }

    private static IEnumerable<OnnxView> Ports(NetworkGraph graph) =>
        graph.Outputs.Select(p => new OnnxView(p.Name, p.Dims, graph[p.Tensor].Type, p.StoredOrder));
}
