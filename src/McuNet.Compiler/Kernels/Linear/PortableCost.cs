using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Cycles that the portable kernels take, by class of core. Each figure is per operation, loop overhead included, on zero-wait-state
/// memory.
/// </summary>
internal sealed record PortableCost
{
    /// <summary>One multiply-accumulate of the blocked pointwise and general convolutions.</summary>
    public required double BlockedMac { get; init; }

    /// <summary>One multiply-accumulate of a dense layer or of a single left-over pixel.</summary>
    public required double SingleMac { get; init; }

    public required double DepthwiseMac { get; init; }

    /// <summary>One multiply-accumulate of a depthwise layer whose weights have zero points.</summary>
    public required double ShiftedMac { get; init; }

    /// <summary>One multiply-accumulate of a depthwise layer, one output at a time.</summary>
    public required double MultipliedMac { get; init; }

    /// <summary>Bias, requantisation and store of one output.</summary>
    public required double Output { get; init; }

    /// <summary>One byte copied into scratch.</summary>
    public required double Gather { get; init; }

    /// <summary>One output of an element-wise kernel beside its requantisation.</summary>
    public required double Element { get; init; }

    /// <summary>One float32 addition, multiplication or conversion.</summary>
    public required double FloatOperation { get; init; }

    /// <summary>Entry and set-up of one call.</summary>
    public const double Call = 60;

    private static readonly PortableCost Armv6 = new()
    {
        BlockedMac = 6.2,
        SingleMac = 7,
        DepthwiseMac = 11,
        ShiftedMac = 14,
        MultipliedMac = 32,
        Output = 100,
        Gather = 3,
        Element = 14,
        FloatOperation = 70,
    };

    private static readonly PortableCost Armv7 = new()
    {
        BlockedMac = 3.5,
        SingleMac = 4,
        DepthwiseMac = 6,
        ShiftedMac = 9.5,
        MultipliedMac = 24,
        Output = 60,
        Gather = 1.5,
        Element = 8,
        FloatOperation = 40,
    };

    private static readonly PortableCost Armv7Float = Armv7 with { Output = 30, FloatOperation = 2 };

    public static PortableCost Of(KernelTarget target) =>
        target.Has(DeviceFeatures.FpuSingle) ? Armv7Float
        : target.Has(DeviceFeatures.LongMultiply) ? Armv7
        : Armv6;
}
