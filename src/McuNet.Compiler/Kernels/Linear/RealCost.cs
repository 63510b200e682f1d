using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>Cycles of products of real numbers, loop overhead included; without an FPU each operation is a call of the compiler's
/// library.</summary>
internal static class RealCost
{
    /// <summary>One multiply-accumulate on a core with an FPU: of four pixels at a time, of two, of one.</summary>
    private const double FourMac = 2.78,
        PairMac = 3.85,
        OneMac = 4.8;

    /// <summary>
    /// Beside them an output of four pixels at a time, and each run of its inputs; both where sums lie in memory between chunks of weights;
    /// the latter of two pixels and of one.
    /// </summary>
    private const double FourOutput = 5,
        FourRun = 6.5,
        ChunkedOutput = 12.4,
        ChunkedRun = 7,
        LooseRun = 3.5;

    /// <summary>One multiply-accumulate of a depthwise kernel, an output and each row of its window, and a pixel.</summary>
    private const double DepthwiseMac = 3.6,
        DepthwiseOutput = 9,
        DepthwiseRow = 4,
        DepthwisePixel = 100;

    /// <summary>One multiply-accumulate of a blocked kernel beside its two float operations.</summary>
    private const double Blocked = 1.9;

    /// <summary>The same of a kernel that loads both factors for each product.</summary>
    private const double Single = 3;

    public static double BlockedMac(KernelTarget target) => Mac(target, Blocked);

    /// <summary>An output channel of a row on a core with an FPU.</summary>
    /// <param name="taps">Products of an output.</param>
    /// <param name="runs">Runs of inputs that lie one behind the other.</param>
    /// <param name="isChunked">Whether weights come in chunks, each run one.</param>
    public static double FpuRow(int taps, int runs, PixelGroups pixels, bool isChunked = false)
    {
        var beside = isChunked ? ChunkedOutput + ChunkedRun * runs : FourOutput + FourRun * runs;
        var (inside, whole) = (taps * pixels.RowShare, pixels.Pairs * 2 + pixels.Singles + pixels.Edges);
        return 4 * pixels.Fours * (inside * FourMac + beside)
            + whole * (FpuOutput + LooseRun * runs)
            + inside * (2 * pixels.Pairs * PairMac + (pixels.Singles + pixels.Edges * pixels.EdgeShare) * OneMac);
    }

    /// <summary>A row of a depthwise layer.</summary>
    public static double DepthwiseRowOf(Window window, TensorShape output, KernelTarget target) =>
        !target.Has(DeviceFeatures.FpuSingle)
            ? output.RowElements * (window.Taps * SingleMac(target) + Output(target))
            : output.Width * DepthwisePixel
                + output.RowElements * (window.Taps * (2 + DepthwiseMac) + DepthwiseOutput + DepthwiseRow * window.KernelHeight);

    public static double SingleMac(KernelTarget target) => Mac(target, Single);

    /// <summary>Widening a weight: its load and place, and where it is an integer its conversion and the product with its scale.</summary>
    public static double Widening(KernelTarget target, bool isFloat16) =>
        target.Has(DeviceFeatures.FpuSingle)
            ? isFloat16
                ? 3
                : 8
            : isFloat16
                ? 16
                : 6 + 2 * PortableCost.Of(target).FloatOperation;

    /// <summary>Widening a weight where it is multiplied: of four channels at a time, or of one.</summary>
    public static double WideningInPlace(KernelTarget target, int bits, bool isBlocked) =>
        !target.Has(DeviceFeatures.FpuSingle)
            ? Widening(target, bits == 16)
            : (isBlocked, bits) switch
            {
                (true, 16) => 1.4,
                (true, 8) => 5.4,
                (true, _) => 4.8,
                (false, 16) => 6.2,
                (false, 8) => 7.6,
                (false, _) => 13,
            };

    /// <summary>Widening a weight of a depthwise layer, whose place is computed.</summary>
    public static double WideningDepthwise(KernelTarget target, bool isFloat16) =>
        target.Has(DeviceFeatures.FpuSingle)
            ? isFloat16
                ? 15
                : 38
            : 20 + Widening(target, isFloat16);

    /// <summary>An output of one of them: bias, limits, store.</summary>
    public static double Output(KernelTarget target) =>
        target.Has(DeviceFeatures.FpuSingle) ? FpuOutput : FpuOutput + 2 * PortableCost.Of(target).FloatOperation;

    private const double FpuOutput = 14;

    private static double Mac(KernelTarget target, double loads) =>
        loads + 2 * (target.Has(DeviceFeatures.FpuSingle) ? 1 : PortableCost.Of(target).FloatOperation);
}
