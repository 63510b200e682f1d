namespace McuNet.Compiler.Pipeline;

/// <summary>
/// Stack of the generated invoke function before a compiler has measured it: the driver with its counters, the layer function with a
/// window's row pointers, the kernel.
/// </summary>
public static class StackEstimate
{
    private const int Driver = 96;
    private const int BytesPerLayer = 2;
    private const int LayerAndKernel = 288;

    /// <param name="layers">Number of layers.</param>
    public static int Bytes(int layers) => Driver + BytesPerLayer * (layers + 1) + LayerAndKernel;

    /// <summary>Stack of a schedule with so many layers, where that of another with <paramref name="knownLayers"/> is known.</summary>
    public static int Bytes(int layers, int known, int knownLayers) => known + BytesPerLayer * (layers - knownLayers);
}
