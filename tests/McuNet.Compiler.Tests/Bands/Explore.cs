using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Bands;

public class Explore(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1.0, 224, InputMode.Resident, 1)]
    [InlineData(1.0, 224, InputMode.Rows, 1)]
    [InlineData(1.0, 224, InputMode.Rows, 4)]
    [InlineData(1.0, 224, InputMode.Rows, 8)]
    [InlineData(0.35, 144, InputMode.Resident, 1)]
    [InlineData(0.35, 144, InputMode.Rows, 1)]
    [InlineData(0.35, 144, InputMode.Rows, 4)]
    [InlineData(0.35, 144, InputMode.Rows, 8)]
    public void Sweep(double width, int resolution, InputMode input, int passes)
    {
        var graph = MobileNetV2.Build(width, resolution);
        for (var i = 0; i < 2; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var front = FreeKernels.Front(graph, new InputDelivery(input, passes));
            output.WriteLine($"front {watch.ElapsedMilliseconds} ms: {string.Join(" ", front.Points.Select(p => $"{p.Memory.ArenaBytes}:{p.Network.MacFactor:0.000}"))}");
            var last = front.Points[^1];
            output.WriteLine($"{watch.ElapsedMilliseconds} ms peak {last.Schedule.Steps[last.Memory.PeakStep]} {string.Join(", ", last.Memory.AtPeak.Select(a => $"{a.Name} {a.Bytes}"))}");
        }
    }
}
