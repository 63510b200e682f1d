using System;
using System.Collections.Concurrent;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The fronts of one network, each found once: devices with the same kernels at the same prices share one, whatever their clocks and
/// memories, and so do the ways in which its input may be delivered share the kernels.
/// </summary>
internal sealed class SharedFronts
{
    /// <summary>What kernels or their prices ask for; devices that differ in other features have the same.</summary>
    private static readonly DeviceFeatures Asked = OperatorTable.Kernels.Aggregate(
        DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply,
        (all, k) => all | k.Required
    );

    private readonly ConcurrentDictionary<KernelTarget, Lazy<LoweredNetwork>> _networks = new();
    private readonly ConcurrentDictionary<(KernelTarget, InputDelivery), Lazy<ScheduleFront>> _fronts = new();

    /// <summary>How many were searched.</summary>
    public int Searches => _fronts.Count;

    /// <param name="lower">Binds the kernels of the target.</param>
    /// <param name="front">Searches the schedules of the network with these kernels.</param>
    public ScheduleFront Of(KernelTarget target, InputDelivery input, Func<LoweredNetwork> lower, Func<LoweredNetwork, ScheduleFront> front)
    {
        var key = target with { Features = target.Features & Asked, WaitScale = target.Flash is null ? 1 : target.WaitScale };
        return _fronts.GetOrAdd((key, input), _ => new(() => front(_networks.GetOrAdd(key, _ => new(lower)).Value))).Value;
    }
}
