using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Facade;
using McuNet.Manifest;
using McuNet.Options;
using McuNet.Search.Searching;
using McuNet.Search.Spaces;
using McuNet.Tests;
using McuNet.Tests.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>Every fenced block of the README and the pages of docs is something that is held: XML and JSON are read, C and C# compiled, commands run (DocumentCommandTests).</summary>
public sealed class DocumentBlockTests
{
    private static readonly FrozenSet<string> Held = new[] { "console", "text", "xml", "json", "c", "csharp" }.ToFrozenSet();
    private static readonly string[] SearchMetadata = ["Include", "OutputFile", "Device", "Folder", "Seed", "Trainer"];

    /// <summary>What user pages leave to the application, and pages about the compiler quote.</summary>
    private static readonly FrozenSet<string> Quoting = new[] { "docs/adding-a-diagnostic.md", "docs/adding-a-pass.md", "docs/adding-a-target.md", "docs/debugging.md", "docs/adding-an-operator.md" }.ToFrozenSet();

    /// <summary>Small networks under the names that documents give to a reader's own.</summary>
    private static readonly (string Name, string Class, string Options)[] Models =
        [("person", "Person", ""), ("wake_word", "WakeWord", "--state kept_in:kept_out --state frames:frames_next"), ("kws", "Kws", "--hop 4")];

    private static IEnumerable<DocumentBlock> All => DocumentBlock.Pages(Workspace.Repository).SelectMany(d => DocumentBlock.Of(Workspace.Repository, d));

    public static TheoryData<string> Blocks(string language) => [.. All.Where(b => b.Language == language && !b.IsNotRun).Select(b => b.ToString())];

    [Fact]
    public void Blocks_AreOfAKindThatIsHeld_OrSayForWhichVersionTheyWereWritten() =>
        Assert.All(All, b => Assert.True(Held.Contains(b.Language) || b.IsNotRun,
            $"{b}: a block is one of {string.Join(", ", Held)}, or its first line is a comment with 'written for NAME VERSION; not run here'; this is '{b.Language}'"));

