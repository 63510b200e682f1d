using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Devices;
using McuNet.Execution.Layers;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Tests.Layers;

/// <summary>A model with noise as its cases, compared with its own reference evaluator in ONNX Runtime's place, so that only what a test
/// changes differs.</summary>
internal sealed class Trace
{
    private readonly Dictionary<string, Observation> _observed = [];

    public Trace(OnnxModel model, int cases = 2)
    {
        Model = model;
        Network = ModelCompiler.Network(model, "net").Value;
        Counterparts = McuNet.Execution.Layers.Counterparts.Of(model, Network);
        Inputs =
        [
            .. Enumerable
                .Range(0, cases)
                .Select(c => (IReadOnlyList<TensorData>)[.. Network.Inputs.Select((p, i) => Noise(Network[p.Tensor].Type, c * 10 + i))]),
        ];
        foreach (var counterpart in Counterparts)
        {
            var results = Inputs.Select(i => ReferenceEvaluator.RunAll(counterpart.Network, i)[counterpart.Result.Id.Value]).ToArray();
            foreach (var view in counterpart.Views)
                _observed[view.Value] = new([.. results.Select(r => InOnnxForm(r, view))]);
        }
    }

    /// <summary>The model of samples/digits.</summary>
    public static Trace OfDigits() =>
        new(
            OnnxReader.Read(File.ReadAllBytes(Path.Combine(RepositoryFolder.Root, "samples", "digits", "digits.onnx")), "digits.onnx").Value
        );

    public OnnxModel Model { get; }

    public NetworkGraph Network { get; }

    public ImmutableArray<Counterpart> Counterparts { get; }

    public IReadOnlyList<IReadOnlyList<TensorData>> Inputs { get; }

    public Counterpart this[string node] => Counterparts.Single(c => c.Node.Name == node);

    public Observation Observe(OnnxView view) => _observed[view.Value];

    /// <summary>Compares with one operator of the network changed, and with some values not observed.</summary>
    public ImmutableArray<LayerResult> With(string node, Func<Operator, Operator> change, params string[] unseen)
    {
        var changed = Network with
        {
            Nodes = [.. Network.Nodes.Select(n => n.Name == node ? n with { Operator = change(n.Operator) } : n)],
        };
        var counterparts = Counterparts.Select(c =>
            c with
            {
                Node = changed[c.Node.Id],
                Network = c.Network == Network ? changed : c.Network,
            }
        );
        return LayerComparison.Of(changed, [.. counterparts], Inputs, v => unseen.Contains(v.Value) ? new([], "hidden") : Observe(v));
    }

    private static TensorData Noise(TensorType type, int seed)
    {
        var data = new TensorData(type);
        new Random(seed).NextBytes(data.Bytes);
        return data;
    }

    /// <summary>Quantised as it is, or dequantised where the value is real.</summary>
    private static byte[] InOnnxForm(TensorData data, OnnxView view)
    {
        var (shape, type) = (view.Type.Shape, data.Type);
        var bytes = view.StoredOrder
            ? data.Bytes
            : TensorLayout.ToNchw(data.Bytes, [1, shape.Channels, shape.Height, shape.Width], type.Element.Size());
        if (!view.Type.IsQuantized && type.IsQuantized)
            return System
                .Runtime.InteropServices.MemoryMarshal.AsBytes(
                    bytes.Select(b => ((sbyte)b - type.ZeroPoint) * type.Scale).ToArray().AsSpan()
                )
                .ToArray();
        return view.Type.Element == type.Element ? bytes : [.. bytes.Select(b => (byte)(b ^ 0x80))];
    }
}
