using System.Collections.Generic;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Scheduling;

/// <summary>Any cut of any network, packed into an arena, replays without losing a byte.</summary>
public sealed class RandomScheduleTests
{
    private const int Networks = 2000;
    private static readonly KernelTarget Target = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void FindFault_RandomNetworksAndCuts_FindsNone(InputMode input)
    {
        var faults = new List<string>();
        var planned = 0;
        for (var seed = 1; seed <= Networks; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            if (input == InputMode.Rows && graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var rows = new NetworkRows(graph);
            var offered = OfferedKernels.Of(graph, Target);
            var schedule = RandomSchedule.Build(rows, input, offered, seed);
            var kernels = schedule.Called(offered);
            var plan = MemoryPlanner.Plan(schedule, kernels, seed % 50 == 0 ? ArenaOptions.Brief : ArenaOptions.Greedy);
            if (ScheduleVerifier.FindFault(schedule, plan, n => kernels[n].ScratchBytes, n => kernels[n].StateBytes) is { } fault)
                faults.Add($"seed {seed}: {fault}");
            planned++;
        }
        Assert.Empty(faults);
        Assert.True(planned > Networks * 9 / 10, $"only {planned} networks were planned");
    }
}
