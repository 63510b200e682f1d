using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>Networks as people stream them.</summary>
public static class StreamingNetworks
{
    /// <summary>A window over rows alone.</summary>
    public static Window Rows(int kernel, int stride = 1, int dilation = 1, int top = 0, int bottom = 0) =>
        new()
        {
            KernelHeight = kernel,
            KernelWidth = 1,
            StrideHeight = stride,
            DilationHeight = dilation,
            PadTop = top,
            PadBottom = bottom,
        };

    /// <summary>128 samples of an accelerometer: three convolutions without padding, two poolings, a dense layer over what is
    /// left.</summary>
    public static NetworkGraph Signal(int seed = 7)
    {
        var net = new NetworkBuilder(seed);
        var x = net.Conv(net.Input(128, 1, 3), 16, Rows(5), Clamp.Relu);
        x = net.Apply(new MaxPool { Window = Rows(2, 2) }, x);
        x = net.Conv(x, 32, Rows(5), Clamp.Relu);
        x = net.Apply(new MaxPool { Window = Rows(2, 2) }, x);
        x = net.Conv(x, 32, Rows(3), Clamp.Relu);
        return net.Build("signal", net.Dense(x, 6));
    }

    /// <summary>Four residual blocks of dilated causal convolutions over 128 rows, of which the last decides.</summary>
    public static NetworkGraph Temporal(int seed = 8)
    {
        var net = new NetworkBuilder(seed);
        var x = net.Conv(net.Input(128, 1, 16), 24, Rows(1), Clamp.Relu);
        foreach (var dilation in new[] { 1, 2, 4, 8 })
        {
            var y = net.Conv(x, 24, Rows(3, dilation: dilation, top: 2 * dilation), Clamp.Relu);
            y = net.Conv(y, 24, Rows(3, dilation: dilation, top: 2 * dilation), Clamp.Relu);
            x = net.Apply(new Add { Clamp = Clamp.Relu }, y, x);
        }

        var last = net.Apply(new SelectPixels { RowSource = [127], ColumnSource = [0] }, x);
        return net.Build("temporal", net.Dense(last, 10));
    }

    /// <summary>Depthwise separable convolutions over 49 x 10, padded as TensorFlow's SAME does.</summary>
    /// <param name="padded">Whether along rows too; else the window has as many more rows as the padding along them would stand
    /// for.</param>
    public static NetworkGraph Keyword(bool padded = true, int seed = 9)
    {
        var net = new NetworkBuilder(seed);
        var x = net.Conv(
            net.Input(padded ? 49 : 49 + PaddingOfKeyword, 10, 1),
            16,
            Along(
                new()
                {
                    KernelHeight = 10,
                    KernelWidth = 4,
                    StrideHeight = 2,
                    StrideWidth = 2,
                    PadTop = 4,
                    PadBottom = 5,
                    PadLeft = 1,
                    PadRight = 1,
                }
            ),
            Clamp.Relu
        );
        for (var block = 0; block < 4; block++)
            x = net.Conv(net.Depthwise(x, Along(NetworkBuilder.Square(3)), clamp: Clamp.Relu), 16, NetworkBuilder.Square(1), Clamp.Relu);
        return net.Build("keyword", net.Dense(net.Apply(new Mean { OverHeight = true, OverWidth = true }, x), 12));

        Window Along(Window window) => padded ? window : window with { PadTop = 0, PadBottom = 0 };
    }

    /// <summary>Rows of the input beyond a window that layers pad: 4 + 4 layers of 2 before it, 5 + 4 layers of 2 behind.</summary>
    public const int PaddingOfKeyword = 25;

    /// <summary>As <see cref="Signal"/> with the samples as the columns of one row, which is how TFLite has one-dimensional
    /// layers.</summary>
    public static NetworkGraph Lying(int seed = 7)
    {
        var net = new NetworkBuilder(seed);
        var x = net.Conv(net.Input(1, 128, 3), 16, Columns(5), Clamp.Relu);
        x = net.Apply(new MaxPool { Window = Columns(2, 2) }, x);
        x = net.Depthwise(x, Columns(5), clamp: Clamp.Relu);
        var y = net.Conv(x, 16, Columns(3, pad: 1), Clamp.Relu);
        x = net.Apply(new Add(), y, x);
        x = net.Apply(new Mean { OverHeight = true, OverWidth = true }, x);
        return net.Build("lying", net.Dense(x, 6));
    }

