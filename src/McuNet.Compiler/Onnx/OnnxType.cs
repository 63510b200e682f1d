namespace McuNet.Compiler.Onnx;

/// <summary>Element types by their number in the format (TensorProto.DataType).</summary>
public enum OnnxType
{
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    BFloat16 = 16,
    UInt4 = 21,
    Int4 = 22,
}

public static class OnnxTypes
{
    /// <summary>Bytes of one element, 0 for types that are not stored one by one in whole bytes.</summary>
    public static int Size(this OnnxType type) =>
        type switch
        {
            OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool => 1,
            OnnxType.UInt16 or OnnxType.Int16 or OnnxType.Float16 or OnnxType.BFloat16 => 2,
            OnnxType.Float or OnnxType.Int32 or OnnxType.UInt32 => 4,
            OnnxType.Int64 or OnnxType.UInt64 or OnnxType.Double => 8,
            _ => 0,
        };
}
