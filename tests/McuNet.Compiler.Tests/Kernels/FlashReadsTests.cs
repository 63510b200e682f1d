using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Networks;
using McuNet.Compiler.Tests.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Kernels that read all weights for every pixel, or two, wait for flash as often where no cache holds them.</summary>
public sealed class FlashReadsTests
{
    private static readonly FlashPath Path = new(Waits: 5, ReadBytes: 8, Prefetch: false, Cache: null);

    private static readonly KernelTarget Target = new(KernelLanguage.C, DeviceFeatures.None, Flash: new(Path, Path, SharedCache: false));

    [Theory]
    [InlineData("mn_pointwise_s8_portable_narrow", 4, 1, 1)]
    [InlineData("mn_conv_s8_portable_narrow", 4, 3, 1)]
    [InlineData("mn_conv_grouped_f32_portable", 32, 3, 4)]
    [InlineData("mn_conv_grouped_f32_portable_packed", 16, 3, 4)]
    [InlineData("mn_pointwise_f32_portable", 32, 1, 1)]
    public void Waits_RowOfTwiceThePixels_AreTwiceAsLong(string function, int bits, int size, int groups)
    {
        var (narrow, wide) = (Lower(8), Lower(16));

        Assert.Equal(function, narrow.Function);
        Assert.True(narrow.WaitsOf(1) > 0);
        Assert.Equal(2, wide.WaitsOf(1) / narrow.WaitsOf(1), 3);

        KernelCall Lower(int width)
        {
            var window = NetworkBuilder.Square(size);
            int[] dims = [16, size, size, 16 / groups];
            var numbers = Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(i => i % 7 * 0.25f - 0.75f).ToArray();
            var weights = bits switch
            {
                4 => NarrowNetwork.Narrow(new([.. dims], ElementType.Int8, [.. numbers.Select(n => (byte)(sbyte)(n * 4))], [0.01f], [0])),
                16 => CompactWeights.Of(new Random(1), 0, [.. dims]),
                _ => CompactWeights.Tensor(dims, numbers),
            };
            var op = new Conv2D
            {
                Weights = weights,
                Window = window,
                Groups = groups,
            };
            TensorType Type(TensorShape shape) => bits == 4 ? new(shape, ElementType.Int8, new(0.1f, 3)) : new(shape, ElementType.Float32);
            var input = new TensorShape(4, width, 16);
            return OperatorTable.Lower(op, new([Type(input)], Type(op.InferShape([input]))), Target);
        }
    }
}
