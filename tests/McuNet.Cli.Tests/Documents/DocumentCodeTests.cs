using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Facade;
using McuNet.Manifest;
using McuNet.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>C and C# that documents show compiles with the code of small models; pages about the compiler quote its sources.</summary>
public sealed class DocumentCodeTests
{
    private static readonly FrozenSet<string> Quoting = new[]
    {
        "docs/adding-a-diagnostic.md",
        "docs/adding-a-pass.md",
        "docs/adding-a-target.md",
        "docs/adding-an-operator.md",
    }.ToFrozenSet();

    /// <summary>Small networks under the names that documents give to a reader's own.</summary>
    private static readonly (string Name, string Class, string Options)[] Models =
    [
        ("person", "Person", ""),
        ("wake_word", "WakeWord", "--state kept_in:kept_out --state frames:frames_next"),
        ("kws", "Kws", "--hop 4"),
    ];

    public static TheoryData<string> CSharp => Documents.Places("csharp");

    public static TheoryData<string> C => Documents.Places("c");

    /// <summary>Statements are those of a method, declarations stand beside it.</summary>
    [Theory]
    [MemberData(nameof(CSharp))]
    public void CSharp_OfADocument_CompilesOrIsQuoted(string place)
    {
        var block = Documents.At(place);
        if (Quoting.Contains(block.Document))
        {
            Assert.True(Sources().Contains(Squeezed(block.Text), StringComparison.Ordinal), $"{place} quotes C# that is not in src");
            return;
        }
        using var folder = new DocumentFolder();
        var declares = block.Text.StartsWith('[');
        var source = $$"""
            using System;
            {{(declares ? block.Text : "")}}
            [AttributeUsage(AttributeTargets.Class)]
            internal sealed class McuModelAttribute(string name) : Attribute { public string Name => name; }
            internal static class Application
            {
                public static void Run(byte[] pixels, float[] slice, float[] rows)
                {
                    {{(declares ? "" : block.Text)}}
                }
                private static void Use(ReadOnlySpan<sbyte> output) => Console.WriteLine(output.Length);
            }
            """;
        var models = Models.Where(m => block.Text.Contains(m.Class, StringComparison.OrdinalIgnoreCase));
        var errors = Errors(models.SelectMany(m => Managed(folder, m.Name, m.Options)).Append(source));
        Assert.True(errors.Length == 0, $"{place} does not compile:\n{string.Join("\n", errors)}");
    }

    /// <summary>Statements are those of a function; what they leave to the application is declared.</summary>
    [HostCompilerTheory]
    [MemberData(nameof(C))]
    public void C_OfADocument_Compiles(string place)
    {
        var block = Documents.At(place);
        using var folder = new DocumentFolder();
        var models = Models.Where(m => block.Text.Contains(m.Name + "_", StringComparison.Ordinal)).ToArray();
        var rows = block.Text.Contains("camera_", StringComparison.Ordinal) ? "--input rows" : "";
        foreach (var (model, _, options) in models)
        {
            var compile = $"mcunet compile {model}.onnx --device nrf52840 --out code --target c --step {options} {rows}";
            Assert.Equal(0, folder.Run(compile).ExitCode);
        }
        var body = Regex.Replace(block.Text, "^#include.*\n", "", RegexOptions.Multiline);
        var isFunction = Regex.IsMatch(body, @"^(static|void|bool)\b", RegexOptions.Multiline);
        File.WriteAllText(
            Path.Combine(folder.Root, "document.c"),
            $$"""
            #include <stdbool.h>
            #include <stdint.h>
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
            """
        );
        string[] strict = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable", "-fsyntax-only", "-Icode", "document.c"];
        var gcc = ProgramRun.Of("gcc", strict, folder.Root);
        Assert.True(gcc.Succeeded, $"{place} does not compile:\n{gcc.Error}");
    }

    /// <summary>The engine of a model and its class.</summary>
    private static IEnumerable<string> Managed(DocumentFolder folder, string model, string options)
    {
        Assert.Equal(0, folder.Run($"mcunet compile {model}.onnx --device nrf52840 --out managed --target csharp {options}").ExitCode);
        var manifest = ManifestText.Parse(File.ReadAllText(Path.Combine(folder.Root, "managed", model + ".mcunet"))).Manifest!;
        yield return File.ReadAllText(Path.Combine(folder.Root, "managed", model + ".engine.g.cs"));
        yield return FacadeWriter.Write(new FacadeRequest(manifest, "", manifest.ClassName, FacadeDialect.Spans));
    }

    private static string[] Errors(IEnumerable<string> texts)
    {
        var parsing = new CSharpParseOptions(preprocessorSymbols: ["NET8_0_OR_GREATER"]);
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f) == "netstandard.dll");
        var compilation = CSharpCompilation.Create(
            "Document",
            texts.Select(t => CSharpSyntaxTree.ParseText(t, parsing)),
            assemblies.Select(f => MetadataReference.CreateFromFile(f)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true)
        );
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => d.ToString())];
    }

    private static string Sources()
    {
        var files = Directory.GetFiles(Path.Combine(Workspace.Repository, "src"), "*.cs", SearchOption.AllDirectories);
        return Squeezed(string.Concat(files.Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)));
    }

    private static string Squeezed(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
