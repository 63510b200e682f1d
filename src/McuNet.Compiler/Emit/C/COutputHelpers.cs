using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The real value of a stored one, and the class of the largest score.</summary>
internal static class COutputHelpers
{
    /// <summary>For the header.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        for (var i = 0; i < program.Outputs.Length; i++)
            Declare(writer, new CHelperPort(program, program.Outputs[i], "output", i));
    }

    private static void Declare(CodeWriter writer, CHelperPort port)
    {
        if (port.Type.IsQuantized)
        {
            writer.Line();
            writer.Line($"/* The real value of a stored one of {port.Comment}. */");
            writer.Line(
                $"static inline float {port.Function("dequantize")}({port.Element} stored) {{ return (float)(stored - {port.Macro}_ZERO_POINT) * {port.Macro}_SCALE; }}"
            );
        }
        writer.Line();
        writer.Line($"/* Index of the largest element of {port.Comment}, the first of equal ones. */");
        writer.Line($"{ArgMax(port)};");
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        for (var i = 0; i < program.Outputs.Length; i++)
        {
            var port = new CHelperPort(program, program.Outputs[i], "output", i);
            writer.Line();
            using (writer.Block($"MN_OPAQUE {ArgMax(port)}"))
            {
                writer.Line(
                    $"""
                    const {port.Element} *const stored = {port.Accessor}(arena);
                    uint32_t best = 0;
                    for (uint32_t i = 1; i < {port.Macro}_BYTES / sizeof *stored; i++)
                        if (stored[i] > stored[best])
                            best = i;
                    return best;
                    """
                );
            }
        }
    }

    private static string ArgMax(CHelperPort port) => $"uint32_t {port.Function("argmax")}(const uint8_t *arena)";
}
