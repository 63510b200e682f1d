using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Scheduling;

public class ScheduleSearchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1.0, 224, InputMode.Resident, 208768)]
    [InlineData(1.0, 224, InputMode.Rows, 132832)]
    [InlineData(0.35, 144, InputMode.Resident, 64152)]
    [InlineData(0.35, 144, InputMode.Rows, 23184)]
    public void Front_MobileNetV2_ReachesTheBoundWithoutRecomputation(double width, int resolution, InputMode input, int bound)
    {
        var front = FreeKernels.Front(MobileNetV2.Build(width, resolution), new InputDelivery(input));
        var smallest = front.Points.Last(p => p.Network.MacFactor == 1);
        var plan = PlannedFront.PlanExactly(smallest);
        output.WriteLine($"planned {plan.ArenaBytes} bound {plan.LowerBound}; cuts {string.Join(" ", smallest.Candidate.Cuts)}");
        Assert.Null(ScheduleVerifier.FindFault(smallest.Network.Rows, smallest.Schedule, plan, _ => 0, _ => 0));
        Assert.InRange(plan.ArenaBytes, 1, bound * 105 / 100 + 4096);
    }
}
