using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Manifest;

namespace McuNet.FakeEngine;

/// <summary>Writes the files of an arena that fake models share.</summary>
internal static class FakeArena
{
    public static IReadOnlyList<string> Write(string arena, IReadOnlyList<string> manifests, string directory)
    {
        var models = manifests.Select(m => ManifestText.Parse(File.ReadAllText(m)).Manifest!).ToArray();
        var symbol = ModelNames.ArenaSymbol(arena);
        var className = ModelNames.ArenaClass(arena)[(ModelNames.GeneratedNamespace.Length + 1)..];
        var files = new Dictionary<string, string>
        {
            [symbol + ".h"] = $"extern unsigned char {symbol}[];\n",
            [symbol + ".c"] = $"unsigned char {symbol}[{models.Max(m => m.Sram.Arena)}];\n",
            ["CMakeLists.txt"] = $"add_library({symbol} {symbol}.c)\n",
            [symbol + ".g.cs"] = $$"""
                // {{string.Join(" ", models.Select(m => m.Name))}}
                namespace McuNet.Generated
                {
                    internal static class {{className}}
                    {
                        public static readonly sbyte[] Memory = new sbyte[{{models.Max(m => m.ArenaBytes)}}];
                    }
                }

                """.Replace("\r\n", "\n"),
        };
        Directory.CreateDirectory(directory);
        foreach (var (file, content) in files)
            File.WriteAllText(Path.Combine(directory, file), content);
        return [.. files.Keys];
    }
}
