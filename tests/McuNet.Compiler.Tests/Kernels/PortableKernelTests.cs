using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Every portable kernel against the reference, on the host's compiler, for many random shapes.</summary>
public sealed class PortableKernelTests
{
    private static readonly KernelTarget Portable = new(KernelLanguage.C, DeviceFeatures.None);

    [GccFact]
    public void LinearKernels_Optimised_MatchReference() => AssertAllMatch(Linear(), "-O2");

    [GccFact]
    public void LinearKernels_Sanitized_MatchReference() =>
        AssertAllMatch(Linear(), "-O1 -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all");

    [GccFact]
    public void LinearKernels_IntegerRequantisation_MatchReference() => AssertAllMatch(Linear(), "-O2 -DMN_REQUANTIZE_INTEGER");

    [GccFact]
    public void OtherKernels_Optimised_MatchReference() => AssertAllMatch(Others(), "-O2");

    [GccFact]
    public void OtherKernels_Sanitized_MatchReference() =>
        AssertAllMatch(Others(), "-O1 -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all");

    [GccFact]
    public void OtherKernels_IntegerRequantisation_MatchReference() => AssertAllMatch(Others(), "-O2 -DMN_REQUANTIZE_INTEGER");

    [Fact]
    public void Cases_CoverEveryPortableRow()
    {
        var used = Linear().Concat(Others()).Select(c => c.Kernel.Function).ToHashSet();
        Assert.DoesNotContain(OperatorTable.Kernels, row => row.IsFor(Portable) && !used.Contains(row.Function));
    }

