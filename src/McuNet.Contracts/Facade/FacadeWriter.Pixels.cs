using System;
using System.Linq;
using McuNet.Manifest;

namespace McuNet.Facade;

/// <summary>
/// Members that take images, for inputs of 1 or 3 channels. Without a mapping that the manifest knows, the caller has to say what bytes
/// stand for.
/// </summary>
internal sealed partial class FacadeWriter
{
    private const string Luma = "(77 * {0} + 150 * {1} + 29 * {2} + 128) >> 8";

    private static readonly string[] PixelKinds = ["Grey", "Rgb"];

    private bool UsesSpans => _request.Dialect == FacadeDialect.Spans;

    /// <summary>Sets the whole input.</summary>
    private void PixelSetters(FacadeTensor input, string prefix, string suffix)
    {
        if (!TakesPixels(input) || input.Tensor.Streamed)
            return;
        foreach (var kind in PixelKinds)
        {
            if (input.Tensor.Pixels is { } known)
                Setter(kind, $"; bytes stand for {FacadeText.Xml(known.Range)}", "", "");
            Setter(kind, "; the real value is <c>byte * scale + offset</c>", ", float scale, float offset", ", scale, offset");
        }

        void Setter(string kind, string meaning, string parameters, string arguments)
        {
            var summary =
                $"/// <summary>Sets the input <c>{FacadeText.Xml(input.Tensor.Name)}</c> from {What(input, kind)}{meaning}.</summary>";
            if (UsesSpans)
                _text
                    .Blank()
                    .Lines(
                        $"{summary}\npublic void Set{prefix}From{kind}(global::System.ReadOnlySpan<byte> pixels{parameters}) => Quantize{kind}{suffix}(pixels, {prefix}{arguments});"
                    );
            else
                _text
                    .Blank()
                    .Lines(
                        $$"""
                        {{summary}}
                        public void Set{{prefix}}From{{kind}}(byte[] pixels{{parameters}})
                        {
                            if (pixels.Length != {{BytesPerPixel(kind)}} * {{prefix}}Height * {{prefix}}Width)
                                throw new global::System.ArgumentException("The number of pixels does not match.", "pixels");
                            Quantize{{kind}}{{suffix}}(pixels, 0, {{prefix}}Height * {{prefix}}Width, _arena, {{prefix}}Offset{{arguments}});
                        }
                        """
                    );
        }
    }

    /// <summary>Converts the whole input or a part of it.</summary>
    private void PixelQuantizers(FacadeTensor input, string suffix)
    {
        if (!TakesPixels(input))
            return;
        foreach (var kind in PixelKinds)
        {
            if (input.Tensor.Pixels is { } known)
                Known(input, suffix, kind, known);
            Scaled(input, suffix, kind);
        }
    }

    private void Known(FacadeTensor input, string suffix, string kind, PixelManifest known)
    {
        var summary =
            $"/// <summary>Writes {What(input, kind)}, in stored form; for the whole input or a part of it. Bytes stand for {FacadeText.Xml(known.Range)}.</summary>";
        if (known.Shift is { } shift)
            Method(
                input,
                suffix,
                kind,
                summary,
                "",
                "",
                (pixel, _) => $"unchecked(({input.Type})({pixel}{(shift == 0 ? "" : $" {(shift < 0 ? "-" : "+")} {Math.Abs(shift)}")}))"
            );
        else if (known.Gains.Distinct().Count() == 1 && known.Offsets.Distinct().Count() == 1)
            Forward(suffix, kind, summary, input, known);
        else
            Method(
                input,
                suffix,
                kind,
                summary,
                "",
                "",
                (pixel, c) => Real(input, suffix, pixel, FacadeText.Float(known.Gains[c]), FacadeText.Float(known.Offsets[c]))
            );
    }

    private void Forward(string suffix, string kind, string summary, FacadeTensor input, PixelManifest known)
    {
        var (parameters, arguments) = UsesSpans
            ? ($"global::System.ReadOnlySpan<byte> pixels, global::System.Span<{input.Type}> destination", "pixels, destination")
            : ("byte[] pixels, int first, int count, sbyte[] arena, int offset", "pixels, first, count, arena, offset");
        _text
            .Blank()
            .Lines(
                $$"""
                {{summary}}
                public static void Quantize{{kind}}{{suffix}}({{parameters}})
                {
                    Quantize{{kind}}{{suffix}}({{arguments}}, {{FacadeText.Float(known.Gains[0])}}, {{FacadeText.Float(known.Offsets[0])}});
                }
                """
            );
    }

