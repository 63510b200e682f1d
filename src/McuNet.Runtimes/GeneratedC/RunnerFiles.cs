using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.GeneratedC;

/// <summary>The files through which a model and the runner of Harness/runner.c talk.</summary>
internal static class RunnerFiles
{
    public const string Runner = "runner.c";
    private const string Cases = "cases.bin";
    private const string Outputs = "outputs.bin";
    private const string Report = "report.txt";
    private const string State = "state";
    private const int GarbageOfFirst = 0xA5;
    private const int GarbageStep = 61;

    /// <summary>What the runner fills the arena with before a case.</summary>
    public static byte Garbage(int @case) => unchecked((byte)(GarbageOfFirst + GarbageStep * @case));

    /// <summary>Writes embedded harness files, binding.h and cases.bin.</summary>
    public static void Write(
        TemporaryFolder folder,
        CArtifact artifact,
        IReadOnlyList<IReadOnlyList<byte[]>> cases,
        params string[] harness
    )
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
        using var stream =
            typeof(RunnerFiles).Assembly.GetManifestResourceStream("harness/" + name)
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
        return Enumerable
            .Range(0, cases)
            .Select(_ =>
                artifact
                    .OutputBytes.Select(bytes =>
                    {
                        var tensor = new byte[bytes];
                        file.ReadExactly(tensor);
                        return tensor;
                    })
                    .ToImmutableArray()
            )
            .ToImmutableArray();
    }

    /// <summary>What the runner reported, in order, by key.</summary>
    public static ILookup<string, long> ReadReport(TemporaryFolder folder)
    {
        var path = folder.File(Report);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        return lines
            .Select(l => l.Split(' '))
            .Where(p => p.Length == 2)
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
        Line($"#define MN_STREAM {(artifact.IsStream ? 1 : 0)}");
        Accessors(Line, artifact, artifact.InputBytes, artifact.InputNames, "input", artifact.StreamedInput ? 1 : 0);
        Accessors(Line, artifact, artifact.OutputBytes, artifact.OutputNames, "output", 0);
        if (artifact.IsStream)
        {
            Line(
                $"static const uint8_t mn_is_state[] = {{ {string.Join(", ", artifact.InputNames.Select(n => n.StartsWith(State, StringComparison.Ordinal) ? 1 : 0))} }};"
            );
            Line($"#define mn_reset {name}_reset");
        }
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
        Action<string> line,
        CArtifact artifact,
        ImmutableArray<int> bytes,
        ImmutableArray<string> names,
        string kind,
        int first
    )
    {
        string Name(int i) => names.IsEmpty ? $"{kind}{i}" : names[i];
        for (var i = first; i < bytes.Length; i++)
            line($"_Static_assert({artifact.Macro}_{Name(i).ToUpperInvariant()}_BYTES == {bytes[i]}, \"bytes of {kind} {i}\");");
        line($"static const uint32_t mn_{kind}_bytes[] = {{ {string.Join(", ", bytes)} }};");
        line($"static void *mn_{kind}(uint8_t *arena, unsigned index)");
        line("{");
        line("    switch (index) {");
        for (var i = first; i < bytes.Length; i++)
            line($"    case {i}: return {(kind == "output" ? "(void *)" : "")}{artifact.Name}_{Name(i)}(arena);");
        line("    default: return arena;");
        line("    }");
        line("}");
    }
}
