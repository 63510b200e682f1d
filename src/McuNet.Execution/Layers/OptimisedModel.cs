using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Layers;

/// <summary>
/// A model as ONNX Runtime has rewritten it, with values of the original found again. Rewriting renames most values, but a node that is
/// replaced passes its name on, as it is or with something appended; so every node of the original is named by its place before.
/// </summary>
/// <remarks>Run with optimisations disabled, it computes what the original does at the default level, however many values are
/// outputs.</remarks>
public sealed class OptimisedModel
{
    private const string NodePrefix = "mcunet";

    private readonly OnnxModel _original;
    private readonly ImmutableArray<string> _values;
    private readonly ILookup<int, string> _results;

    private OptimisedModel(OnnxModel original, byte[] file, OnnxModel rewritten)
    {
        (_original, File) = (original, file);
        _values = [.. rewritten.Graph.Nodes.SelectMany(n => n.Outputs).Where(o => o.Length > 0)];
        _results = rewritten.Graph.Nodes.Where(n => PlaceOf(n.Name) >= 0).ToLookup(n => PlaceOf(n.Name), n => n.Outputs[0]);
    }

    public byte[] File { get; }

    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses the model.</exception>
    public static OptimisedModel Of(OnnxModel model)
    {
        var nodes = model.Graph.Nodes.Select((n, i) => n with { Name = string.Create(CultureInfo.InvariantCulture, $"{NodePrefix}{i}") });
        var file = OnnxSession.Optimise(OnnxWriter.Write(model with { Graph = model.Graph with { Nodes = [.. nodes] } }));
        return new(model, file, OnnxReader.Read(file, "optimised model").Value);
    }

    /// <summary>Values that may hold a value of the original in some form, the likeliest first: under its own name, or as the result of the
    /// node that quantises it or of one that was fused with that.</summary>
    public IEnumerable<string> HoldersOf(string value)
    {
        if (_values.Contains(value))
            yield return value;
        for (var place = ProducerOf(value); place >= 0; place = Before(place))
        {
            foreach (var result in _results[place])
                yield return result;
        }
    }

    private int Before(int place) =>
        _original.Graph.Nodes[place] is { Operator: "QuantizeLinear" or "Relu" or "Clip" } node ? ProducerOf(node.Inputs[0]) : -1;

    private int ProducerOf(string value)
    {
        var nodes = _original.Graph.Nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Outputs.Contains(value))
                return i;
        }

        return -1;
    }

    private static int PlaceOf(string name)
    {
        var digits = name.StartsWith(NodePrefix, StringComparison.Ordinal)
            ? name[NodePrefix.Length..].TakeWhile(char.IsAsciiDigit).Count()
            : 0;
        return digits > 0 ? int.Parse(name.AsSpan(NodePrefix.Length, digits), CultureInfo.InvariantCulture) : -1;
    }
}
