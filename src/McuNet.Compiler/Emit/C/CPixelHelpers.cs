using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// Grey and RGB images into the stored form of an input of 1 or 3 channels, where it is known what bytes stand for. What is not a mere
/// addition is a table, so that C and C# store the same bits.
/// </summary>
internal static class CPixelHelpers
{
    private const int Bytes = 256;
    private const int LineWidth = 140;

    private static readonly string[] Kinds = ["grey", "rgb"];

    public static void Declare(CodeWriter writer, CHelperPort port)
    {
        if (port.Port.Pixels is not { } pixels)
            return;
        writer.Line();
        writer.Line($"/* Bytes of {port.Comment} stand for {Meaning(port, pixels)}. */");
        foreach (var kind in Kinds)
        {
            writer.Line();
            writer.Line($"/* `count` pixels, {What(port, kind)}, in stored form; for the whole input or one row of it. */");
            writer.Line($"{Some(port, kind)};");
            if (port.IsStreamed)
                continue;
            writer.Line();
            writer.Line($"/* Sets {port.Comment} in the arena from an image of {port.Macro}_HEIGHT * {port.Macro}_WIDTH pixels. */");
            writer.Line($"{Whole(port, kind)};");
        }
    }

    public static void Write(CodeWriter writer, CHelperPort port)
    {
        if (port.Port.Pixels is not { } pixels)
            return;
        var shift = pixels.Shift(port.Type);
        var tables =
            shift is not null ? 0
            : pixels.IsUniform ? 1
            : port.Type.Shape.Channels;
        for (var channel = 0; channel < tables; channel++)
            Table(writer, port, pixels, channel);
        foreach (var kind in Kinds)
        {
            CInputHelpers.Loop(writer, Some(port, kind), "count", Statement(port, kind, shift, tables));
            if (port.IsStreamed)
                continue;
            writer.Line();
            using (writer.Block("MN_OPAQUE " + Whole(port, kind)))
                writer.Line(
                    $"{port.Function("quantize")}_{kind}(pixels, {port.Macro}_HEIGHT * {port.Macro}_WIDTH, {port.Accessor}(arena));"
                );
        }
    }

    private static string Meaning(CHelperPort port, PixelMapping pixels)
    {
        var origin = pixels.IsGiven ? "as the application says" : "as its quantisation shows";
        var stored = pixels.Shift(port.Type) is { } shift
            ? $"; stored is the byte{(shift == 0 ? "" : $" {(shift < 0 ? "-" : "+")} {System.Math.Abs(shift)}")}"
            : "";
        return $"{pixels.Range}, {origin}{stored}";
    }

    private static string What(CHelperPort port, string kind) =>
        (kind, port.Type.Shape.Channels) switch
        {
            ("grey", 3) => "one grey byte each, the same in all three channels",
            ("grey", _) => "one grey byte each",
            (_, 3) => "red, green and blue bytes",
            _ => "red, green and blue bytes, as luma (0.30, 0.59, 0.11)",
        };

    /// <summary>What stores pixel i.</summary>
    private static string Statement(CHelperPort port, string kind, int? shift, int tables)
    {
        if (port.Type.Shape.Channels == 1)
            return $"to[i] = {Stored(kind == "grey" ? "pixels[i]" : "(77u * pixels[3 * i] + 150u * pixels[3 * i + 1] + 29u * pixels[3 * i + 2] + 128u) >> 8", 0)};";
        var channels = Enumerable
            .Range(0, 3)
            .Select(c => $"    to[3 * i + {c}] = {Stored(kind == "grey" ? "pixels[i]" : $"pixels[3 * i + {c}]", c)};\n");
        return "{\n" + string.Concat(channels) + "}";

        string Stored(string value, int channel) =>
            shift is { } added
                ? $"({port.Element})((int32_t)({value}){(added == 0 ? "" : $" {(added < 0 ? "-" : "+")} {System.Math.Abs(added)}")})"
                : $"{TableName(port, tables == 1 ? 0 : channel)}[{value}]";
    }

    private static void Table(CodeWriter writer, CHelperPort port, PixelMapping pixels, int channel)
    {
        writer.Line();
        writer.Line($"static const {port.Element} {TableName(port, channel)}[{Bytes}] = {{");
        var text = new StringBuilder();
        var line = 0;
        foreach (
            var value in Enumerable
                .Range(0, Bytes)
                .Select(b =>
                    port.Type.IsQuantized
                        ? pixels.Stored(port.Type, channel, b).ToString(CultureInfo.InvariantCulture)
                        : Literals.Single(pixels.Real(channel, b))
                )
        )
        {
            if (line + value.Length > LineWidth)
            {
                text.Append('\n');
                line = 0;
            }
            text.Append(value).Append(',');
            line += value.Length + 1;
        }
        writer.Verbatim(text.Append('\n').ToString());
        writer.Line("};");
    }

    private static string TableName(CHelperPort port, int channel) => $"{port.Function("pixels")}_c{channel}";

    private static string Some(CHelperPort port, string kind) =>
        $"void {port.Function("quantize")}_{kind}(const uint8_t *pixels, uint32_t count, {port.Element} *to)";

    private static string Whole(CHelperPort port, string kind) => $"void {port.Setter}_from_{kind}(uint8_t *arena, const uint8_t *pixels)";
}
