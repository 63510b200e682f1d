namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>Element type of a tensor, numbered as in ONNX and in ONNX Runtime's C interface.</summary>
public enum OnnxElementType
{
    Undefined = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    UInt32 = 12,
    UInt64 = 13,
}

public static class OnnxElementTypes
{
    /// <summary>Bytes of one element; 0 where elements have no fixed size.</summary>
    public static int Bytes(this OnnxElementType type) =>
        type switch
        {
            OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
            OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 => 2,
            OnnxElementType.Float32 or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
            OnnxElementType.Float64 or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
            _ => 0,
        };

    /// <summary>As a session takes and gives it, which has float32 for float16.</summary>
    public static OnnxElementType OfSession(this OnnxElementType type) => type == OnnxElementType.Float16 ? OnnxElementType.Float32 : type;
}
