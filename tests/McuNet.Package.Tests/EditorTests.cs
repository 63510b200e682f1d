using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>What people see in an editor, asked of programs that editors use: a language server, and the formatter of the SDK, which
/// applies fixes.</summary>
[Collection(PackageCollection.Name)]
public sealed class EditorTests(PackageFeed feed)
{
    /// <summary>The class of the good model on line 6, a buffer that is too short on line 7, the models without a class on lines 8 and 9;
    /// lines count from 0.</summary>
    private const string Program = """
        using Sample;

        internal static class Program
        {
            private static void Main()
            {
                Digits network = new Digits();
                network.SetInput(new float[100]);
                Broken other;
                Large third;
            }
        }
        """;

    [LanguageServerFact]
    public void LanguageServer_OnAProject_ShowsFiguresAndFaultsAndStartsNoEngineWhileTyping()
    {
        var sample = new SampleProject(
            feed,
            """
                <McuModel Include="digits.onnx" Device="nrf52840" />
                <McuModel Include="broken.onnx" Device="nrf52840" />
                <McuModel Include="large.onnx" Device="nrf52840" />
            """
        ).With("digits.onnx", "fake-model").With("broken.onnx", "nonsense").With("large.onnx", "fake-model", "error MCU4001 The arena needs 300,000 bytes; 262,144 are there.").With("Program.cs", Program.Split('\n'));
        sample.Target("Restore").Succeed();
        var file = LanguageServer.Uri(Path.Combine(sample.Directory, "Program.cs"));
        JsonObject Document() => new() { ["uri"] = file };

        LanguageServer.Talk(
            sample.Directory,
            feed.Environment,
            server =>
            {
                server.Tell(
                    "textDocument/didOpen",
                    new()
                    {
                        ["textDocument"] = new JsonObject
                        {
                            ["uri"] = file,
                            ["languageId"] = "csharp",
                            ["version"] = 1,
                            ["text"] = Program,
                        },
                    }
                );
                var shown = (string)
                    server.Ask("textDocument/hover", new() { ["textDocument"] = Document(), ["position"] = Position(6, 10) })!["contents"]![
                        "value"
                    ]!;
                Assert.Contains("Peak SRAM: 8,704 bytes of 262,144 bytes (arena 8,192, stack 512).", shown, StringComparison.Ordinal);
                Assert.Contains("1.5 ms, 64,000 cycles", shown, StringComparison.Ordinal);
                Assert.Contains(
                    $"The item in ``Sample.csproj({SampleProject.ItemsLine})`` declares the model.",
                    shown,
                    StringComparison.Ordinal
                );

                Assert.Equal([("MCU7101", 7), ("MCU1002", 8), ("MCU4001", 9)], Found(server));
                var engineRuns = sample.EngineRuns;
                server.Tell(
                    "textDocument/didChange",
                    new()
                    {
                        ["textDocument"] = new JsonObject { ["uri"] = file, ["version"] = 2 },
                        ["contentChanges"] = new JsonArray(
                            new JsonObject { ["text"] = Program.Replace("[100]", "[48] ", StringComparison.Ordinal) }
                        ),
                    }
                );
                Assert.Equal([("MCU1002", 8), ("MCU4001", 9)], Found(server));
                Assert.Equal(engineRuns, sample.EngineRuns);
            }
        );

        (string Id, int Line)[] Found(LanguageServer server) =>
            [
                .. server.Ask("textDocument/diagnostic", new() { ["textDocument"] = Document() })!["items"]!
                    .AsArray()
                    .Select(d => ((string)d!["code"]!, (int)d["range"]!["start"]!["line"]!))
                    .Where(d => d.Item1.StartsWith("MCU", StringComparison.Ordinal))
                    .OrderBy(d => d.Item2),
            ];
    }

    /// <summary>The formatter loads the fixes of the package, as an editor does; csharp-ls offers none but its own.</summary>
    [Fact]
    public void Formatter_OnAProject_AppliesTheFixesOfThePackage()
    {
        var sample = new SampleProject(feed, """    <McuModel Include="digits.onnx" Device="nrf52840" />""")
            .With("digits.onnx", "fake-model")
            .With(
                "Program.cs",
                """
                using Sample;

                for (var i = 0; i < 3; i++)
                {
                    var network = new Digits();
                    network.SetInput(new float[100]);
                    network.Invoke();
                }
                """.Split('\n')
            );
        sample.Target("Restore").Succeed();

        DotNet
            .Run(
                sample.Directory,
                feed.Environment,
                "format",
                "analyzers",
                "--no-restore",
                "--severity",
                "warn",
                "--diagnostics",
                "MCU7101",
                "MCU7105"
            )
            .Succeed();

        Assert.Equal(
            [
                "using Sample;",
                "",
                "var network = new Digits();",
                "",
                "for (var i = 0; i < 3; i++)",
                "{",
                "    network.SetInput(new float[Digits.InputLength]);",
                "    network.Invoke();",
                "}",
            ],
            File.ReadAllLines(Path.Combine(sample.Directory, "Program.cs"))
        );
    }

    private static JsonObject Position(int line, int character) => new() { ["line"] = line, ["character"] = character };
}
