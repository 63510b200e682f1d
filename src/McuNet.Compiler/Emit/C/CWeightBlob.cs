using System;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>Weights that lie apart from the code: the file that holds them, and the function that takes their address.</summary>
internal static class CWeightBlob
{
    private const uint Polynomial = 0xEDB88320;

    public static string File(DeviceProgram program) => program.Name + ".weights.bin";

    /// <summary>For the header.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        var (name, upper, blob) = (program.Name, program.Name.ToUpperInvariant(), program.Constants.Packed());
        writer.Line(
            $"""
            /* The weights are not part of the code: they are the file {File(
                program
            )}, which the application puts where the core can read it as memory, at a
               multiple of {ConstantPool.Alignment} bytes. {name}_set_weights takes them when size and CRC-32 are those of the file that was written with this code. Before that, and
               after it has refused some, an inference does nothing and returns {upper}_WEIGHTS_MISSING. Not to be called while one runs. */
            #define {upper}_WEIGHTS_BYTES {blob.Length}
            #define {upper}_WEIGHTS_CRC32 0x{Crc32(blob.AsSpan()):x8}u
            enum {"{"}
                {upper}_WEIGHTS_OK = 0,
                {upper}_WEIGHTS_MISSING = 1,
                {upper}_WEIGHTS_MISALIGNED = 2,
                {upper}_WEIGHTS_WRONG_SIZE = 3,
                {upper}_WEIGHTS_DAMAGED = 4
            {"}"};
            int {name}_set_weights(const uint8_t *weights, uint32_t bytes);

            """
        );
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        var (name, upper) = (program.Name, program.Name.ToUpperInvariant());
        using (writer.Block($"MN_OPAQUE int {name}_set_weights(const uint8_t *weights, uint32_t bytes)"))
        {
            writer.Line(
                $"""
                uint32_t crc = 0xffffffffu;
                {name}_weights = NULL;
                if (weights == NULL)
                    return {upper}_WEIGHTS_MISSING;
                if ((uintptr_t)weights % {ConstantPool.Alignment} != 0)
                    return {upper}_WEIGHTS_MISALIGNED;
                if (bytes != {upper}_WEIGHTS_BYTES)
                    return {upper}_WEIGHTS_WRONG_SIZE;
                for (uint32_t i = 0; i < bytes; i++) {"{"}
                    crc ^= weights[i];
                    for (uint32_t bit = 0; bit < 8u; bit++)
                        crc = (crc >> 1) ^ (0x{Polynomial:x8}u & (0u - (crc & 1u)));
                {"}"}
                if ((crc ^ 0xffffffffu) != {upper}_WEIGHTS_CRC32)
                    return {upper}_WEIGHTS_DAMAGED;
                {name}_weights = weights;
                return {upper}_WEIGHTS_OK;
                """
            );
        }
        writer.Line();
    }

    /// <summary>CRC-32 of IEEE 802.3, as in zlib.</summary>
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (Polynomial & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
