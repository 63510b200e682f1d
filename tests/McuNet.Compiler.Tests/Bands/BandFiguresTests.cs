using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Bands;

/// <summary>
/// What bands of columns reach on MobileNetV2, beside the front of an independent simulation, in bytes of activations: 76.6 kB at a MAC
/// factor of 1.043 (width 1.0, 224), 20.8 kB at 1.037 and 14.7 kB at 1.143 (width 0.35, 144), all with streamed input.
/// </summary>
public sealed class BandFiguresTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1.0, 224, 3, 73_000, 1.03)]
    [InlineData(1.0, 224, 4, 58_000, 1.05)]
    [InlineData(0.35, 144, 2, 21_000, 1.01)]
    [InlineData(0.35, 144, 8, 15_200, 1.15)]
    public void Front_StreamedMobileNetV2_ReachesBytesAtMacFactor(double width, int resolution, int passes, int bytes, double factor)
    {
        var front = FreeKernels.Front(MobileNetV2.Build(width, resolution), new InputDelivery(InputMode.Rows, passes));
        output.WriteLine(string.Join(" ", front.Points.Select(p => $"{p.ArenaBytes}:{p.MacFactor:0.000}")));
        var point = front.Points.First(p => p.ArenaBytes <= bytes);
        Assert.InRange(point.Network.MacFactor, 1.0, factor);
        Assert.InRange(point.Network.Kernels.Count(k => k.IsDelivery) + 1, 1, passes);
        Assert.Null(ScheduleVerifier.FindFault(point.Schedule, point.Memory, _ => 0, _ => 0));
    }

    [Fact]
    public void Front_ResidentMobileNetV2_GoesBelowAnyScheduleThatComputesNothingTwice()
    {
        var front = FreeKernels.Front(MobileNetV2.Build(1.0, 224), new InputDelivery(InputMode.Resident));
        output.WriteLine(string.Join(" ", front.Points.Select(p => $"{p.ArenaBytes}:{p.MacFactor:0.000}")));
        Assert.InRange(front.Points[^1].ArenaBytes, 1, 196_000);
        Assert.Contains(front.Points, p => p.MacFactor == 1 && p.ArenaBytes <= 200_704);
    }

    [Fact]
    public void Front_OnePassOverTheInput_AsksForEveryRowOnce()
    {
        var front = FreeKernels.Front(MobileNetV2.Build(0.35, 96), new InputDelivery(InputMode.Rows));
        Assert.All(front.Points, p => Assert.DoesNotContain(p.Network.Kernels, k => k.IsDelivery));
    }

    [Fact]
    public void Front_WithBands_KeepsThePointsThatComputeNothingTwice()
    {
        var graph = MobileNetV2.Build(0.35, 96);
        var (once, often) = (
            FreeKernels.Front(graph, new InputDelivery(InputMode.Rows)),
            FreeKernels.Front(graph, new InputDelivery(InputMode.Rows, 4))
        );
        var (expected, actual) = (once.Points.Where(p => p.MacFactor == 1), often.Points.Where(p => p.MacFactor == 1));
        Assert.Equal(expected.Select(p => p.ArenaBytes), actual.Select(p => p.ArenaBytes));
        Assert.True(often.Points.Length > once.Points.Length);
    }
}
