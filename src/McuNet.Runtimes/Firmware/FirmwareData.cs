using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace McuNet.Runtimes.Firmware;

/// <summary>Cases as C constants.</summary>
internal static class FirmwareData
{
    private const int BytesPerLine = 32;

    public static string Text(FirmwareContent content)
    {
        var text = new StringBuilder("/* Cases, what must come out of them, and what layers must write. */\n#include \"bench.h\"\n");
        Array(text, "const uint8_t bench_inputs[]", content.Cases.SelectMany(c => c.Inputs).SelectMany(b => b).Select(b => Number(b)));
        Array(text, "const uint8_t bench_outputs[]", content.Cases.SelectMany(c => c.Outputs).SelectMany(b => b).Select(b => Number(b)));
        Array(
            text,
            "const struct bench_tensor bench_tensors[]",
            content.Tensors.Select(t => t is null ? "{ 0, 0 }" : $"{{ {Number(t.Offset)}, {Number(t.Bytes)} }}")
        );
        Array(
            text,
            "const uint32_t bench_digests[]",
            content.Cases.SelectMany(c => c.Layers).Select(l => Number(l is null ? 0 : BoardDigest.Of(l)) + "u")
        );
        return text.ToString();
    }

    private static void Array(StringBuilder text, string declaration, IEnumerable<string> values)
    {
        text.Append('\n').Append(declaration).Append(" = {\n");
        foreach (var line in values.Chunk(BytesPerLine))
            text.Append("    ").AppendJoin(",", line).Append(",\n");
        text.Append("};\n");
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
