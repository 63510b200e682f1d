using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule with weights in RAM: in bytes that its plan leaves unused, and behind them where the time saved is worth the
/// memory.</summary>
/// <param name="NodeCycles">On the device, by node.</param>
/// <param name="SavedByMemory">Cycles on the device that the bytes behind the plan's save, <see cref="MemoryPlan.WeightBytes"/>.</param>
public sealed record PlacedSchedule(
    ImmutableArray<KernelCall> Kernels,
    MemoryPlan Memory,
    ImmutableArray<double> NodeCycles,
    double SavedByMemory
)
{
    public double Cycles => NodeCycles.Sum();

    /// <summary>
    /// With the arena of the plan where memory is the objective. Else it grows as <see cref="TimeForMemory"/> says, or as far as it gains
    /// where latency is; the device's memory and what is generated permitting, since C# keeps no weights.
    /// </summary>
    public static PlacedSchedule Of(PlannedSchedule choice, CompileOptions options, KernelSet set)
    {
        var device = options.Device;
        var called = KernelSharing.Priced(choice.Network.Kernels, options.KernelLinkage);
        if (!FlashCost.Stages(DeviceKernels.TargetOf(device, set)))
            return new(called, choice.Memory, ModelCompiler.NodeCycles(device, choice.Schedule, called, set), 0);
        var weights = new KeptConstants(choice.Schedule, called, choice.Memory);
        var inside = weights.Fill(choice.Memory.ArenaBytes);
        var bare = ModelCompiler.NodeCycles(device, choice.Schedule, called, set).Sum();
        var (taken, cycles) = (inside, Cycles(inside));
        var least = cycles;
        foreach (var size in Grows(options) ? weights.Sizes(options.ArenaBudget(choice.Layers)) : [])
        {
            var filled = weights.Fill(size);
            var (one, inTime) = (Cycles(filled), options.IsInTime(cycles));
            if (
                options.Objective == Objective.Latency || (!inTime && options.IsInTime(one))
                    ? one < cycles
                    : inTime == options.IsInTime(one)
                        && TimeForMemory.Price(one, filled.ArenaBytes, least) < TimeForMemory.Price(cycles, taken.ArenaBytes, least)
            )
                (taken, cycles) = (filled, one);
        }

        var (kernels, memory) = weights.Place(taken);
        return new(kernels, memory, ModelCompiler.NodeCycles(device, choice.Schedule, kernels, set), least - cycles);

        double Cycles(KeptRecords records) => bare - DeviceKernels.Scale(device, records.SavedCycles, 0, set);
    }

    private static bool Grows(CompileOptions options) =>
        options.Objective != Objective.Memory && (options.Targets & (Targets.C | Targets.Interop)) != 0;
}
