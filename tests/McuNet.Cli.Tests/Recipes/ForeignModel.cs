using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.OnnxRuntime;
using OnnxTensor = McuNet.Compiler.Onnx.OnnxTensor;
using RuntimeTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>How a quantiser rounds a tensor.</summary>
internal readonly record struct Steps(float Scale, int Zero, OnnxType Type);

/// <summary>
/// A float network as PyTorch exports it, a chain of Conv, Relu, GlobalAveragePool, Flatten and Gemm, with the values that its tensors
/// take: what the imitations of other people's quantisers start from.
/// </summary>
internal sealed class FloatChain
{
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly Dictionary<string, (float Min, float Max)> _ranges;

    /// <param name="samples">For calibration, in the input's own units.</param>
    public FloatChain(byte[] file, IEnumerable<float[]> samples)
    {
        var model = OnnxReader.Read(file, "float").Value;
        (Graph, _constants) = (model.Graph, model.Graph.Initializers.ToDictionary(i => i.Name));
        var outputs = Nodes.Select(n => n.Outputs[0]).ToArray();
        var exposed = Graph with { Outputs = [.. outputs.Select(o => new Compiler.Onnx.OnnxValueInfo(o, OnnxType.Float, null, []))] };
        using var session = OnnxSession.Open(OnnxWriter.Write(model with { Graph = exposed }), OnnxSessionOptions.Default);
        _ranges = outputs.Append(Input).ToDictionary(o => o, _ => (0f, 0f));
        foreach (var sample in samples)
        {
            Widen(Input, sample);
            foreach (var tensor in session.Run([RuntimeTensor.Float(Input, session.Inputs[0].Dims, sample)]))
                Widen(tensor.Name, tensor.Floats);
        }
    }

    public OnnxGraph Graph { get; }

    public ImmutableArray<OnnxNode> Nodes => Graph.Nodes;

    public string Input => Graph.Inputs[0].Name;

    public string Output => Graph.Outputs[0].Name;

    public OnnxTensor Tensor(string name) => _constants[name];

    public float[] Reals(string name) => MemoryMarshal.Cast<byte, float>(_constants[name].Data.Span).ToArray();

    public OnnxNode? UseOf(string tensor) => Nodes.FirstOrDefault(n => n.Inputs.Contains(tensor));

    /// <summary>All 256 steps between the least and the largest value.</summary>
    public Steps Asymmetric(string tensor, OnnxType type)
    {
        var (min, max) = _ranges[tensor];
        var scale = (max - min) / 255;
        return new(scale, (int)MathF.Round((type == OnnxType.Int8 ? -128 : 0) - min / scale), type);
    }

    /// <summary>127 steps on either side of zero.</summary>
    public Steps Symmetric(string tensor)
    {
        var (min, max) = _ranges[tensor];
        return new(Math.Max(-min, max) / 127, 0, OnnxType.Int8);
    }

    /// <summary>Weights as int8, symmetric, one scale for each output channel, which is dimension 0.</summary>
    public (sbyte[] Integers, float[] Scales) Weights(string name)
    {
        var (values, channels) = (Reals(name), (int)Tensor(name).Dims[0]);
        var each = values.Length / channels;
        float[] scales = [.. values.Chunk(each).Select(c => c.Max(MathF.Abs) / 127)];
        var rounded = values.Select((v, i) => MathF.Round(v / scales[i / each], MidpointRounding.ToEven));
        return ([.. rounded.Select(v => (sbyte)Math.Clamp(v, -127, 127))], scales);
    }

    private void Widen(string tensor, ReadOnlySpan<float> values)
    {
        var (min, max) = _ranges[tensor];
        foreach (var value in values)
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        _ranges[tensor] = (min, max);
    }
}

/// <summary>A model of other people's tools while it is written.</summary>
internal sealed class ForeignModel(FloatChain source)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _constants = [];

    public ForeignModel Node(string name, string op, string[] inputs, string output, params OnnxAttribute[] attributes)
    {
        var dot = op.LastIndexOf('.');
        _nodes.Add(new(name, op[(dot + 1)..], dot < 0 ? "" : op[..dot], [.. inputs], [output], [.. attributes]));
        return this;
    }

    public ForeignModel Node(OnnxNode node, string[] inputs, string output) =>
        Node(node.Name, node.Operator, inputs, output, [.. node.Attributes]);

    public string Constant<T>(string name, OnnxType type, ImmutableArray<long> dims, params T[] values)
        where T : unmanaged
    {
        _constants[name] = OnnxTensor.Of<T>(name, type, dims, values);
        return name;
    }

    /// <summary>A constant of the float network under its own name.</summary>
    public string Kept(string name)
    {
        _constants[name] = source.Tensor(name);
        return name;
    }

    public string Scale(string name, float scale) => Constant(name, OnnxType.Float, [], scale);

    public string Zero(string name, Steps steps) => Constant(name, steps.Type, [], (byte)steps.Zero);

    public byte[] ToArray(string producer, long opset, params string[] domains) =>
        OnnxWriter.Write(
            new OnnxModel
            {
                IrVersion = 8,
                Producer = producer,
                Opsets = [new("", opset), .. domains.Select(d => new OnnxOpset(d, 1))],
                Graph = source.Graph with { Nodes = [.. _nodes], Initializers = [.. _constants.Values], Values = [] },
            }
        );
}