    /// <summary>With a table in the span dialect, because one multiplication for each of 256 bytes is less work than one for each
    /// pixel.</summary>
    private void Scaled(FacadeTensor input, string suffix, string kind)
    {
        var summary =
            $"/// <summary>Writes {What(input, kind)}, in stored form; for the whole input or a part of it. The real value is <c>byte * scale + shift</c>.</summary>";
        var table =
            $"global::System.Span<{input.Type}> table = stackalloc {input.Type}[256];\nfor (int i = 0; i < table.Length; i++)\n    table[i] = {Real(input, suffix, "i", "scale", "shift")};\n";
        if (UsesSpans)
            Method(input, suffix, kind, summary, ", float scale, float shift", table, (pixel, _) => $"table[{pixel}]");
        else
            Method(
                input,
                suffix,
                kind,
                summary,
                ", float scale, float shift",
                "",
                (pixel, _) => Real(input, suffix, pixel, "scale", "shift")
            );
    }

    /// <param name="stored">The element of a byte of a channel.</param>
    private void Method(
        FacadeTensor input,
        string suffix,
        string kind,
        string summary,
        string more,
        string before,
        Func<string, int, string> stored
    )
    {
        var (channels, bytes) = (input.Tensor.Channels, BytesPerPixel(kind));
        var head = UsesSpans
            ? $$"""
                public static void Quantize{{kind}}{{suffix}}(global::System.ReadOnlySpan<byte> pixels, global::System.Span<{{input.Type}}> destination{{more}})
                {
                    if (pixels.Length / {{bytes}} * {{channels}} != destination.Length || pixels.Length % {{bytes}} != 0)
                        throw new global::System.ArgumentException("The number of pixels does not match.", "pixels");
                    int count = pixels.Length / {{bytes}};
                """
            : $$"""
                /// <param name="pixels">The image.</param>
                /// <param name="first">The first pixel to convert.</param>
                /// <param name="count">How many pixels.</param>
                /// <param name="arena">Where they are stored.</param>
                /// <param name="offset">Where the first goes, in bytes.</param>{{(
                    more.Length == 0
                        ? ""
                        : "\n/// <param name=\"scale\">Real value of one step of a byte.</param>\n/// <param name=\"shift\">Real value of the byte 0.</param>"
                )}}
                public static void Quantize{{kind}}{{suffix}}(byte[] pixels, int first, int count, sbyte[] arena, int offset{{more}})
                {
                """;
        var pixel = UsesSpans ? "i" : "(first + i)";
        var source = Enumerable.Range(0, 3).Select(c => kind == "Grey" ? $"pixels[{pixel}]" : $"pixels[3 * {pixel} + {c}]").ToArray();
        var stores =
            channels == 1
                ? [Store(input, "i", stored(kind == "Grey" ? source[0] : $"({string.Format(Luma, source)})", 0))]
                : Enumerable.Range(0, 3).Select(c => Store(input, $"3 * i + {c}", stored(source[c], c))).ToArray();
        _text.Blank().Lines(summary).Lines(head);
        foreach (var line in before.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
            _text.Lines("    " + line);
        _text.Lines("    for (int i = 0; i < count; i++)").Lines("    {");
        foreach (var store in stores)
            _text.Lines("        " + store);
        _text.Lines("    }").Lines("}");
    }

    private string Store(FacadeTensor input, string index, string value) =>
        (UsesSpans, input.Type) switch
        {
            (true, _) => $"destination[{index}] = {value};",
            (_, "float") => $"{Engine}.Kernels.StoreF32(arena, offset + 4 * ({index}), {value});",
            (_, "byte") => $"arena[offset + {index}] = unchecked((sbyte){value});",
            _ => $"arena[offset + {index}] = {value};",
        };

    /// <summary>Each operation is rounded on its own, as in C.</summary>
    private static string Real(FacadeTensor input, string suffix, string pixel, string gain, string offset)
    {
        var real = $"(float)({pixel} * {gain}) + {offset}";
        return input.IsFloat ? real : $"Quantize{suffix}({real})";
    }

    private static string What(FacadeTensor input, string kind) =>
        (kind, input.Tensor.Channels) switch
        {
            ("Grey", 3) => "one grey byte per pixel, the same in all three channels",
            ("Grey", _) => "one grey byte per pixel",
            (_, 3) => "red, green and blue bytes",
            _ => "red, green and blue bytes, as luma (0.30, 0.59, 0.11)",
        };

    private static int BytesPerPixel(string kind) => kind == "Grey" ? 1 : 3;

    private static bool TakesPixels(FacadeTensor input) => input.Tensor.Channels is 1 or 3 && !input.IsNumber;
}