    [Theory]
    [MemberData(nameof(Blocks), "xml")]
    public void Xml_ItemsAndProperties_AreThoseOfThePackage(string place)
    {
        var project = XElement.Parse($"<Project>{Block(place).Text}</Project>");
        var properties = Regex.Matches(string.Concat(Directory.GetFiles(Path.Combine(Workspace.Repository, "build", "package"), "*.*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Select(File.ReadAllText)), @"\$\((Mcu\w+)\)").Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var models = ModelOptionTable.All.Select(o => o.Name).Append("Include").ToHashSet(StringComparer.Ordinal);

        Assert.All(project.Descendants().Where(e => e.Name.LocalName.StartsWith("Mcu", StringComparison.Ordinal) && e.Parent!.Name == "PropertyGroup"), e => Assert.Contains(e.Name.LocalName, properties));
        Assert.All(project.Descendants("McuModel").Attributes(), a => Assert.Contains(a.Name.LocalName, models));
        Assert.All(project.Descendants("McuSearch").Attributes(), a => Assert.Contains(a.Name.LocalName, SearchMetadata));
        Assert.All(project.Descendants("PackageReference"), e => Assert.Equal(Version, e.Attribute("Version")!.Value));
        foreach (var device in project.Descendants().Attributes("Device").Select(a => a.Value).Where(v => !v.EndsWith(".json", StringComparison.Ordinal)))
            Assert.True(DeviceDatabase.Find(device).Succeeded, $"{place}: there is no device {device}");
    }

    /// <summary>A device, a search space, a search file, the cases of verify or a data set; tests of each read what the pages show.</summary>
    [Theory]
    [MemberData(nameof(Blocks), "json")]
    public void Json_OfADocument_IsRead(string place)
    {
        var bytes = Encoding.UTF8.GetBytes(Block(place).Text);
        var fields = JsonDocument.Parse(bytes).RootElement.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        if (fields.Contains("clockHz"))
            Assert.True(DeviceReader.Read(bytes, place).Succeeded);
        else if (fields.Contains("resolutions"))
            Assert.True(SpaceReader.Read(bytes, place).Succeeded);
        else if (fields.Contains("space"))
            Assert.True(SearchFileReader.Read(bytes, place).Succeeded);
        else
            Assert.True(fields.Contains("cases") || fields.Contains("train"), $"{place} is JSON of no kind that the test knows");
    }

    /// <summary>Blocks of a user's code, with the classes of small models, as statements of a method or as declarations.</summary>
    [Theory]
    [MemberData(nameof(Blocks), "csharp")]
    public void CSharp_OfADocument_CompilesOrIsQuoted(string place)
    {
        var block = Block(place);
        if (Quoting.Contains(block.Document))
        {
            Assert.True(Sources(".cs").Contains(Squeezed(block.Text), StringComparison.Ordinal), $"{place} quotes C# that is not in src");
            return;
        }
        using var folder = new DocumentFolder();
        var declares = block.Text.StartsWith('[');
        var source = $$"""
            using System;
            {{(declares ? block.Text : "")}}
            [AttributeUsage(AttributeTargets.Class)] internal sealed class McuModelAttribute(string name) : Attribute { public string Name => name; }
            internal static class Application
            {
                public static void Run(byte[] pixels, float[] slice, float[] rows)
                {
                    {{(declares ? "" : block.Text)}}
                }
                private static void Use(ReadOnlySpan<sbyte> output) => Console.WriteLine(output.Length);
            }
            """;
        var texts = Models.Where(m => block.Text.Contains(m.Class, StringComparison.OrdinalIgnoreCase)).SelectMany(m => Managed(folder, m.Name, m.Options)).Append(source);
        var compilation = CSharpCompilation.Create("Document", texts.Select(t => CSharpSyntaxTree.ParseText(t, new CSharpParseOptions(preprocessorSymbols: ["NET8_0_OR_GREATER"]))),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f) == "netstandard.dll")
                .Select(f => MetadataReference.CreateFromFile(f)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => d.ToString()).ToArray();
        Assert.True(errors.Length == 0, $"{place} does not compile:\n{string.Join("\n", errors)}");
    }

    /// <summary>Blocks of a user's code, with the headers of small models. Statements are those of a function; what they leave to the application is declared.</summary>
    [HostCompilerTheory]
    [MemberData(nameof(Blocks), "c")]
    public void C_OfADocument_Compiles(string place)
    {
        var block = Block(place);
        using var folder = new DocumentFolder();
        var models = Models.Where(m => block.Text.Contains(m.Name + "_", StringComparison.Ordinal)).ToArray();
        foreach (var (model, _, options) in models)
            Assert.Equal(0, folder.Run($"mcunet compile {model}.onnx --device nrf52840 --out code --target c --step {options} {(block.Text.Contains("camera_", StringComparison.Ordinal) ? "--input rows" : "")}").ExitCode);
        var includes = string.Concat(Regex.Matches(block.Text, "^#include.*\n", RegexOptions.Multiline).Select(m => m.Value));
        var body = Regex.Replace(block.Text, "^#include.*\n", "", RegexOptions.Multiline);
        var isFunction = Regex.IsMatch(body, @"^(static|void|bool)\b", RegexOptions.Multiline);
        File.WriteAllText(Path.Combine(folder.Root, "document.c"), $$"""
            #include <stdbool.h>
            #include <stdint.h>
            {{includes}}
            {{string.Concat(models.Select(m => $"#include \"{m.Name}.h\"\n"))}}
            extern uint8_t arena[], pixels[];
            bool slice_is_over(void);
            void watchdog_feed(void);
            void do_something_else(void);
            void camera_begin_row(uint32_t row, void *destination);
            bool camera_row_has_arrived(void);
            void wait_for_slice(void *input);
            void wait_for_rows(void *input, uint32_t rows);
            void wake_up(void);
            void keyword(void);
            {{(isFunction ? body : $"void application(void)\n{{\n{body}\n}}\n")}}
            """);
        var gcc = ProgramRun.Of("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable", "-fsyntax-only", "-Icode", "document.c"], folder.Root);
        Assert.True(gcc.Succeeded, $"{place} does not compile:\n{gcc.Error}");
    }

    private static IEnumerable<string> Managed(DocumentFolder folder, string model, string options)
    {
        Assert.Equal(0, folder.Run($"mcunet compile {model}.onnx --device nrf52840 --out managed --target csharp {options}").ExitCode);
        var manifest = ManifestText.Parse(File.ReadAllText(Path.Combine(folder.Root, "managed", model + ".mcunet"))).Manifest!;
        yield return File.ReadAllText(Path.Combine(folder.Root, "managed", model + ".engine.g.cs"));
        yield return FacadeWriter.Write(new FacadeRequest(manifest, "", manifest.ClassName, FacadeDialect.Spans));
    }

    private static string Version => XDocument.Load(Path.Combine(Workspace.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;

    private static DocumentBlock Block(string place) => All.Single(b => b.ToString() == place);

    private static string Sources(string extension) => Squeezed(string.Concat(Directory.GetFiles(Path.Combine(Workspace.Repository, "src"), "*" + extension, SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)));

    private static string Squeezed(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
