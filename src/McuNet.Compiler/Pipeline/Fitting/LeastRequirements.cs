using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>What no compilation of a network does without, so that a device which lacks it need not be compiled for.</summary>
internal static class LeastRequirements
{
    /// <summary>More multiply-accumulates of a cycle than any kernel has: with vectors, with the DSP extension, and without both.</summary>
    private const double VectorMacs = 8;
    private const double DspMacs = 2;
    private const double PlainMacs = 1;

    /// <summary>Whether the weights exceed the flash, an input that lies in the arena exceeds the SRAM, or the multiply-accumulates a limit
    /// of time or energy.</summary>
    public static bool Exceed(NetworkGraph network, CompileOptions options)
    {
        var weights = network
            .Nodes.Select(n => n.Operator)
            .OfType<ILinear>()
            .Select(op => op.Weights)
            .GroupBy(Content, TableComparer.Instance)
            .Sum(equal => equal.Min(Bytes));
        var input = options.Input == InputMode.Resident ? network.Inputs.Sum(p => (long)network[p.Tensor].Type.Bytes) : 0;
        return weights > options.FlashBudget
            || input > options.SramBudget
            || !options.IsInTime(DeviceKernels.Scale(options.Device, network.Macs / MacsOf(options.Device), 0));
    }

    /// <summary>What flash may hold of weights; it holds equal content once.</summary>
    private static ConstantTable Content(ConstantTensor weights) =>
        weights.Form is { IsFloat16: false } form
            ? ConstantTable.Of("weights", TableType.Int8, form.Steps.AsSpan())
            : new("weights", TableType.Int8, weights.Data);

    private static long Bytes(ConstantTensor weights) =>
        (long)weights.Count * (weights.Form?.Bits ?? (weights.Element == ElementType.Int8 ? weights.Bits : 8 * weights.Element.Size())) / 8;

    private static double MacsOf(Device device) =>
        device.Has(DeviceFeatures.MveInteger) ? VectorMacs
        : device.Has(DeviceFeatures.Dsp) ? DspMacs
        : PlainMacs;
}
