using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;
using Run = System.Collections.Generic.IReadOnlyList<McuNet.Runtimes.OnnxRuntime.OnnxTensor>;

namespace McuNet.Execution.Layers;

/// <summary>
/// Looks at values inside a model while ONNX Runtime runs it at its default level: in the rewritten model, and where that does not hold a
/// value, by making the value an output of the original. That can change what ONNX Runtime fuses, so only runs count whose final outputs
/// stay bit for bit as they are without.
/// </summary>
public sealed class OnnxObserver
{
    private const int SignBit = 0x80;

    private readonly byte[] _file;
    private readonly OnnxModel _model;
    private readonly IReadOnlyList<Run> _inputs;
    private readonly ImmutableArray<Run> _outputs;
    private readonly OptimisedModel _optimised;
    private readonly ImmutableArray<Dictionary<string, Runtimes.OnnxRuntime.OnnxTensor>> _inside = [];

    /// <param name="inputs">For each case the model's inputs.</param>
    /// <param name="values">The values that will be asked for.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime is missing or refuses the model.</exception>
    public OnnxObserver(byte[] file, OnnxModel model, IReadOnlyList<Run> inputs, IEnumerable<string> values)
    {
        (_file, _model, _inputs) = (file, model, inputs);
        _outputs = Execute(file, [], OnnxOptimisation.Default);
        _optimised = OptimisedModel.Of(model);
        var holders = values.SelectMany(_optimised.HoldersOf).Distinct().Except(model.Graph.Outputs.Select(o => o.Name)).ToArray();
        var runs = Execute(_optimised.File, holders, OnnxOptimisation.Disabled);
        if (KeepsOutputs(runs))
            _inside = [.. runs.Select(r => r.ToDictionary(t => t.Name))];
    }

    /// <summary>The value in every case.</summary>
    public Observation Observe(OnnxView view)
    {
        if (_model.Graph.Outputs.Select(o => o.Name).ToList().IndexOf(view.Value) is >= 0 and var output)
            return new([.. _outputs.Select(o => o[output].Data)]);
        foreach (var holder in _inside.IsEmpty ? [] : _optimised!.HoldersOf(view.Value))
        {
            if (_inside.Select(c => InOriginalForm(c[holder], view)).ToImmutableArray() is var found && !found.Contains(null))
                return new(found!);
        }

        return Exposed(view.Value);
    }

    private Observation Exposed(string value)
    {
        try
        {
            var runs = Execute(_file, [value], OnnxOptimisation.Default);
            return KeepsOutputs(runs)
                ? new([.. runs.Select(r => r[^1].Data)])
                : new([], "the final outputs of ONNX Runtime change when it is made an output");
        }
        catch (OnnxRuntimeException refusal)
        {
            return new([], refusal.Message);
        }
    }

    private bool KeepsOutputs(ImmutableArray<Run> runs) =>
        runs.Zip(_outputs).All(c => c.Second.Zip(c.First).All(o => o.First.Data.AsSpan().SequenceEqual(o.Second.Data)));

    /// <summary>Runs all cases with some more outputs after those of the file.</summary>
    private ImmutableArray<Run> Execute(byte[] file, IReadOnlyList<string> more, OnnxOptimisation level)
    {
        using var session = OnnxSession.Open([.. file, .. Outputs(more)], new OnnxSessionOptions { Optimisation = level });
        return [.. _inputs.Select(session.Run)];
    }

    /// <summary>Bytes that add outputs to the file before them: protocol buffers join messages that follow one another.</summary>
    private byte[] Outputs(IReadOnlyList<string> names)
    {
        var graph = new OnnxGraph(
            "",
            [],
            [],
            [],
            [.. names.Select(n => new Compiler.Onnx.OnnxValueInfo(n, OnnxType.Undefined, null, []))],
            []
        );
        return OnnxWriter.Write(
            new OnnxModel
            {
                IrVersion = _model.IrVersion,
                Producer = "",
                Opsets = [],
                Graph = graph,
            }
        );
    }

    /// <summary>A value of the rewritten model in the order and signedness of the original; null where it is another one, or its order is
    /// not certain.</summary>
    private static byte[]? InOriginalForm(Runtimes.OnnxRuntime.OnnxTensor value, OnnxView view)
    {
        var isReal = view.Type.Element == ElementType.Float32;
        if (
            isReal ? value.ElementType != OnnxElementType.Float32 : value.ElementType is not (OnnxElementType.Int8 or OnnxElementType.UInt8)
        )
            return null;
        if (InOriginalOrder(value, view) is not { } bytes)
            return null;
        var isFlipped = !isReal && (value.ElementType == OnnxElementType.Int8) != (view.Type.Element == ElementType.Int8);
        return isFlipped ? Array.ConvertAll(bytes, b => (byte)(b ^ SignBit)) : bytes;
    }

    /// <summary>Values keep their order with their name; others may have been turned to channels last.</summary>
    private static byte[]? InOriginalOrder(Runtimes.OnnxRuntime.OnnxTensor value, OnnxView view)
    {
        var dims = view.Dims;
        var isSame = Has(dims);
        if (isSame && (value.Name == view.Value || dims.Count(d => d > 1) < 2))
            return value.Data;
        var isChannelsLast = dims.Length > 2 && Has(dims.RemoveAt(1).Add(dims[1]));
        if (isSame == isChannelsLast)
            return null;
        return isSame
            ? value.Data
            : TensorLayout.ToNchw(value.Data, [1, dims[1], view.Type.Shape.Elements / dims[1], 1], view.Type.Element.Size());

        bool Has(ImmutableArray<int> extents) => value.Dims.SequenceEqual(extents.Select(d => (long)d));
    }
}