    /// <summary>20 bands of 41 moments, which are columns as PyTorch's spectrograms have them: strides and padding along bands
    /// alone.</summary>
    public static NetworkGraph Spectrogram(int seed = 10)
    {
        var net = new NetworkBuilder(seed);
        var x = net.Conv(
            net.Input(20, 41, 2),
            8,
            new()
            {
                KernelHeight = 5,
                KernelWidth = 3,
                StrideHeight = 2,
                PadTop = 2,
                PadBottom = 2,
            },
            Clamp.Relu
        );
        x = net.Depthwise(
            x,
            new()
            {
                KernelHeight = 3,
                KernelWidth = 5,
                StrideWidth = 2,
                PadTop = 1,
                PadBottom = 1,
            },
            clamp: Clamp.Relu
        );
        x = net.Apply(new Elementwise { Function = ElementFunction.Mul, Constant = net.Constant(new(10, 1, 8)) }, x);
        var y = net.Apply(new Concat(), net.Conv(x, 6, NetworkBuilder.Square(1)), x);
        y = net.Apply(
            new AveragePool
            {
                Window = new()
                {
                    KernelHeight = 2,
                    KernelWidth = 1,
                    StrideHeight = 2,
                },
            },
            y
        );
        return net.Build("spectrogram", net.Dense(y, 5), net.Dense(net.Apply(new Mean { OverHeight = false, OverWidth = true }, y), 3));
    }

    /// <summary>
    /// 40 words of eight that there are, the larger of each two channels, the two largest of these and where they are. Everything but the
    /// two dense layers goes along rows.
    /// </summary>
    public static NetworkGraph Words(int seed = 11)
    {
        var net = new NetworkBuilder(seed);
        TensorShape words = new(40, 1, 1),
            vectors = new(40, 1, 6);
        var numbers = net.Apply(
            new Narrow(),
            new TensorType(words, ElementType.Float32),
            net.Input(new TensorType(words, ElementType.Int32))
        );
        var table = new Gather
        {
            Count = 8,
            Width = 6,
            Table = net.Constant(new(8, 1, 6)).Data,
        };
        var x = net.Apply(table, new TensorType(vectors, ElementType.Int8, new(0.05f, 3)), numbers);
        var (chosen, places) = Chosen(net, net.Conv(x, 6, Rows(3)));
        return net.Build("words", net.Dense(chosen, 4), places);
    }

    /// <summary>As <see cref="Words"/> with numbers in 40 columns, which are taken as they are.</summary>
    public static NetworkGraph Numbers(int seed = 12)
    {
        var net = new NetworkBuilder(seed);
        var input = new TensorType(new(1, 40, 2), ElementType.Int32);
        var numbers = net.Apply(new Narrow(), input with { Element = ElementType.Float32 }, net.Input(input));
        var x = net.Apply(new Quantize(), new TensorType(input.Shape, ElementType.Int8, new(0.1f, 3)), numbers);
        var (chosen, places) = Chosen(net, net.Conv(x, 6, Columns(3)));
        return net.Build("numbers", net.Dense(chosen, 4), places);
    }

    private static (TensorId Chosen, TensorId Places) Chosen(NetworkBuilder net, TensorId x)
    {
        var type = net.TypeOf(x);
        var less = new Elementwise { Function = ElementFunction.Less };
        var truth = net.Apply(less, type with { Quantization = new(1, -128) }, x, net.Conv(x, 1, NetworkBuilder.Square(1)));
        var larger = net.Apply(new Where(), type, truth, net.Apply(new Clip { Clamp = new(-0.5f, 1) }, type, x), x);
        var two = type.Shape with { Channels = 2 };
        var places = net.Apply(new TopIndices { Count = 2 }, new TensorType(two, ElementType.Float32), larger);
        return (
            net.Apply(new TopK { Count = 2 }, type with { Shape = two }, larger),
            net.Apply(new Widen(), new TensorType(two, ElementType.Int32), places)
        );
    }

    private static Window Columns(int kernel, int stride = 1, int pad = 0) =>
        new()
        {
            KernelHeight = 1,
            KernelWidth = kernel,
            StrideWidth = stride,
            PadLeft = pad,
            PadRight = pad,
        };
}
