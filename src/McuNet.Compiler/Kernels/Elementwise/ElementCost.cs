using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>Cycles of kernels that compute a step element by element.</summary>
internal static class ElementCost
{
    /// <param name="steps">Elementary operations per element of the row.</param>
    public static double OfRow(TensorShape shape, KernelTarget target, double steps = 1) =>
        PortableCost.Call + shape.RowElements * steps * PortableCost.Of(target).Element;

    /// <summary>As <see cref="OfRow"/>, with float operations or requantisations on top.</summary>
    public static double OfRow(TensorShape shape, KernelTarget target, double steps, double floats) =>
        OfRow(shape, target, steps) + shape.RowElements * floats * PortableCost.Of(target).FloatOperation;

    /// <summary>What a further row adds to a step whose rows count as one.</summary>
    public static double OfJoinedRow(TensorShape shape, KernelTarget target, double steps = 1, double floats = 0) => OfRow(shape, target, steps, floats) - PortableCost.Call;

    /// <summary>A row moved from one place to another.</summary>
    public static double OfCopy(TensorType row, KernelTarget target) => PortableCost.Call + row.RowBytes * PortableCost.Of(target).Gather / BytesPerCopy;

    /// <summary>Bytes that memcpy moves in the time a kernel moves one.</summary>
    private const double BytesPerCopy = 3;
}
