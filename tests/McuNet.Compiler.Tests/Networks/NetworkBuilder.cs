using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>Builds integer networks with random weights, node by node. Deterministic for a seed.</summary>
public sealed class NetworkBuilder
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<Node> _nodes = [];
    private readonly List<GraphPort> _inputs = [];
    private readonly Random _random;
    private readonly Random? _zeros;

    /// <param name="asymmetric">Whether the weights of every third layer or so have zero points.</param>
    public NetworkBuilder(int seed, bool asymmetric = false) =>
        (_random, _zeros) = (new Random(seed), asymmetric ? new Random(~seed) : null);

    public TensorShape ShapeOf(TensorId tensor) => TypeOf(tensor).Shape;

    public TensorType TypeOf(TensorId tensor) => _tensors[tensor.Value].Type;

    public TensorId Input(int height, int width, int channels) =>
        Input(new TensorType(new(height, width, channels), ElementType.Int8, RandomQuantization()));

    public TensorId Input(TensorType type)
    {
        var id = new TensorId(_tensors.Count);
        _tensors.Add(new Tensor(id, "input", type));
        _inputs.Add(new GraphPort("input", id, [1, type.Shape.Channels, type.Shape.Height, type.Shape.Width], type.Element));
        return id;
    }

    public TensorId Conv(TensorId input, int channels, Window window, Clamp? clamp = null, int groups = 1) =>
        Apply(
            new Conv2D
            {
                Weights = Weights(channels, channels, window.KernelHeight, window.KernelWidth, ShapeOf(input).Channels / groups),
                Bias = Bias(channels),
                Window = window,
                Groups = groups,
                Clamp = clamp ?? Clamp.None,
            },
            input
        );

    public TensorId Depthwise(TensorId input, Window window, int multiplier = 1, Clamp? clamp = null)
    {
        var channels = ShapeOf(input).Channels * multiplier;
        return Apply(
            new DepthwiseConv2D
            {
                Weights = Weights(channels, window.KernelHeight, window.KernelWidth, channels),
                Bias = Bias(channels),
                Window = window,
                Clamp = clamp ?? Clamp.None,
            },
            input
        );
    }

    public TensorId ConvTranspose(TensorId input, int channels, Window window, Clamp? clamp = null)
    {
        var shape = ShapeOf(input);
        return Apply(
            new ConvTranspose
            {
                Weights = Weights(channels, channels, window.KernelHeight, window.KernelWidth, shape.Channels),
                Bias = Bias(channels),
                Window = window,
                OutputHeight = shape.Height * window.StrideHeight,
                OutputWidth = shape.Width * window.StrideWidth,
                Clamp = clamp ?? Clamp.None,
            },
            input
        );
    }

    public TensorId Dense(TensorId input, int channels) =>
        Apply(new Dense { Weights = Weights(channels, channels, ShapeOf(input).Elements), Bias = Bias(channels) }, input);

    public TensorId Apply(Operator op, params TensorId[] inputs)
    {
        var shape = op.InferShape(inputs.Select(ShapeOf).ToImmutableArray());
        var type = op is MaxPool or SelectPixels or SelectChannels or Pad or Permute or Reshape
            ? _tensors[inputs[0].Value].Type with
            {
                Shape = shape,
            }
            : new TensorType(shape, ElementType.Int8, RandomQuantization());
        return Apply(op, type, inputs);
    }

    public TensorId Apply(Operator op, TensorType type, params TensorId[] inputs)
    {
        var name = $"{op.Kind.ToLowerInvariant()}_{_nodes.Count}";
        var output = new TensorId(_tensors.Count);
        _tensors.Add(new Tensor(output, name, type));
        _nodes.Add(new Node(new NodeId(_nodes.Count), name, op, [.. inputs], output));
        return output;
    }

    public NetworkGraph Build(string name, params TensorId[] outputs) =>
        new(
            name,
            [.. _tensors],
            [.. _nodes],
            [.. _inputs],
            outputs
                .Select(
                    (t, i) =>
                        new GraphPort(
                            $"output_{i}",
                            t,
                            [1, ShapeOf(t).Channels, ShapeOf(t).Height, ShapeOf(t).Width],
                            _tensors[t.Value].Type.Element
                        )
                )
                .ToImmutableArray()
        );

    public static Window Square(int kernel, int stride = 1, int? pad = null) =>
        new()
        {
            KernelHeight = kernel,
            KernelWidth = kernel,
            StrideHeight = stride,
            StrideWidth = stride,
            PadTop = pad ?? kernel / 2,
            PadLeft = pad ?? kernel / 2,
            PadBottom = pad ?? kernel / 2,
            PadRight = pad ?? kernel / 2,
        };

    /// <param name="groups">Runs of channels, where all pixels have one mean.</param>
    public TensorId Normalize(TensorId input, bool overPixels, int groups, Clamp? clamp = null) =>
        Apply(
            new Normalization
            {
                OverPixels = overPixels,
                Groups = overPixels ? groups : 1,
                Gain = Reals(ShapeOf(input).Channels),
                Offset = Reals(ShapeOf(input).Channels),
                Epsilon = 1e-5f,
                Clamp = clamp ?? Clamp.None,
            },
            input
        );

    private ConstantTensor Reals(int count)
    {
        var values = Enumerable.Range(0, count).Select(_ => (float)(2 * _random.NextDouble() - 0.5)).ToArray();
        return new([1, 1, count], ElementType.Float32, [.. MemoryMarshal.AsBytes<float>(values)], [1], [0]);
    }

    /// <summary>Random int8 values.</summary>
    public ConstantTensor Constant(TensorShape shape)
    {
        var bytes = new byte[shape.Elements];
        _random.NextBytes(bytes);
        return new(
            [shape.Height, shape.Width, shape.Channels],
            ElementType.Int8,
            [.. bytes],
            [(float)(0.01 + 0.02 * _random.NextDouble())],
            [_random.Next(-20, 21)]
        );
    }

    private QuantizationParameters RandomQuantization() => new((float)(0.02 + 0.1 * _random.NextDouble()), _random.Next(-20, 21));

    private ConstantTensor Weights(int channels, params int[] dims)
    {
        var bytes = new byte[dims.Aggregate(1, (a, b) => a * b)];
        _random.NextBytes(bytes);
        var spread = Math.Sqrt(bytes.Length / (double)channels);
        var scales = Enumerable.Range(0, channels).Select(_ => (float)(0.01 * (0.5 + _random.NextDouble()) / spread)).ToImmutableArray();
        return new ConstantTensor([.. dims], ElementType.Int8, [.. bytes], scales, ZeroPoints(channels));
    }

    /// <summary>None, one for all channels, or one for each.</summary>
    private ImmutableArray<int> ZeroPoints(int channels) =>
        _zeros?.Next(6) switch
        {
            0 => [_zeros.Next(-128, 128)],
            1 => [.. Enumerable.Range(0, channels).Select(_ => _zeros.Next(-128, 128))],
            _ => [0],
        };

    private ConstantTensor Bias(int channels)
    {
        var values = Enumerable.Range(0, channels).Select(_ => _random.Next(-2000, 2000)).ToArray();
        return new ConstantTensor([channels], ElementType.Int32, [.. MemoryMarshal.AsBytes<int>(values)], [1f], [0]);
    }
}
