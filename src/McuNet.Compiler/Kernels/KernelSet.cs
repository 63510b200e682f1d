namespace McuNet.Compiler.Kernels;

/// <summary>How much flash may be spent on speed, from most to least: each set has fewer kernels than the one before.</summary>
public enum KernelSet
{
    /// <summary>Every kernel that the core can run.</summary>
    Fast,

    /// <summary>Without the kernels that <see cref="Kernel.IsLarge"/> marks.</summary>
    Compact,

    /// <summary>Portable kernels, which are short and store weights as they are.</summary>
    Portable,
}
