using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>Conversions of floats into the stored form of inputs: a value, a row, and for inputs that lie in the arena all of it.</summary>
internal static class CInputHelpers
{
    /// <summary>For the header: one value inline, rows as functions, which write memory that may be the arena.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        for (var i = 0; i < program.Inputs.Length; i++)
            Declare(writer, new CHelperPort(program, program.Inputs[i], "input", i));
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        for (var i = 0; i < program.Inputs.Length; i++)
            Write(writer, new CHelperPort(program, program.Inputs[i], "input", i));
    }

    private static void Declare(CodeWriter writer, CHelperPort port)
    {
        if (port.Type.IsQuantized)
        {
            Quantize(writer, port);
            writer.Line();
            writer.Line($"/* One row of real values, {port.Macro}_WIDTH * {port.Macro}_CHANNELS of them, into its quantised form. */");
            writer.Line($"{Row(port)};");
            writer.Line();
            writer.Line(
                "/* One row of bytes, each standing for the real value byte * gain + offset. A compiler may round the two as one, so that single results can be one step from those of C#. */"
            );
            writer.Line($"{Pixels(port)};");
        }
        if (!port.IsStreamed)
        {
            writer.Line();
            writer.Line($"/* Sets {port.Comment} in the arena from {(IsNumber(port) ? "numbers" : "real values")} in NHWC order. */");
            writer.Line($"{Whole(port)};");
        }
        CPixelHelpers.Declare(writer, port);
    }

    private static void Quantize(CodeWriter writer, CHelperPort port)
    {
        var (low, high) = port.Type.Element.Range();
        writer.Line();
        writer.Line(
            $"/* Quantises one real value for {port.Comment}: divides, rounds half to even, adds the zero point, saturates; NaN gives the zero point. */"
        );
        using (writer.Block($"static inline {port.Element} {port.Function("quantize")}(float value)"))
        {
            writer.Line(
                $"""
                const float scaled = value / {port.Macro}_SCALE;
                const float bounded = scaled > -512.0f ? (scaled < 512.0f ? scaled : 512.0f) : scaled <= -512.0f ? -512.0f : 0.0f;
                int32_t rounded = (int32_t)bounded;
                const float rest = bounded - (float)rounded;
                if (rest > 0.5f || (rest == 0.5f && (rounded & 1) != 0))
                    rounded++;
                else if (rest < -0.5f || (rest == -0.5f && (rounded & 1) != 0))
                    rounded--;
                rounded += {port.Macro}_ZERO_POINT;
                return ({port.Element})(rounded < {low} ? {low} : rounded > {high} ? {high} : rounded);
                """
            );
        }
    }

    private static void Write(CodeWriter writer, CHelperPort port)
    {
        if (port.Type.IsQuantized)
        {
            Loop(writer, Row(port), $"{port.Macro}_ROW_BYTES", $"row[i] = {port.Function("quantize")}(values[i]);");
            Loop(
                writer,
                Pixels(port),
                $"{port.Macro}_ROW_BYTES",
                $"row[i] = {port.Function("quantize")}((float)pixels[i] * gain + offset);"
            );
        }
        if (!port.IsStreamed)
        {
            var value = port.Type.IsQuantized ? $"{port.Function("quantize")}(values[i])" : "values[i]";
            Loop(
                writer,
                Whole(port),
                $"{port.Macro}_BYTES / sizeof *stored",
                $"stored[i] = {value};",
                $"{port.Element} *const stored = {port.Accessor}(arena);"
            );
        }
        CPixelHelpers.Write(writer, port);
    }

    /// <summary>A function that goes through the elements from 0 on.</summary>
    internal static void Loop(CodeWriter writer, string signature, string count, string statement, params IEnumerable<string> before)
    {
        writer.Line();
        using (writer.Block($"MN_OPAQUE {signature}"))
        {
            foreach (var line in before)
                writer.Line(line);
            writer.Line($"for (uint32_t i = 0; i < {count}; i++)");
            writer.Line(string.Join("\n", statement.Split('\n').Select(l => "    " + l)));
        }
    }

    private static string Row(CHelperPort port) => $"void {port.Function("quantize")}_row(const float *values, {port.Element} *row)";

    private static string Pixels(CHelperPort port) =>
        $"void {port.Function("quantize")}_pixels(const uint8_t *pixels, {port.Element} *row, float gain, float offset)";

    private static string Whole(CHelperPort port) =>
        $"void {port.Setter}(uint8_t *arena, const {(IsNumber(port) ? port.Element : "float")} *values)";

    private static bool IsNumber(CHelperPort port) => port.Type.Element == ElementType.Int32;
}
