namespace McuNet.Compiler.Planning;

/// <summary>Where the generated C of a model has its kernels.</summary>
public enum KernelLinkage
{
    /// <summary>In its own source file, invisible outside.</summary>
    Own,

    /// <summary>In a file that models linked together may share.</summary>
    Shared,
}
