using System;
using System.Collections.Generic;

namespace McuNet.Runtimes.Cases;

/// <summary>Reorders rank-4 tensors between ONNX order (NCHW) and the order of generated code (NHWC).</summary>
public static class TensorLayout
{
    /// <param name="onnxDims">Extents N, C, H, W.</param>
    /// <param name="data">Elements in NCHW order.</param>
    public static byte[] ToNhwc(byte[] data, IReadOnlyList<int> onnxDims, int elementBytes = 1)
    {
        var (n, c, h, w) = Extents(data, onnxDims, elementBytes);
        return Swap(data, n, c, h * w, elementBytes);
    }

    /// <param name="onnxDims">Extents N, C, H, W of the result.</param>
    /// <param name="data">Elements in NHWC order.</param>
    public static byte[] ToNchw(byte[] data, IReadOnlyList<int> onnxDims, int elementBytes = 1)
    {
        var (n, c, h, w) = Extents(data, onnxDims, elementBytes);
        return Swap(data, n, h * w, c, elementBytes);
    }

    /// <summary>Transposes each of <paramref name="n"/> matrices of that many rows and columns.</summary>
    private static byte[] Swap(byte[] data, int n, int rows, int columns, int elementBytes)
    {
        var result = new byte[data.Length];
        for (var matrix = 0; matrix < n; matrix++)
        {
            var start = matrix * rows * columns;
            for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var from = data.AsSpan((start + row * columns + column) * elementBytes, elementBytes);
                from.CopyTo(result.AsSpan((start + column * rows + row) * elementBytes, elementBytes));
            }
        }
        return result;
    }

    private static (int N, int C, int H, int W) Extents(byte[] data, IReadOnlyList<int> dims, int elementBytes)
    {
        if (dims.Count != 4)
            throw new ArgumentException($"a rank-4 tensor is needed, not [{string.Join(",", dims)}]", nameof(dims));
        if ((long)dims[0] * dims[1] * dims[2] * dims[3] * elementBytes != data.Length)
            throw new ArgumentException(
                $"[{string.Join(",", dims)}] of {elementBytes} bytes does not hold {data.Length} bytes",
                nameof(data)
            );
        return (dims[0], dims[1], dims[2], dims[3]);
    }
}
