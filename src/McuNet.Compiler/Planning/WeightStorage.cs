namespace McuNet.Compiler.Planning;

/// <summary>Where the constant tables of the generated C are.</summary>
public enum WeightStorage
{
    /// <summary>In its source file.</summary>
    Code,

    /// <summary>In a file of bytes whose address the application gives.</summary>
    Blob,
}
