using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>Models that give tensors from inside a model.</summary>
public static class ModelSlice
{
    /// <summary>The part of a model that computes these float32 tensors, which become its only outputs.</summary>
    public static OnnxModel Giving(OnnxModel model, IReadOnlyCollection<string> tensors)
    {
        var needed = tensors.ToHashSet();
        var nodes = new List<OnnxNode>();
        foreach (var node in model.Graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains))
                continue;
            needed.UnionWith(node.Inputs);
            nodes.Add(node);
        }

        nodes.Reverse();
        return model with
        {
            Graph = model.Graph with
            {
                Nodes = [.. nodes],
                Initializers = [.. model.Graph.Initializers.Where(t => needed.Contains(t.Name))],
                Outputs = [.. tensors.Select(t => new OnnxValueInfo(t, OnnxType.Float, null, []))],
                Values = [],
            },
        };
    }
}
