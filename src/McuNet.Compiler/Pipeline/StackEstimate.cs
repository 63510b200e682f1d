namespace McuNet.Compiler.Pipeline;

/// <summary>
/// Stack of the generated invoke function before a compiler has measured it: the driver with its counters, the layer function with a window's
/// row pointers, the kernel.
/// </summary>
public static class StackEstimate
{
    private const int Driver = 96;
    private const int LayerAndKernel = 288;

    /// <param name="kernels">Number of layers.</param>
    public static int Bytes(int kernels) => Driver + 2 * (kernels + 1) + LayerAndKernel;
}
