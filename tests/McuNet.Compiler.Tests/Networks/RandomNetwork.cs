using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>
/// A random small network: kernels 1 to 7, strides 1 to 3, odd sizes, dilation, asymmetric padding, residual sums, side branches,
/// weights with zero points, pooling, resize, transposed convolutions, tables, products, values moved and joined on every axis, one or two
/// outputs. The same plan gives the same network.
/// </summary>
public sealed class RandomNetwork
{
    private const int MostPixelsToResize = 60;
    private readonly NetworkBuilder _net;
    private readonly List<TensorId> _outputs = [];

    private RandomNetwork(NetworkPlan plan, bool asymmetric) => _net = new NetworkBuilder(plan.Numbers, asymmetric);

    /// <param name="asymmetric">Whether weights may have zero points, each channel its own, which ONNX files that are read do not
    /// have.</param>
    public static NetworkGraph Build(int seed, bool asymmetric = true) => Build(NetworkPlan.Of(seed), $"random_{seed}", asymmetric);

    public static NetworkGraph Build(NetworkPlan plan, string name = "random", bool asymmetric = true) =>
        new RandomNetwork(plan, asymmetric).Network(plan, name);

    public static TensorData Input(NetworkGraph graph, int seed)
    {
        var data = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        var random = new Random(seed);
        if (data.Type.IsQuantized)
            random.NextBytes(data.Bytes);
        for (var i = 0; i < data.Type.Shape.Elements && !data.Type.IsQuantized; i++)
            data.Float32[i] = (float)(8 * random.NextDouble() - 4);
        return data;
    }

    private NetworkGraph Network(NetworkPlan plan, string name)
    {
        var input = _net.Input(plan.Input.Height, plan.Input.Width, plan.Input.Channels);
        var x = plan.Layers.Aggregate(input, Layer);
        if (x == input)
            x = _net.Conv(x, 4, NetworkBuilder.Square(1));
        if (plan.Head is { } head)
            x = Head(x, head);
        _outputs.Insert(0, x);
        return _net.Build(name, [.. _outputs.Distinct()]);
    }

    private TensorId Layer(TensorId x, LayerPlan plan) =>
        plan.Kind switch
        {
            LayerKind.Conv => _net.Conv(x, Math.Min(plan.Channels, 13), Window(x, plan), ClampOf(plan)),
            LayerKind.Pointwise => _net.Conv(x, plan.Channels, NetworkBuilder.Square(1), ClampOf(plan)),
            LayerKind.Depthwise => _net.Depthwise(x, Window(x, plan), plan.Variant % 4 == 3 ? 2 : 1, ClampOf(plan)),
            LayerKind.Square => Square(x, plan),
            LayerKind.Residual => Residual(x, plan),
            LayerKind.MaxPool => _net.Apply(new MaxPool { Window = Window(x, plan, dilated: false) }, x),
            LayerKind.AveragePool => _net.Apply(
                new AveragePool { Window = Window(x, plan, dilated: false), CountPadding = plan.Variant % 2 == 1 },
                x
            ),
            LayerKind.Resize => Resize(x, plan),
            LayerKind.Lookup => _net.Apply(LookupOf(plan), x),
            LayerKind.Product => Product(x, plan),
            LayerKind.Join => Join(x, plan),
            LayerKind.Transposed => Transposed(x, plan),
            LayerKind.Grouped => Grouped(x, plan),
            LayerKind.Elementwise => Elements(x, plan),
            LayerKind.Reduce => Reduced(x, plan),
            LayerKind.Matrices => Matrices(x, plan),
            LayerKind.Normalized => _net.Normalize(
                x,
                plan.Variant % 2 == 1,
                plan.Variant % 3 == 0 ? _net.ShapeOf(x).Channels : 1,
                ClampOf(plan)
            ),
            LayerKind.Move => _net.Apply(RandomMoves.Of(_net.ShapeOf(x), plan), x),
            LayerKind.Stack => Stack(x, plan),
            _ => Branch(x, plan),
        };

