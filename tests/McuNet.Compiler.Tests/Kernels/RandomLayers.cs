using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Random linear layers, bound to every row of the kernel table that applies on a target.</summary>
internal sealed class RandomLayers(Random random, KernelTarget target)
{
    /// <summary>Whether weights have four bits.</summary>
    public bool IsNarrow { get; init; }

    public IEnumerable<KernelCase> Convolution(Window window, TensorShape input, int channels, bool asymmetric = false, int groups = 1)
    {
        input = Covered(window, input);
        var taps = window.KernelHeight * window.KernelWidth * input.Channels / groups;
        var op = new Conv2D
        {
            Weights = Weights([channels, window.KernelHeight, window.KernelWidth, input.Channels / groups], channels, asymmetric),
            Bias = Bias(channels, taps),
            Window = window,
            Groups = groups,
            Clamp = RandomClamp(),
        };
        var types = Types(input, op.InferShape([input]), taps);
        return Cases("conv", op, types, op.Layer(types));
    }

    public IEnumerable<KernelCase> Depthwise(Window window, TensorShape input, int multiplier = 1, bool asymmetric = false)
    {
        input = Covered(window, input);
        var channels = input.Channels * multiplier;
        var taps = window.KernelHeight * window.KernelWidth;
        var op = new DepthwiseConv2D
        {
            Weights = Weights([window.KernelHeight, window.KernelWidth, channels], channels, asymmetric),
            Bias = Bias(channels, taps),
            Window = window,
            Clamp = RandomClamp(),
        };
        var types = Types(input, op.InferShape([input]), taps);
        return Cases("depthwise", op, types, op.Layer(types));
    }

    public IEnumerable<KernelCase> Dense(TensorShape input, int outputs, bool asymmetric = false)
    {
        var op = new Dense
        {
            Weights = Weights([outputs, input.Elements], outputs, asymmetric),
            Bias = Bias(outputs, input.Elements),
            Clamp = RandomClamp(),
        };
        var types = Types(input, TensorShape.Vector(outputs), input.Elements);
        return Cases("dense", op, types, op.Layer(types));
    }

    public Window Window(int height, int width, int stride, int dilation = 1, bool pad = true) =>
        new()
        {
            KernelHeight = height,
            KernelWidth = width,
            StrideHeight = stride,
            StrideWidth = random.Next(3) == 0 ? 1 + random.Next(3) : stride,
            DilationHeight = dilation,
            DilationWidth = dilation,
            PadTop = pad ? random.Next(height) * dilation : 0,
            PadBottom = pad ? random.Next(height) * dilation : 0,
            PadLeft = pad ? random.Next(width) * dilation : 0,
            PadRight = pad ? random.Next(width) * dilation : 0,
        };

    /// <summary>The input, enlarged so that the padded one holds a window.</summary>
    private static TensorShape Covered(Window window, TensorShape input) =>
        input with
        {
            Height = Math.Max(input.Height, window.SpanHeight - window.PadTop - window.PadBottom),
            Width = Math.Max(input.Width, window.SpanWidth - window.PadLeft - window.PadRight),
        };

    private IEnumerable<KernelCase> Cases(string name, Operator op, NodeTypes types, LinearLayer layer)
    {
        foreach (var row in KernelTable.Applicable(layer, target).ToArray())
        {
            var call = row.Bind(layer, target);
            yield return KernelCase.Of(name, op, types, call, Calling.SplitColumns, random);
            if (op.Rows(types).Joinable)
                yield return KernelCase.Of(name, op, types, call, Calling.Joined, random);
        }

        foreach (var row in KernelTable.ApplicableBlocks(layer, target))
            yield return KernelCase.Of(
                name,
                op,
                types,
                row.Bind(layer, target),
                row.RowsOf(layer) < layer.Output.Height ? Calling.Blocks : Calling.Joined,
                random
            );
    }

    private NodeTypes Types(TensorShape input, TensorShape output, int taps)
    {
        var spread = (float)(Math.Sqrt(taps) * 0.02 * (0.6 + random.NextDouble()));
        return new(
            [new(input, ElementType.Int8, new(0.02f, random.Next(-128, 128)))],
            new(output, ElementType.Int8, new(spread, random.Next(-128, 128)))
        );
    }

    private ConstantTensor Weights(ImmutableArray<int> dims, int channels, bool asymmetric)
    {
        var bytes = new byte[dims.Aggregate(1, (a, b) => a * b)];
        random.NextBytes(bytes);
        if (!asymmetric)
            bytes = OneLeast(bytes, bytes.Length / channels);
        if (IsNarrow)
            bytes = [.. bytes.Select(b => unchecked((byte)((sbyte)b >> 4)))];
        var scales = Enumerable
            .Range(0, channels)
            .Select(_ => (float)(0.005 + random.NextDouble() * 0.03) * (random.Next(8) == 0 ? 1e-9f : 1f))
            .ToImmutableArray();
        var zeros = asymmetric
            ? random.Next(2) == 0
                ? [random.Next(-128, 128)]
                : Enumerable.Range(0, channels).Select(_ => random.Next(-128, 128)).ToImmutableArray()
            : [0];
        return new(dims, ElementType.Int8, [.. bytes], scales, zeros) { Bits = IsNarrow ? 4 : 8 };
    }

    /// <summary>-128 once in about every other run: the packing of channel pairs then has to choose signs, and always finds some.</summary>
    private byte[] OneLeast(byte[] bytes, int run)
    {
        bytes = bytes.Select(b => b == 0x80 ? (byte)0x81 : b).ToArray();
        for (var first = 0; first < bytes.Length; first += run)
        {
            if (random.Next(2) == 0)
                bytes[first + random.Next(run)] = 0x80;
        }

        return bytes;
    }

    private ConstantTensor? Bias(int channels, int taps)
    {
        if (random.Next(4) == 0)
            return null;
        var values = Enumerable.Range(0, channels).Select(_ => random.Next(-20000, 20000) * (random.Next(20) == 0 ? 4000 : 1)).ToArray();
        return new([channels], ElementType.Int32, [.. MemoryMarshal.AsBytes(values.AsSpan()).ToArray()], [1f], [0]);
    }

    private Clamp RandomClamp() =>
        random.Next(3) switch
        {
            0 => Clamp.None,
            1 => Clamp.Relu,
            _ => new(0, 6),
        };
}
