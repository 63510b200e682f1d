using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>Conversions of camera pixels and floats into the quantised form of one row of the first input, where that is quantised.</summary>
internal static class CInputHelpers
{
    /// <summary>For the header: one value inline, rows as functions, which write memory that may be the arena.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        var port = program.Inputs[0];
        var type = port.Type;
        if (!type.IsQuantized)
            return;
        var (name, upper) = (program.Name, program.Name.ToUpperInvariant());
        var (c, (low, high)) = (CNames.Type(type.Element), type.Element.Range());
        writer.Line();
        writer.Line($"/* Quantises one real value for {CText.Comment(port.Name)}: divides, rounds half to even, adds the zero point, saturates; NaN gives the zero point. */");
        using (writer.Block($"static inline {c} {name}_quantize(float value)"))
        {
            writer.Line($"""
                const float scaled = value / {upper}_INPUT0_SCALE;
                const float bounded = scaled > -512.0f ? (scaled < 512.0f ? scaled : 512.0f) : scaled <= -512.0f ? -512.0f : 0.0f;
                int32_t rounded = (int32_t)bounded;
                const float rest = bounded - (float)rounded;
                if (rest > 0.5f || (rest == 0.5f && (rounded & 1) != 0))
                    rounded++;
                else if (rest < -0.5f || (rest == -0.5f && (rounded & 1) != 0))
                    rounded--;
                rounded += {upper}_INPUT0_ZERO_POINT;
                return ({c})(rounded < {low} ? {low} : rounded > {high} ? {high} : rounded);
                """);
        }
        writer.Line();
        writer.Line($"/* One row of real values, {upper}_INPUT0_WIDTH * {upper}_INPUT0_CHANNELS of them, into its quantised form. */");
        writer.Line($"{Row(program, c)};");
        writer.Line();
        writer.Line($"/* One row of grey or RGB bytes, pixel value p standing for the real p * gain + offset (0..1: gain 1/255, offset 0). */");
        writer.Line($"{Pixels(program, c)};");
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        var type = program.Inputs[0].Type;
        if (!type.IsQuantized)
            return;
        var (name, upper) = (program.Name, program.Name.ToUpperInvariant());
        var c = CNames.Type(type.Element);
        writer.Line();
        using (writer.Block($"MN_OPAQUE {Row(program, c)}"))
        {
            writer.Line($"for (uint32_t i = 0; i < {upper}_INPUT0_ROW_BYTES; i++)");
            writer.Line($"    row[i] = {name}_quantize(values[i]);");
        }
        writer.Line();
        using (writer.Block($"MN_OPAQUE {Pixels(program, c)}"))
        {
            writer.Line($"for (uint32_t i = 0; i < {upper}_INPUT0_ROW_BYTES; i++)");
            writer.Line($"    row[i] = {name}_quantize((float)pixels[i] * gain + offset);");
        }
    }

    private static string Row(DeviceProgram program, string element) => $"void {program.Name}_quantize_row(const float *values, {element} *row)";

    private static string Pixels(DeviceProgram program, string element) => $"void {program.Name}_quantize_pixels(const uint8_t *pixels, {element} *row, float gain, float offset)";
}
