using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>Keeps the code map of docs/architecture.md true, and the engine free of the world around it.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Engine = Path.Combine(RepositoryFolder.Root, "src", "McuNet.Compiler");

    /// <summary>Namespaces and members through which a pure function would see files, clocks, environment, culture or chance.</summary>
    private static readonly string[] Forbidden =
    [
        @"\bSystem\.IO\.(File|Directory)\b",
        @"(?<![\w.])(File|Directory|FileInfo|DirectoryInfo|FileStream)\.[A-Z]",
        @"\bnew (FileInfo|DirectoryInfo|FileStream)\b",
        @"\bPath\.Get(FullPath|Temp)",
        @"\bConsole\.",
        @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b",
        @"\bStopwatch\b",
        @"\bTimeProvider\b",
        @"(?<![\w.])Environment\.",
        @"\bCultureInfo\.Current",
        @"\bCurrent(UI)?Culture\b",
        @"\bGuid\.NewGuid\b",
        @"\bFileBatch\b",
        @"\bRandom\.Shared\b",
        @"\bnew Random\(\)",
        @"\bProcess\.Start\b",
    ];

    [Fact]
    public void EngineFolders_Usings_FollowTheCodeMap()
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (file, folder) in Sources())
        {
            var row = EngineArrows.Folders.SingleOrDefault(f => f.Name == folder);
            if (row is null)
            {
                wrong.Add($"{folder} is not in the code map");
                continue;
            }
            foreach (var target in Targets(File.ReadAllText(file)).Where(t => t != folder && !row.Uses.Contains(t)))
                wrong.Add($"{Path.GetRelativePath(Engine, file)}: {folder} -> {target}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>A folder sees the one above it without a using line.</summary>
    [Fact]
    public void CodeMap_Arrows_AreAllUsed()
    {
        var used = Sources().SelectMany(s => Targets(File.ReadAllText(s.File)).Select(t => (From: s.Folder, To: t))).ToHashSet();
        var unused = EngineArrows
            .Folders.SelectMany(f => f.Uses.Select(u => (From: f.Name, To: u)))
            .Where(a => !used.Contains(a) && !a.From.StartsWith(a.To + "/", StringComparison.Ordinal));
        Assert.Empty(unused.Select(a => $"{a.From} -> {a.To} is allowed, but nothing uses it"));
    }

    [Fact]
    public void CodeMap_Arrows_PointDown()
    {
        var order = EngineArrows.Folders.Select(f => f.Name).ToList();
        var up = EngineArrows.Folders.SelectMany(f =>
            f.Uses.Where(u => order.IndexOf(u) > order.IndexOf(f.Name)).Select(u => $"{f.Name} -> {u}")
        );
        Assert.Empty(up);
    }

    [Fact]
    public void CodeMap_InTheDocument_IsThisTable()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "architecture.md")).ReplaceLineEndings("\n");
        Assert.All(
            EngineArrows.Folders,
            f =>
            {
                var uses = f.Uses.Length == 0 ? "nothing" : string.Join(", ", f.Uses);
                Assert.Matches($@"\n\| `{Regex.Escape(f.Name)}/` \| [^|]+ \| {Regex.Escape(uses)} \|\n", document);
            }
        );
    }

    /// <summary>How rows are addressed and in which order layers are called is decided once, in Programs; generated files and kernel tests
    /// are printed from that.</summary>
    [Fact]
    public void Printers_NameNoRowDependencyScheduleOrCallSequence()
    {
        string[] decided =
        [
            .. typeof(RowDependency).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RowDependency))).Select(t => t.Name),
            nameof(RowDependency),
            nameof(Schedule),
            nameof(CallSequence),
        ];
        var tests = Path.Combine(RepositoryFolder.Root, "tests");
        string[] harness =
        [
            Path.Combine(tests, "McuNet.Compiler.Tests", "Kernels", "KernelProgram.cs"),
            Path.Combine(tests, "McuNet.Conformance", "Networks", "NetworkBatch.cs"),
        ];
        var printers = Sources()
            .Where(s => s.Folder.StartsWith("Emit", StringComparison.Ordinal))
            .Select(s => s.File)
            .Concat(harness)
            .ToArray();
        Assert.True(printers.Length > 20 && decided.Length > 8, $"{printers.Length} printers, {decided.Length} names");
        Assert.Empty(
            printers.SelectMany(f =>
                decided.Where(d => Regex.IsMatch(File.ReadAllText(f), $@"\b{d}\b")).Select(d => $"{Path.GetFileName(f)} names {d}")
            )
        );
    }

    [Fact]
    public void Engine_NeverTouchesFilesClocksEnvironmentOrCulture()
    {
        var wrong = Sources()
            .SelectMany(s =>
                File.ReadLines(s.File)
                    .Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    .SelectMany(l =>
                        Forbidden.Where(f => Regex.IsMatch(l, f)).Select(_ => $"{Path.GetRelativePath(Engine, s.File)}: {l.Trim()}")
                    )
            );
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("var text = File.ReadAllText(path);")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("Console.Out.WriteLine(x);")]
    [InlineData("var value = Environment.GetEnvironmentVariable(name);")]
    [InlineData("x.ToString(CultureInfo.CurrentCulture)")]
    public void Forbidden_Patterns_FindWhatTheyAreFor(string line) => Assert.Contains(Forbidden, f => Regex.IsMatch(line, f));

    /// <summary>The kernels in Kernels/CSharp are text that the engine embeds and emits, not part of it.</summary>
    private static IEnumerable<(string File, string Folder)> Sources() =>
        from file in Directory.GetFiles(Engine, "*.cs", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Engine, file).Split(Path.DirectorySeparatorChar)
        where parts.Length > 1 && parts[0] is not ("bin" or "obj") && !(parts[0] == "Kernels" && parts[1] == "CSharp")
        select (file, EngineArrows.FolderOf("McuNet.Compiler." + string.Join('.', parts[..^1])));

    /// <summary>By using lines and by qualified names.</summary>
    private static IEnumerable<string> Targets(string source) =>
        Regex
            .Matches(source, @"(?<!namespace )\bMcuNet\.Compiler((?:\.[A-Z]\w*)+)")
            .Select(m => EngineArrows.FolderOf("McuNet.Compiler" + m.Groups[1].Value))
            .Distinct();
}
