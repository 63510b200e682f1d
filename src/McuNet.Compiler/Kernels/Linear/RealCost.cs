using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Cycles of products of real numbers, loop overhead included; without an FPU each operation is a call of the compiler's library.</summary>
internal static class RealCost
{
    /// <summary>One multiply-accumulate of a kernel for cores with an FPU.</summary>
    private const double Assembly = 2.8;

    /// <summary>One multiply-accumulate of a blocked kernel beside its two float operations.</summary>
    private const double Blocked = 1.9;

    /// <summary>The same of a kernel that loads both factors for each product.</summary>
    private const double Single = 3;

    /// <param name="required">Features that the kernel makes use of.</param>
    public static double BlockedMac(KernelTarget target, DeviceFeatures required) => required.HasFlag(DeviceFeatures.FpuSingle) ? Assembly : Mac(target, Blocked);

    public static double SingleMac(KernelTarget target) => Mac(target, Single);

    /// <summary>Widening a weight: its load and place, and where it is an integer its conversion and the product with its scale.</summary>
    public static double Widening(KernelTarget target, bool isFloat16) => target.Has(DeviceFeatures.FpuSingle) ? isFloat16 ? 3 : 8
        : isFloat16 ? 16 : 6 + 2 * PortableCost.Of(target).FloatOperation;

    /// <summary>An output of one of them: bias, limits, store.</summary>
    public static double Output(KernelTarget target) => target.Has(DeviceFeatures.FpuSingle) ? 14 : 14 + 2 * PortableCost.Of(target).FloatOperation;

    private static double Mac(KernelTarget target, double loads) => loads + 2 * (target.Has(DeviceFeatures.FpuSingle) ? 1 : PortableCost.Of(target).FloatOperation);
}
