using System;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Elements of four bits, two in a byte, the first in its low half.</summary>
internal static class Nibbles
{
    /// <summary>A byte for each element: int8 for int4, uint8 for uint4.</summary>
    public static byte[] Unpacked(OnnxTensor tensor)
    {
        var count = Limits.Product([.. tensor.Dims.Select(d => (int)d)]);
        if (tensor.Data.Length != (count + 1) / 2)
            throw ImportFailure.Of(
                DiagnosticCatalog.DimensionsNotSupported,
                tensor.Name,
                "constant",
                string.Join(", ", tensor.Dims),
                $"{count} elements of four bits take {(count + 1) / 2} bytes, and there are {tensor.Data.Length}."
            );
        return Unpacked(tensor.Data.Span, (int)count, signed: tensor.Type == OnnxType.Int4);
    }

    public static byte[] Unpacked(ReadOnlySpan<byte> packed, int count, bool signed)
    {
        var elements = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var nibble = packed[i / 2] >> (4 * (i % 2)) & 15;
            elements[i] = unchecked((byte)(signed ? (nibble ^ 8) - 8 : nibble));
        }

        return elements;
    }
}