    /// <summary>A depthwise layer as most networks have them: square, as many columns as rows between outputs, at least four
    /// channels.</summary>
    private TensorId Square(TensorId x, LayerPlan plan)
    {
        if (_net.ShapeOf(x).Channels < 4)
            x = _net.Conv(x, 4 + plan.Channels % 6, NetworkBuilder.Square(1));
        return _net.Depthwise(x, NetworkBuilder.Square(3 + 2 * (plan.Variant % 3), 1 + plan.Variant / 3 % 2), clamp: ClampOf(plan));
    }

    private TensorId Residual(TensorId x, LayerPlan plan)
    {
        var channels = _net.ShapeOf(x).Channels;
        var y = plan.Variant % 2 == 1 ? _net.Conv(x, channels * 2, NetworkBuilder.Square(1), Clamp.Relu) : x;
        y = _net.Depthwise(y, plan.Window.Same(), clamp: ClampOf(plan));
        y = _net.Conv(y, channels, NetworkBuilder.Square(1));
        return plan.Variant / 2 % 2 == 0
            ? _net.Apply(new Add { Clamp = ClampOf(plan) ?? Clamp.None }, y, x)
            : _net.Apply(new Add { Rounding = AddRounding.WithZeroPoint }, x, y);
    }

    /// <summary>The square, a gate over all pixels, or squeeze-and-excite.</summary>
    private TensorId Product(TensorId x, LayerPlan plan)
    {
        var product = new Mul { Clamp = ClampOf(plan) ?? Clamp.None };
        switch (plan.Variant % 4)
        {
            case 0:
                return _net.Apply(product, x, x);
            case 1:
                return _net.Apply(product, _net.Apply(LookupOf(plan), _net.Depthwise(x, plan.Window.Same())), x);
            default:
                var squeezed = _net.Conv(
                    _net.Apply(new Mean { OverHeight = true, OverWidth = true }, x),
                    _net.ShapeOf(x).Channels,
                    NetworkBuilder.Square(1)
                );
                return _net.Apply(product, x, _net.Apply(LookupOf(plan), squeezed));
        }
    }

    /// <summary>Two to five tensors side by side: itself, convolutions of several reaches, a pooling that keeps the scale.</summary>
    private TensorId Join(TensorId x, LayerPlan plan)
    {
        var parts = plan
            .Parts.Select(part =>
                (part % 4) switch
                {
                    0 => x,
                    1 => _net.Conv(x, 1 + part / 4, NetworkBuilder.Square(1), ClampOf(plan)),
                    2 => _net.Depthwise(x, plan.Window.Same()),
                    _ => _net.Apply(new MaxPool { Window = plan.Window.Same() }, x),
                }
            )
            .ToArray();
        var join = new Concat { Clamp = ClampOf(plan) ?? Clamp.None };
        return plan.Variant % 2 == 0
            ? _net.Apply(join, parts)
            : _net.Apply(join, _net.TypeOf(x) with { Shape = join.InferShape([.. parts.Select(_net.ShapeOf)]) }, parts);
    }

    /// <summary>Tensors one below the other or from left to right, itself and a convolution with another scale, or one that keeps
    /// it.</summary>
    private TensorId Stack(TensorId x, LayerPlan plan)
    {
        var shape = _net.ShapeOf(x);
        if (shape.Height * shape.Width > MostPixelsToResize)
            return x;
        var other =
            plan.Variant % 2 == 0
                ? _net.Conv(x, shape.Channels, plan.Window.Same(), ClampOf(plan))
                : _net.Apply(new MaxPool { Window = plan.Window.Same() }, x);
        var join = new Concat { Axis = plan.Variant / 2 % 2 == 0 ? ConcatAxis.Rows : ConcatAxis.Columns };
        TensorId[] parts = plan.Variant % 3 == 0 ? [x, other, x] : [other, x];
        var type = _net.TypeOf(x) with { Shape = join.InferShape([.. parts.Select(_net.ShapeOf)]) };
        var converted = parts.Select(p =>
            _net.TypeOf(p) with { Shape = shape } == _net.TypeOf(x)
                ? p
                : _net.Apply(new Rescale(), _net.TypeOf(x) with { Shape = _net.ShapeOf(p) }, p)
        );
        return _net.Apply(join, type, [.. converted]);
    }

