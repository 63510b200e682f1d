using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Compiler.Graph;
using McuNet.Execution.Layers;

namespace McuNet.Cli.Verify;

/// <summary>The array <c>layers</c> of <c>verify --layers --json</c>.</summary>
public static class LayerJson
{
    public static JsonArray Of(LayerTable table) => new([.. table.Layers.Select(l => (JsonNode)Of(l, table))]);

    /// <summary>What a quantised value means.</summary>
    public static double Real(double value, TensorType type) => (value - type.ZeroPoint) * type.Scale;

    private static JsonObject Of(LayerResult layer, LayerTable table) =>
        new()
        {
            ["node"] = layer.Node.Name,
            ["operator"] = layer.Node.Operator.Kind,
            ["tensor"] = layer.Value,
            ["elements"] = layer.Elements,
            ["mismatches"] = layer.Mismatches,
            ["maxLsb"] = Finite(layer.Largest),
            ["observed"] = layer.IsObserved,
            ["why"] = layer.Missing,
            ["cause"] = layer.Cause?.ToString().ToLowerInvariant(),
            ["suspects"] = new JsonArray([.. layer.Suspects.Select(s => (JsonNode)s)]),
            ["example"] = layer.Differs ? Example(layer, table) : null,
        };

    private static JsonObject Example(LayerResult layer, LayerTable table)
    {
        var (view, worst) = (layer.View!, layer.Cases[layer.Example].Worst!);
        var example = new JsonObject
        {
            ["case"] = table.Cases[layer.Example],
            ["element"] = new JsonArray([.. view.Place(worst.Index).Select(i => (JsonNode)i)]),
            ["here"] = Finite(worst.Here),
            ["onnxruntime"] = Finite(worst.There),
        };
        if (view.Type.IsQuantized)
            (example["hereReal"], example["onnxruntimeReal"]) = (Real(worst.Here, view.Type), Real(worst.There, view.Type));
        return example;
    }

    /// <summary>JSON knows no infinity.</summary>
    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;
}