    internal static List<KernelCase> Linear(KernelTarget? target = null)
    {
        var random = new Random(1);
        var layers = new RandomLayers(random, target ?? Portable);
        var cases = new List<KernelCase>();
        for (var kernel = 1; kernel <= 7; kernel++)
        {
            for (var stride = 1; stride <= 3; stride++)
            {
                var input = new TensorShape(1 + random.Next(6), 1 + random.Next(9), 1 + random.Next(9));
                cases.AddRange(layers.Convolution(layers.Window(kernel, 1 + random.Next(7), stride), input, 1 + random.Next(9)));
                cases.AddRange(layers.Depthwise(layers.Window(kernel, 1 + random.Next(7), stride), input));
                cases.AddRange(
                    layers.Depthwise(layers.Window(kernel, kernel, stride), input, 1 + random.Next(3), asymmetric: random.Next(2) == 0)
                );
            }
        }

        for (var i = 0; i < 12; i++)
        {
            var input = new TensorShape(1 + random.Next(4), 1 + random.Next(9), 1 + random.Next(40));
            cases.AddRange(
                layers.Convolution(new() { KernelHeight = 1, KernelWidth = 1 }, input, 1 + random.Next(20), asymmetric: i % 3 == 0)
            );
            cases.AddRange(layers.Convolution(layers.Window(1, 1, 2, pad: false), input, 1 + random.Next(9), asymmetric: i % 3 == 1));
            cases.AddRange(layers.Convolution(layers.Window(2, 3, 1, dilation: 2), new(5, 7, 3), 5, asymmetric: i % 2 == 0));
            cases.AddRange(layers.Depthwise(layers.Window(3, 2, 1, dilation: 2), new(6, 5, 1 + random.Next(9)), 1, asymmetric: i % 4 == 0));
            cases.AddRange(
                layers.Depthwise(
                    new()
                    {
                        KernelHeight = 3,
                        KernelWidth = 3,
                        PadLeft = 1,
                        PadRight = 1,
                        PadTop = 1,
                        PadBottom = 1,
                    },
                    new(3, 1 + random.Next(12), 4 * (1 + random.Next(6)))
                )
            );
            cases.AddRange(layers.Depthwise(layers.Window(5, 5, 1), new(2, 2 + random.Next(2), 8)));
            cases.AddRange(layers.Dense(input, 1 + random.Next(17), asymmetric: i % 3 == 0));
        }

        cases.AddRange(
            layers.Convolution(
                new()
                {
                    KernelHeight = 3,
                    KernelWidth = 3,
                    PadLeft = 2,
                    PadRight = 2,
                    PadTop = 2,
                    PadBottom = 2,
                },
                new(1, 1, 2),
                3
            )
        );
        for (var kernel = 1; kernel <= 7; kernel++)
        {
            var input = new TensorShape(1 + random.Next(6), 1 + random.Next(12), 1 + random.Next(9));
            cases.AddRange(
                layers.Convolution(layers.Window(kernel, 1 + random.Next(7), 1 + kernel % 2), input, 1 + random.Next(9), asymmetric: true)
            );
            cases.AddRange(
                layers.Convolution(layers.Window(3, 3, 1 + kernel % 2), input with { Channels = 3 }, 1 + random.Next(9), asymmetric: true)
            );
            cases.AddRange(
                layers.Depthwise(
                    layers.Window(kernel, 1 + random.Next(7), 1 + kernel % 2),
                    input with
                    {
                        Channels = 4 + kernel,
                    },
                    asymmetric: true
                )
            );
        }

        for (var i = 0; i < 16; i++)
        {
            var groups = 2 + random.Next(4);
            var window =
                i % 4 == 0
                    ? new() { KernelHeight = 1, KernelWidth = 1 }
                    : layers.Window(1 + random.Next(4), 1 + random.Next(4), 1 + i % 2, 1 + i % 3);
            var input = new TensorShape(1 + random.Next(5), 1 + random.Next(9), groups * (1 + random.Next(6)));
            cases.AddRange(layers.Convolution(window, input, groups * (1 + random.Next(9)), asymmetric: i % 3 == 0, groups));
        }

        cases.AddRange(layers.Convolution(layers.Window(3, 3, 1), new(3, 5, 30), 6, asymmetric: true));
        var narrow = new RandomLayers(random, target ?? Portable) { IsNarrow = true };
        for (var i = 0; i < 8; i++)
        {
            var input = new TensorShape(1 + random.Next(4), 1 + random.Next(9), 1 + random.Next(12));
            cases.AddRange(narrow.Convolution(new() { KernelHeight = 1, KernelWidth = 1 }, input, 1 + random.Next(12)));
            cases.AddRange(narrow.Convolution(narrow.Window(1 + random.Next(3), 1 + random.Next(4), 1 + i % 2), input, 1 + random.Next(9)));
            cases.AddRange(narrow.Dense(input, 1 + random.Next(17)));
        }

        cases.AddRange(layers.Dense(new(1, 1, 4099), 5));
        cases.AddRange(layers.Dense(new(1, 1, 4099), 4, asymmetric: true));
        cases.AddRange(layers.Dense(new(1, 1, 700), 33));
        cases.AddRange(layers.Dense(new(1, 1, 701), 40));
        foreach (var (kernel, width, groups, outputs) in new[] { (1, 8, 2, 4), (1, 9, 3, 8), (3, 12, 2, 4), (3, 13, 4, 4) })
            cases.AddRange(
                layers.Convolution(layers.Window(kernel, kernel, 1), new(3, width, 2 * groups), groups * outputs, groups: groups)
            );
        for (var kernel = 3; kernel <= 7; kernel += 2)
        {
            for (var stride = 1; stride <= 2; stride++)
            {
                var window = layers.Window(kernel, kernel, stride) with { StrideWidth = stride };
                cases.AddRange(layers.Depthwise(window, new(stride * (9 + random.Next(8)), 3 + random.Next(9), 4 + random.Next(8))));
                cases.AddRange(
                    layers.Depthwise(window, new(stride * (9 + random.Next(8)), 3 + random.Next(9), 4 + random.Next(8)), asymmetric: true)
                );
            }
        }

        return cases;
    }

    internal static List<KernelCase> Others(KernelTarget? target = null) => OperatorCases.Collect(target ?? Portable);

    private static void AssertAllMatch(List<KernelCase> cases, string options)
    {
        var lines = HostGcc.Run(KernelProgram.Write(cases), options).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"{cases.Count} cases"], lines);
    }
}
