using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Models;

namespace McuNet.Cli.Inspect;

/// <summary><c>mcunet inspect</c>: what is in a model file and how it is read, also where it does not compile.</summary>
internal static class InspectCommand
{
    /// <summary>Layers named on one line.</summary>
    private const int Most = 8;

    public static Command Create()
    {
        var command = new Command("inspect", "Say what is in a model file and how it is read.");
        var model = new Argument<string>("MODEL") { Description = "The ONNX or .tflite file." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on standard output and nothing else." };
        command.Add(model);
        command.Add(json);
        command.SetAction(parsed => Run(parsed.GetValue(model)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        var file = ModelFile.Read(path);
        if (!file.Succeeded)
        {
            if (json)
                Output.Json(new JsonObject { ["diagnostics"] = CompilationJson.Diagnostics(file.Diagnostics) });
            return Output.Finish(json, file.Diagnostics);
        }

        var network = ModelCompiler.Network(file.Value.Model, Path.GetFileNameWithoutExtension(path));
        if (json)
            Output.Json(Json(file.Value.Model, network));
        else
            Describe(file.Value, network);
        return Output.Finish(json, network.Diagnostics);
    }

    private static JsonObject Json(OnnxModel model, StageResult<NetworkGraph> read)
    {
        var network = read.Succeeded ? read.Value : null;
        return new()
        {
            ["producer"] = model.Producer,
            ["irVersion"] = model.IrVersion,
            ["opsets"] = new JsonArray(
                model.Opsets.Select(o => (JsonNode)new JsonObject { ["domain"] = Domain(o.Domain), ["version"] = o.Version }).ToArray()
            ),
            ["inputs"] = Values(Inputs(model)),
            ["outputs"] = Values(model.Graph.Outputs),
            ["weights"] = new JsonArray(
                Weights(model)
                    .Select(w =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["type"] = w.Type.ToString(),
                                ["elements"] = w.Elements,
                                ["bytes"] = w.Bytes,
                            }
                    )
                    .ToArray()
            ),
            ["operators"] = new JsonObject(Operators(model).Select(o => KeyValuePair.Create(o.Name, (JsonNode?)o.Count))),
            ["layers"] = network is null
                ? null
                : new JsonObject(Layers(network).Select(o => KeyValuePair.Create(o.Name, (JsonNode?)o.Count))),
            ["ports"] = network is null
                ? null
                : new JsonArray(network.Inputs.Concat(network.Outputs).Select(p => (JsonNode)Port(network, p)).ToArray()),
            ["macs"] = network?.Macs,
            ["float"] = network is null ? null : new JsonArray(FloatLayers.Of(network).Select(n => (JsonNode)n.Name).ToArray()),
            ["diagnostics"] = CompilationJson.Diagnostics(read.Diagnostics),
        };
    }

    private static JsonArray Values(IEnumerable<OnnxValueInfo> values) =>
        new(
            values
                .Select(v =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = v.Name,
                            ["type"] = v.Type.ToString(),
                            ["dims"] = v.Dims is { } dims
                                ? new JsonArray(dims.Select((d, i) => d >= 0 ? (JsonNode)d : v.Symbols[i]).ToArray())
                                : null,
                        }
                )
                .ToArray()
        );

    private static JsonObject Port(NetworkGraph network, GraphPort port)
    {
        var type = network[port.Tensor].Type;
        return new()
        {
            ["name"] = port.Name,
            ["type"] = type.Element.ToString(),
            ["rows"] = type.Shape.Height,
            ["columns"] = type.Shape.Width,
            ["channels"] = type.Shape.Channels,
            ["scale"] = type.Quantization?.Scale,
            ["zeroPoint"] = type.Quantization?.ZeroPoint,
        };
    }

    private static void Describe(ModelFile file, StageResult<NetworkGraph> read)
    {
        var (model, text) = (file.Model, Console.Out);
        var opsets = string.Join(", ", model.Opsets.Select(o => $"{Domain(o.Domain)} {o.Version}"));
        var producer = model.Producer.Length > 0 ? ShownText.Name(model.Producer) : "an unnamed producer";
        text.WriteLine(
            Invariant(
                $"{Path.GetFileName(file.Path)}: {(file.IsTfLite ? "TensorFlow Lite, here stated in ONNX" : Invariant($"ONNX of {producer}, IR version {model.IrVersion}"))}, operator sets {opsets}"
            )
        );
        foreach (var (role, values) in new[] { ("input", Inputs(model)), ("output", model.Graph.Outputs) })
        {
            foreach (var value in values)
                text.WriteLine(
                    Invariant(
                        $"  {role, -10} {ShownText.Name(value.Name)}: {value.Type} [{(value.Dims is { } dims ? string.Join(", ", dims.Select((d, i) => d >= 0 ? Invariant($"{d}") : value.Symbols[i])) : "unknown")}]{(read.Succeeded ? Stored(read.Value, value.Name) : "")}"
                    )
                );
        }

        foreach (var (type, elements, bytes) in Weights(model))
            text.WriteLine(Invariant($"  {"weights", -10} {elements:N0} of {type}, {bytes:N0} bytes"));
        text.WriteLine($"  {"operators", -10} {Counted(Operators(model))}");
        if (!read.Succeeded)
            return;
        var (network, reals) = (read.Value, FloatLayers.Of(read.Value));
        text.WriteLine($"  {"layers", -10} {Counted(Layers(network))}");
        var computes =
            reals.IsEmpty ? "all in integers"
            : FloatLayers.AreIslands(network)
                ? Invariant(
                    $"{FloatLayers.Share(network, reals):0.#} % of them in float32: {string.Join(", ", reals.Take(Most).Select(n => n.Name))}{(reals.Length > Most ? Invariant($" and {reals.Length - Most} more") : "")}"
                )
            : "all in float32";
        text.WriteLine(Invariant($"  {"work", -10} {network.Macs:N0} MACs, {computes}"));
    }

    /// <summary>How a graph input or output lies in memory.</summary>
    private static string Stored(NetworkGraph network, string name)
    {
        if (network.Inputs.Concat(network.Outputs).FirstOrDefault(p => p.Name == ShownText.Name(name)) is not { } port)
            return ", not used";
        var type = network[port.Tensor].Type;
        var quantization = type.Quantization is { } q
            ? Invariant($", {type.Element} with scale {q.Scale:g6} and zero point {q.ZeroPoint}")
            : "";
        return $", stored as {type.Shape.Height} rows of {type.Shape.Width} x {type.Shape.Channels}{quantization}";
    }

    /// <summary>Inputs that are given when the network runs.</summary>
    private static IEnumerable<OnnxValueInfo> Inputs(OnnxModel model) =>
        model.Graph.Inputs.Where(i => model.Graph.Initializers.All(t => t.Name != i.Name));

    private static IEnumerable<(OnnxType Type, long Elements, long Bytes)> Weights(OnnxModel model) =>
        model
            .Graph.Initializers.Concat(model.Graph.Nodes.SelectMany(n => n.Attributes).Select(a => a.Tensor).OfType<OnnxTensor>())
            .GroupBy(t => t.Type)
            .Select(g => (g.Key, g.Sum(t => t.Dims.Aggregate(1L, (product, d) => product * d)), g.Sum(t => (long)t.Data.Length)))
            .OrderByDescending(w => w.Item3);

    private static IEnumerable<(string Name, int Count)> Operators(OnnxModel model) =>
        Counts(model.Graph.Nodes.Select(n => n.Domain.Length == 0 ? n.Operator : $"{n.Domain}.{n.Operator}"));

    private static IEnumerable<(string Name, int Count)> Layers(NetworkGraph network) => Counts(network.Nodes.Select(n => n.Operator.Kind));

    private static IEnumerable<(string Name, int Count)> Counts(IEnumerable<string> names) =>
        names.GroupBy(n => n).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal);

    private static string Counted(IEnumerable<(string Name, int Count)> counts) =>
        string.Join(", ", counts.Select(c => Invariant($"{c.Count} {ShownText.Name(c.Name)}")));

    private static string Domain(string domain) => domain.Length == 0 ? "ai.onnx" : domain;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
