using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Execution.Layers;

namespace McuNet.Cli.Verify;

/// <summary>A table of layers for people: where differences begin.</summary>
public static class LayerText
{
    public static IEnumerable<string> Lines(LayerTable table)
    {
        var (compared, unseen) = (table.Layers.Count(l => l.IsObserved), table.Layers.Where(l => !l.IsObserved).ToArray());
        var counts = Text($"{compared} compared, {unseen.Length} could not be observed");
        var origins = table.Origins.ToArray();
        for (var i = 0; i < origins.Length; i++)
            yield return $"{(i == 0 ? "first difference" : "also")}: {Difference(origins[i], table)} {Why(origins[i])}";
        yield return origins.Length == 0
            ? $"no layer differs ({counts})"
            : $"{Followers(table.Layers.Count(l => l.Cause == DifferenceCause.Inputs))} ({counts})";
        foreach (var layer in unseen)
            yield return $"not observed: node '{layer.Node.Name}' ({layer.Node.Operator.Kind}), tensor '{layer.Value}': {layer.Missing}";
    }

    private static string Difference(LayerResult layer, LayerTable table)
    {
        var (view, worst) = (layer.View!, layer.Cases[layer.Example].Worst!);
        var amount = view.Type.IsQuantized
            ? Text($"{layer.Largest} step{(layer.Largest == 1 ? "" : "s")}")
            : Text($"{layer.Largest:0.#########}");
        return Text(
            $"node '{layer.Node.Name}' ({layer.Node.Operator.Kind}), tensor '{layer.Value}': {layer.Mismatches:N0} of {layer.Elements:N0} elements differ by up to {amount}, e.g. element [{string.Join(", ", view.Place(worst.Index))}] of '{table.Cases[layer.Example]}': {Number(worst.Here, view.Type)} here, {Number(worst.There, view.Type)} in ONNX Runtime."
        );
    }

    private static string Followers(int count) =>
        count switch
        {
            0 => "no other layer differs",
            1 => "1 more layer differs because its inputs do",
            _ => Text($"{count} more layers differ because their inputs do"),
        };

    private static string Number(double value, TensorType type) =>
        type.IsQuantized ? Text($"{value} ({LayerJson.Real(value, type):0.######})") : Text($"{value:R}");

    private static string Why(LayerResult layer) =>
        layer.Cause == DifferenceCause.Node
            ? "Its inputs are equal."
            : $"No input that could be observed differs; {string.Join(", ", layer.Suspects.Select(s => $"'{s}'"))} before it could not be and may be the cause as well.";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
