using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>MatMulNBits of com.microsoft: a product with a matrix [N, K] of integers of 4 or 8 bits, with scales and zero points for blocks
/// of K.</summary>
internal static class NarrowProductRows
{
    public static void MatMul(NodeImport node)
    {
        var (inputs, outputs, block, bits) = (node.Int("K", 0), node.Int("N", 0), node.Int("block_size", 0), node.Int("bits", 4));
        if (bits is not (4 or 8))
            throw node.Unsupported("bits", bits, "Weights of 4 or 8 bits are supported.");
        if (
            inputs < 1
            || outputs < 1
            || block < 1
            || Limits.Product([inputs, outputs]) > Limits.Elements
            || Limits.Product([outputs, block]) > Limits.Elements
            || Limits.Product([outputs, (inputs + block - 1) / block, block]) > Limits.Elements
        )
            throw node.Unsupported(
                "K, N, block_size",
                $"{inputs}, {outputs}, {block}",
                "They must be positive, and the matrix fit a microcontroller."
            );
        if (node.Has(4))
            throw node.Unsupported("g_idx", node.Constant(4, "g_idx").Name, "Blocks must be runs of K, one behind the other.");
        var blocks = (inputs + block - 1) / block;
        var bytes = (block * bits + 7) / 8;
        var packed = Elements(Operand(node, 1, "weights", outputs * blocks * bytes), bits);
        var scales = node.Constant(2, "scales").Reals();
        if (scales.Length != outputs * blocks)
            throw node.BadDims(node.Constant(2, "scales"), $"{outputs} x {blocks} blocks have a scale each.");
        var zeros = Zeros(node, outputs, blocks, bits);
        byte[] steps =
        [
            .. Enumerable
                .Range(0, outputs * inputs)
                .Select(i => packed[(i / inputs * blocks + i % inputs / block) * (bytes * 8 / bits) + i % inputs % block]),
        ];
        var integers = new Constant(node.Constant(1, "weights").Name, [outputs, inputs], OnnxType.UInt8, steps, [], [], 0) { Bits = bits };
        var weights = QuantizationRows.OfBlocks(integers, 1, block, scales, zeros);
        node.Return(
            LinearRows.Multiply(
                node,
                node.Activation(0),
                LinearRows.Transposed(node, weights),
                null,
                node.Has(5) ? node.Constant(5, "bias") : null
            )
        );
    }

    /// <summary>By row and block; in the middle of the range where none are given.</summary>
    private static ImmutableArray<int> Zeros(NodeImport node, int outputs, int blocks, int bits)
    {
        if (!node.Has(3))
            return [.. Enumerable.Repeat(1 << (bits - 1), outputs * blocks)];
        var rowBytes = (blocks * bits + 7) / 8;
        var zeros = Elements(Operand(node, 3, "zero points", outputs * rowBytes), bits);
        return [.. Enumerable.Range(0, outputs * blocks).Select(i => (int)zeros[i / blocks * (rowBytes * 8 / bits) + i % blocks])];
    }

    private static byte[] Elements(byte[] packed, int bits) =>
        bits == 8 ? packed : Nibbles.Unpacked(packed, 2 * packed.Length, signed: false);

    private static byte[] Operand(NodeImport node, int index, string role, int bytes)
    {
        var constant = node.Constant(index, role);
        if (constant.Type != OnnxType.UInt8)
            throw ImportFailure.Of(
                DiagnosticCatalog.ElementTypeNotSupported,
                constant.Name,
                constant.Type,
                $"uint8 for {role} of {node.Kind}"
            );
        return constant.Data.Length == bytes
            ? constant.Data.ToArray()
            : throw node.BadDims(constant, $"{role} of that many rows and blocks take {bytes} bytes.");
    }
}
