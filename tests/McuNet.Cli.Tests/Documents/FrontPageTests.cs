using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>What the README shows of real models is what the compiler says today.</summary>
public sealed class FrontPageTests
{
    private static readonly string File = Path.Combine(Workspace.Repository, "README.md");

    /// <summary>Rows of the table "How small", and the models of which they are.</summary>
    private static readonly (string Row, string Model)[] Rows =
    [
        ("MLPerf Tiny keyword spotting (DS-CNN)", "mlperf_kws_dscnn_int8"), ("MLPerf Tiny image classification (ResNet-8)", "mlperf_resnet8_int8"),
        ("MLPerf Tiny visual wake words (MobileNetV1 0.25, 96 x 96)", "mlperf_vww_int8"), ("MCUNet visual wake words (80 x 80)", "mcunet_vww_int8"),
        ("MCUNet person detection (128 x 160)", "mcunet_detection_int8"),
    ];

    [SharedDocumentTheory]
    [InlineData("MCU4001", "--device nrf52840 --sram 16KB")]
    [InlineData("MCU4003", "--device nrf52840 --latency 50ms")]
    [InlineData("MCU5001", "--device nrf52841")]
    public void Error_IsWhatTheCompilerSays(string id, string options)
    {
        using var folder = new DocumentFolder("mcunet_vww_int8.onnx");
        var (_, printed) = folder.Run($"mcunet compile mcunet_vww_int8.onnx --out out {options}");

        var said = Regex.Match(printed, $"error {id}: (.*)").Groups[1].Value;
        Assert.Contains($"error {id}: {said}", Regex.Replace(System.IO.File.ReadAllText(File), @"\s+", " "), StringComparison.Ordinal);
    }

    /// <summary>The first row in the gate, all of them with MCUNET_SUITE=all (build/documents.sh); MCUNET_REGENERATE=1 writes them.</summary>
    [SharedDocumentTheory]
    [InlineData("--device nrf52840")]
    public void HowSmall_Table_IsWhatCompilePrints(string device)
    {
        foreach (var (row, model) in Rows.Take(Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all" ? Rows.Length : 1))
        {
            using var folder = new DocumentFolder(model + ".onnx");
            JsonNode Figures(string options) => JsonNode.Parse(folder.Run($"mcunet compile {model}.onnx {device} --out out --json {options}").Printed)!;
            var figures = Figures("");
            int[] cells = [Sram(figures), Sram(Figures("--optimize memory")), Sram(Figures("--optimize memory --input rows")), (int)figures["flash"]!["total"]!];
            var line = $"| {row} | {string.Join(" | ", cells.Select(c => c.ToString("N0", CultureInfo.InvariantCulture)))} |";
            if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
                System.IO.File.WriteAllText(File, Regex.Replace(System.IO.File.ReadAllText(File), $@"^\| {Regex.Escape(row)} \|.*$", line, RegexOptions.Multiline));
            Assert.Contains(line, System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        }
    }

    private static int Sram(JsonNode figures) => (int)figures["sram"]!["total"]!;
}