    /// <summary>A larger image, of which the windows cover all but perhaps the ends.</summary>
    private TensorId Transposed(TensorId x, LayerPlan plan)
    {
        var shape = _net.ShapeOf(x);
        if (shape.Height * shape.Width > MostPixelsToResize)
            return x;
        var (rows, columns) = (1 + plan.Variant % 3, 1 + plan.Variant / 3 % 3);
        var window = new Window
        {
            KernelHeight = rows + plan.Variant % 2,
            KernelWidth = columns + plan.Channels % 3,
            StrideHeight = rows,
            StrideWidth = columns,
        };
        return _net.ConvTranspose(
            x,
            1 + plan.Channels % 7,
            window with
            {
                PadTop = (window.KernelHeight - rows) / 2,
                PadLeft = (window.KernelWidth - columns) / 2,
            },
            ClampOf(plan)
        );
    }

    /// <summary>A convolution of two or three groups, of channels made for it.</summary>
    private TensorId Grouped(TensorId x, LayerPlan plan)
    {
        var groups = 2 + plan.Variant % 2;
        x = _net.Conv(x, groups * (2 + plan.Channels % 4), NetworkBuilder.Square(1));
        return _net.Conv(x, groups * (1 + plan.Channels % 5), Window(x, plan), ClampOf(plan), groups);
    }

    /// <summary>A function of the tensor and one that repeats along some of its axes, or a constant that does.</summary>
    private TensorId Elements(TensorId x, LayerPlan plan)
    {
        if (plan.Variant >= 10)
            return Chosen(x, plan);
        var op = new Elementwise { Function = (ElementFunction)(plan.Channels % 7), Clamp = ClampOf(plan) ?? Clamp.None };
        return (plan.Variant % 5) switch
        {
            0 => _net.Apply(op with { Constant = _net.Constant(_net.ShapeOf(x) with { Channels = 1 }) }, x),
            1 => _net.Apply(
                op with
                {
                    Constant = _net.Constant(_net.ShapeOf(x) with { Height = 1 }),
                    ConstantFirst = op.Function != ElementFunction.PRelu,
                },
                x
            ),
            2 => _net.Apply(op, x, _net.Conv(x, 1, NetworkBuilder.Square(1))),
            3 => _net.Apply(op, _net.Apply(new Mean { OverHeight = false, OverWidth = true }, x), x),
            _ => _net.Apply(op, _net.Depthwise(x, plan.Window.Same()), _net.Apply(new Mean { OverHeight = true, OverWidth = false }, x)),
        };
    }

    /// <summary>The tensor, or the largest of its neighbours or a constant, by a comparison with one channel.</summary>
    private TensorId Chosen(TensorId x, LayerPlan plan)
    {
        var type = _net.TypeOf(x);
        var compare = new Elementwise { Function = ElementFunction.Less + plan.Channels % 4 };
        var truth = _net.Apply(
            compare,
            new TensorType(type.Shape, ElementType.Int8, new(1, -128)),
            x,
            _net.Conv(x, 1, NetworkBuilder.Square(1))
        );
        var constant = TensorShape.Vector(type.Shape.Channels);
        var other =
            plan.Clamp > 0
                ? _net.Apply(new MaxPool { Window = plan.Window.Same() }, x)
                : _net.Apply(new Known { Shape = constant, Data = _net.Constant(constant).Data }, type with { Shape = constant });
        return _net.Apply(new Where(), type, plan.Variant == 10 ? [truth, x, other] : [truth, other, x]);
    }

    private TensorId Branch(TensorId x, LayerPlan plan)
    {
        var side = _net.Conv(x, 1 + plan.Channels % 6, Window(x, plan), ClampOf(plan));
        if (_outputs.Count > 0 || plan.Variant % 2 == 0)
            return side;
        _outputs.Add(plan.Variant % 3 == 0 ? x : side);
        return _net.Conv(x, 1 + plan.Channels % 8, NetworkBuilder.Square(1));
    }

