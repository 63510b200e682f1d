using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>
/// A random small network: kernels 1 to 7, strides 1 to 3, odd sizes, dilation, asymmetric padding, residual sums, side branches,
/// weights with zero points, pooling, resize, tables, products, joined channels, one or two outputs. The same seed gives the same network.
/// </summary>
public sealed class RandomNetwork
{
    private readonly Random _random;
    private readonly NetworkBuilder _net;
    private readonly List<TensorId> _outputs = [];

    private RandomNetwork(int seed) => (_random, _net) = (new Random(seed), new NetworkBuilder(seed, asymmetric: true));

    public static NetworkGraph Build(int seed) => new RandomNetwork(seed).Build($"random_{seed}");

    public static TensorData Input(NetworkGraph graph, int seed)
    {
        var data = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        new Random(seed).NextBytes(data.Bytes);
        return data;
    }

    private NetworkGraph Build(string name)
    {
        var input = _net.Input(_random.Next(1, 15), _random.Next(1, 15), _random.Next(1, 6));
        var x = input;
        var layers = _random.Next(1, 9);
        for (var i = 0; i < layers; i++)
            x = Layer(x);
        if (x == input)
            x = _net.Conv(x, 4, NetworkBuilder.Square(1));
        if (_random.Next(3) == 0)
            x = Head(x);
        _outputs.Insert(0, x);
        return _net.Build(name, [.. _outputs.Distinct()]);
    }

    private TensorId Layer(TensorId x)
    {
        switch (_random.Next(14))
        {
            case 0 or 1 or 2:
                return _net.Conv(x, _random.Next(1, 14), RandomWindow(x), RandomClamp());
            case 3:
                return _net.Conv(x, _random.Next(1, 18), NetworkBuilder.Square(1), RandomClamp());
            case 4 or 5:
                return _random.Next(2) == 0 ? _net.Depthwise(x, RandomWindow(x), _random.Next(4) == 0 ? 2 : 1, RandomClamp()) : Square(x);
            case 6:
                return Residual(x);
            case 7:
                return _random.Next(2) == 0
                    ? _net.Apply(new MaxPool { Window = RandomWindow(x, dilated: false) }, x)
                    : _net.Apply(new AveragePool { Window = RandomWindow(x, dilated: false), CountPadding = _random.Next(2) == 0 }, x);
            case 8:
                return Resize(x);
            case 9:
                return _net.Apply(RandomLookup(), x);
            case 10 or 11:
                return Product(x);
            case 12:
                return Joined(x);
            default:
                return Branch(x);
        }
    }

    /// <summary>A depthwise layer as most networks have them: square, as many columns as rows between outputs, at least four channels.</summary>
    private TensorId Square(TensorId x)
    {
        if (_net.ShapeOf(x).Channels < 4)
            x = _net.Conv(x, _random.Next(4, 10), NetworkBuilder.Square(1));
        var (kernel, stride) = (3 + 2 * _random.Next(3), 1 + _random.Next(2));
        var window = new Window
        {
            KernelHeight = kernel, KernelWidth = kernel, StrideHeight = stride, StrideWidth = stride,
            PadTop = kernel / 2, PadLeft = kernel / 2, PadBottom = kernel / 2, PadRight = kernel / 2,
        };
        return _net.Depthwise(x, window, clamp: RandomClamp());
    }

    private TensorId Residual(TensorId x)
    {
        var shape = _net.ShapeOf(x);
        var y = _random.Next(2) == 0 ? _net.Conv(x, shape.Channels * 2, NetworkBuilder.Square(1), Clamp.Relu) : x;
        y = _net.Depthwise(y, SameWindow(shape), clamp: RandomClamp());
        y = _net.Conv(y, shape.Channels, NetworkBuilder.Square(1));
        return _random.Next(2) == 0 ? _net.Apply(new Add { Clamp = RandomClamp() ?? Clamp.None }, y, x) : _net.Apply(new Add { Rounding = AddRounding.WithZeroPoint }, x, y);
    }

    /// <summary>A gate over all pixels, squeeze-and-excite, or the square.</summary>
    private TensorId Product(TensorId x)
    {
        var product = new Mul { Clamp = RandomClamp() ?? Clamp.None };
        switch (_random.Next(4))
        {
            case 0:
                return _net.Apply(product, x, x);
            case 1:
                return _net.Apply(product, _net.Apply(RandomLookup(), _net.Depthwise(x, SameWindow(_net.ShapeOf(x)))), x);
            default:
                var squeezed = _net.Conv(_net.Apply(new Mean { OverHeight = true, OverWidth = true }, x), _net.ShapeOf(x).Channels, NetworkBuilder.Square(1));
                return _net.Apply(product, x, _net.Apply(RandomLookup(), squeezed));
        }
    }

