using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.CSource;

/// <summary>The files through which a model and the runner of Harness/runner.c talk.</summary>
internal static class RunnerFiles
{
    public const string Runner = "runner.c";
    private const string Cases = "cases.bin";
    private const string Outputs = "outputs.bin";
    private const string Report = "report.txt";
    private const int GarbageOfFirst = 0xA5;
    private const int GarbageStep = 61;

    /// <summary>What the runner fills the arena with before a case.</summary>
    public static byte Garbage(int @case) => unchecked((byte)(GarbageOfFirst + GarbageStep * @case));

    /// <summary>Writes embedded harness files, binding.h and cases.bin.</summary>
    public static void Write(TemporaryFolder folder, CArtifact artifact, IReadOnlyList<IReadOnlyList<byte[]>> cases, params string[] harness)
    {
        foreach (var name in harness.Append(Runner).Append("port.h"))
            File.WriteAllBytes(folder.File(name), Resource(name));
        File.WriteAllText(folder.File("binding.h"), Binding(artifact));
        using var file = File.Create(folder.File(Cases));
        file.Write(BitConverter.GetBytes(cases.Count));
        foreach (var tensor in cases.SelectMany(c => c))
            file.Write(tensor);
    }

    public static byte[] Resource(string name)
    {
        using var stream = typeof(RunnerFiles).Assembly.GetManifestResourceStream("harness/" + name)
            ?? throw new InvalidOperationException($"harness file '{name}' is not embedded");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The outputs of each case, or null where the program wrote fewer bytes than it should have.</summary>
    public static ImmutableArray<ImmutableArray<byte[]>>? ReadOutputs(TemporaryFolder folder, CArtifact artifact, int cases)
    {
        using var file = File.OpenRead(folder.File(Outputs));
        if (file.Length != (long)cases * artifact.OutputBytes.Sum())
            return null;
        return Enumerable.Range(0, cases).Select(_ => artifact.OutputBytes.Select(bytes =>
        {
            var tensor = new byte[bytes];
            file.ReadExactly(tensor);
            return tensor;
        }).ToImmutableArray()).ToImmutableArray();
    }

    /// <summary>What the runner reported, in order, by key.</summary>
    public static ILookup<string, long> ReadReport(TemporaryFolder folder)
    {
        var path = folder.File(Report);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        return lines.Select(l => l.Split(' ')).Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => long.Parse(p[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>C that gives the runner one set of names for any model, and checks that header and record agree.</summary>
    internal static string Binding(CArtifact artifact)
    {
        var (name, macro) = (artifact.Name, artifact.Macro);
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line($"#include \"{name}.h\"");
        Line($"#define MN_GARBAGE(current) ((uint8_t)({GarbageOfFirst}u + {GarbageStep}u * (current)))");
        Line($"#define MN_ARENA_BYTES {macro}_ARENA_BYTES");
        Line($"#define MN_INPUTS {artifact.InputBytes.Length}u");
        Line($"#define MN_OUTPUTS {artifact.OutputBytes.Length}u");
        Line($"#define MN_STREAMED {(artifact.StreamedInput ? 1 : 0)}");
        Accessors(Line, artifact.InputBytes, "input", $"{macro}_INPUT", "", name, artifact.StreamedInput ? 1 : 0);
        Accessors(Line, artifact.OutputBytes, "output", $"{macro}_OUTPUT", "const ", name, 0);
        if (artifact.Streamed is { } streamed)
        {
            Line($"_Static_assert({macro}_INPUT0_ROW_BYTES == {streamed.RowBytes}, \"bytes of a row\");");
            Line($"#define MN_ROWS {streamed.Rows}u");
            Line($"#define MN_ROW_BYTES {streamed.RowBytes}u");
            Line($"#define mn_invoke_rows {name}_invoke_rows");
        }
        else
        {
            Line($"#define mn_invoke {name}_invoke");
        }
        return text.ToString();
    }

    private static void Accessors(
        Action<string> line, ImmutableArray<int> bytes, string kind, string macro, string constant, string name, int first)
    {
        for (var i = first; i < bytes.Length; i++)
            line($"_Static_assert({macro}{i}_BYTES == {bytes[i]}, \"bytes of {kind} {i}\");");
        line($"static const uint32_t mn_{kind}_bytes[] = {{ {string.Join(", ", bytes)} }};");
        line($"static {constant}void *mn_{kind}({constant}uint8_t *arena, unsigned index)");
        line("{");
        line("    switch (index) {");
        for (var i = first; i < bytes.Length; i++)
            line($"    case {i}: return {name}_{kind}{i}(arena);");
        line("    default: return arena;");
        line("    }");
        line("}");
    }
}
