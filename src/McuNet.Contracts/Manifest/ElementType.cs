namespace McuNet.Manifest;

/// <summary>How one element of a model input or output is stored in the arena.</summary>
public enum ElementType
{
    /// <summary>Quantised, one signed byte.</summary>
    Int8,

    /// <summary>Quantised, one unsigned byte.</summary>
    UInt8,

    /// <summary>A number of something, four bytes, little endian; an output alone.</summary>
    Int32,

    /// <summary>IEEE single precision, four bytes, little endian.</summary>
    Float32,
}