    private TensorId Resize(TensorId x, LayerPlan plan)
    {
        var shape = _net.ShapeOf(x);
        if (shape.Height * shape.Width > MostPixelsToResize)
            return x;
        var (rows, columns) = (1 + plan.Variant % 3, 1 + plan.Variant / 3 % 3);
        if (plan.Channels % 2 == 0)
            return _net.Apply(
                new ResizeLinear
                {
                    RowTaps = Between(shape.Height, shape.Height * rows),
                    ColumnTaps = Between(shape.Width, shape.Width * columns + plan.Clamp),
                },
                x
            );
        return _net.Apply(
            new SelectPixels
            {
                RowSource = Enumerable.Range(0, shape.Height * rows).Select(y => y / rows).ToImmutableArray(),
                ColumnSource = Enumerable.Range(0, shape.Width * columns).Select(y => y / columns).ToImmutableArray(),
            },
            x
        );
    }

    private static LinearTaps Between(int from, int to) =>
        LinearTaps.Of([.. Enumerable.Range(0, to).Select(i => (i + 0.5) * from / to - 0.5)], from);

    /// <summary>Values over rows, columns or channels, beside the tensor where that leaves something to do.</summary>
    private TensorId Reduced(TensorId x, LayerPlan plan)
    {
        var op = new Reduce
        {
            Function = (ReduceFunction)(plan.Channels % 4),
            OverHeight = plan.Variant % 2 == 0,
            OverWidth = plan.Variant / 2 % 2 == 0,
            OverChannels = plan.Variant > 3,
            Clamp = ClampOf(plan) ?? Clamp.None,
        };
        if (plan.Variant == 10)
        {
            var top = new TopK { Count = 1 + plan.Channels % _net.ShapeOf(x).Channels, IsLeast = plan.Clamp == 0 };
            return _net.Apply(top, _net.TypeOf(x) with { Shape = top.InferShape([_net.ShapeOf(x)]) }, x);
        }

        if (plan.Variant == 11)
            return _net.Apply(new ArgExtreme { IsLeast = plan.Clamp == 0, TakesLast = plan.Clamp == 1 }, x);
        var reduced = _net.Apply(op, x);
        return plan.Variant % 3 == 0 ? reduced : _net.Apply(new Elementwise { Function = ElementFunction.Sub }, x, reduced);
    }

    /// <summary>
    /// For each column the products of all pairs of rows, over the channels, as an attention has them; or those of rows with another
    /// tensor's.
    /// </summary>
    private TensorId Matrices(TensorId x, LayerPlan plan)
    {
        var shape = _net.ShapeOf(x);
        var second = plan.Variant % 2 == 0 ? x : _net.Depthwise(x, plan.Window.Same());
        return _net.Apply(
            new MatMul
            {
                Shape = new(shape.Height, shape.Width, shape.Height),
                Inner = shape.Channels,
                Clamp = ClampOf(plan) ?? Clamp.None,
                First = new(shape.RowElements, shape.Channels, 0, 1),
                Second = new(0, shape.Channels, shape.RowElements, 1),
            },
            x,
            second
        );
    }

    private TensorId Head(TensorId x, HeadPlan head)
    {
        if (head.Mean)
            x = _net.Apply(new Mean { OverHeight = true, OverWidth = head.OverWidth }, x);
        x = _net.Dense(x, head.Outputs);
        return head.Softmax ? _net.Apply(new Softmax(), new TensorType(_net.ShapeOf(x), ElementType.Int8, new(1 / 256f, -128)), x) : x;
    }

    private Window Window(TensorId x, LayerPlan plan, bool dilated = true) => plan.Window.Fit(_net.ShapeOf(x), dilated);

    private static Lookup LookupOf(LayerPlan plan) =>
        new()
        {
            Function = (plan.Variant / 4) switch
            {
                0 => new UnaryFunction.Sigmoid(),
                1 => new UnaryFunction.HardSwish(),
                _ => new UnaryFunction.LeakyRelu(0.1),
            },
            Clamp = ClampOf(plan) ?? Clamp.None,
        };

    private static Clamp? ClampOf(LayerPlan plan) =>
        plan.Clamp switch
        {
            1 => Clamp.Relu,
            2 => new Clamp(-1.5f, 2),
            _ => null,
        };
}