    /// <summary>Two to five tensors side by side: itself, convolutions of several reaches, a pooling that keeps the scale.</summary>
    private TensorId Joined(TensorId x)
    {
        var parts = Enumerable.Range(0, _random.Next(2, 6)).Select(_ => _random.Next(4) switch
        {
            0 => x,
            1 => _net.Conv(x, _random.Next(1, 5), NetworkBuilder.Square(1), RandomClamp()),
            2 => _net.Depthwise(x, SameWindow(_net.ShapeOf(x))),
            _ => _net.Apply(new MaxPool { Window = SameWindow(_net.ShapeOf(x)) }, x),
        }).ToArray();
        var join = new Concat { Clamp = RandomClamp() ?? Clamp.None };
        return _random.Next(2) == 0
            ? _net.Apply(join, parts)
            : _net.Apply(join, _net.TypeOf(x) with { Shape = join.InferShape([.. parts.Select(_net.ShapeOf)]) }, parts);
    }

    private Lookup RandomLookup() => new()
    {
        Function = _random.Next(3) switch { 0 => new UnaryFunction.Sigmoid(), 1 => new UnaryFunction.HardSwish(), _ => new UnaryFunction.LeakyRelu(0.1) },
        Clamp = RandomClamp() ?? Clamp.None,
    };

    private TensorId Branch(TensorId x)
    {
        var side = _net.Conv(x, _random.Next(1, 7), RandomWindow(x), RandomClamp());
        if (_outputs.Count == 0 && _random.Next(2) == 0)
            _outputs.Add(_random.Next(3) == 0 ? x : side);
        else
            return side;
        return _net.Conv(x, _random.Next(1, 9), NetworkBuilder.Square(1));
    }

    private TensorId Resize(TensorId x)
    {
        var shape = _net.ShapeOf(x);
        if (shape.Height * shape.Width > 60)
            return x;
        var (rows, columns) = (_random.Next(1, 4), _random.Next(1, 4));
        return _net.Apply(
            new ResizeNearest
            {
                RowSource = Enumerable.Range(0, shape.Height * rows).Select(y => y / rows).ToImmutableArray(),
                ColumnSource = Enumerable.Range(0, shape.Width * columns).Select(y => y / columns).ToImmutableArray(),
            },
            x);
    }

    private TensorId Head(TensorId x)
    {
        if (_random.Next(2) == 0)
            x = _net.Apply(new Mean { OverHeight = true, OverWidth = _random.Next(3) > 0 }, x);
        x = _net.Dense(x, _random.Next(1, 12));
        return _random.Next(2) == 0 ? _net.Apply(new Softmax(), new TensorType(_net.ShapeOf(x), ElementType.Int8, new(1 / 256f, -128)), x) : x;
    }

    private Clamp? RandomClamp() => _random.Next(3) switch { 0 => Clamp.Relu, 1 => new Clamp(-1.5f, 2), _ => null };

    private Window SameWindow(TensorShape shape)
    {
        var (height, width) = (1 + 2 * _random.Next(0, 4), 1 + 2 * _random.Next(0, 3));
        return new Window
        {
            KernelHeight = height, KernelWidth = width, PadTop = height / 2, PadBottom = height / 2, PadLeft = width / 2, PadRight = width / 2,
        };
    }

    private Window RandomWindow(TensorId x, bool dilated = true)
    {
        var shape = _net.ShapeOf(x);
        for (var tries = 0; ; tries++)
        {
            var window = tries > 20 ? NetworkBuilder.Square(1) : new Window
            {
                KernelHeight = _random.Next(1, 8), KernelWidth = _random.Next(1, 8),
                StrideHeight = _random.Next(1, 4), StrideWidth = _random.Next(1, 4),
                DilationHeight = dilated ? _random.Next(1, 3) : 1, DilationWidth = dilated ? _random.Next(1, 3) : 1,
                PadTop = _random.Next(0, 3), PadLeft = _random.Next(0, 3), PadBottom = _random.Next(0, 3), PadRight = _random.Next(0, 3),
            };
            if (Fits(window, shape))
                return window;
        }
    }

    private static bool Fits(Window window, TensorShape shape) =>
        shape.Height + window.PadTop + window.PadBottom >= window.SpanHeight && shape.Width + window.PadLeft + window.PadRight >= window.SpanWidth
        && window.PadTop < window.KernelHeight && window.PadLeft < window.KernelWidth
        && window.PadBottom < window.KernelHeight && window.PadRight < window.KernelWidth;
}
