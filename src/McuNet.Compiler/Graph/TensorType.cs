namespace McuNet.Compiler.Graph;

/// <summary>Affine quantisation of a whole tensor: real = (q - ZeroPoint) * Scale.</summary>
public sealed record QuantizationParameters(float Scale, int ZeroPoint)
{
    /// <summary>The real number that a stored integer stands for, both operations rounded to float32.</summary>
    public float Real(int stored) => (stored - ZeroPoint) * Scale;

    /// <summary>The same of one that is held as a float32.</summary>
    public float Real(float stored) => (stored - ZeroPoint) * Scale;
}

/// <summary>Shape, element type and, for integer activations, the quantisation.</summary>
/// <remarks>Invariant: Int8, UInt8 and Int16 activations carry a quantisation, Float32 ones do not.</remarks>
public sealed record TensorType(TensorShape Shape, ElementType Element, QuantizationParameters? Quantization = null)
{
    public int Bytes => Shape.Elements * Element.Size();

    public int RowBytes => Shape.RowElements * Element.Size();

    public float Scale => Quantization!.Scale;

    public int ZeroPoint => Quantization!.ZeroPoint;

    public bool IsQuantized => Quantization is not null;

    /// <summary>What every byte of a tensor of real zeros is.</summary>
    public byte ZeroByte => unchecked((byte)(Quantization?.ZeroPoint ?? 0));

    public override string ToString() =>
        $"{Element} {Shape}" + (Quantization is var (scale, zeroPoint) ? $", scale {scale}, zero point {zeroPoint}" : "");
}
