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
    private static readonly string Page = Path.Combine(Workspace.Repository, "README.md");

    /// <summary>Rows of the table "How small", and the models of which they are.</summary>
    private static readonly (string Row, string Model)[] Rows =
    [
        ("MLPerf Tiny keyword spotting (DS-CNN)", "mlperf_kws_dscnn_int8"),
        ("MLPerf Tiny image classification (ResNet-8)", "mlperf_resnet8_int8"),
        ("MLPerf Tiny visual wake words (MobileNetV1 0.25, 96 x 96)", "mlperf_vww_int8"),
        ("MCUNet visual wake words (80 x 80)", "mcunet_vww_int8"),
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
        var page = Regex.Replace(File.ReadAllText(Page), @"\s+", " ");
        Assert.Contains($"error {id}: {said}", page, StringComparison.Ordinal);
    }

    /// <summary>The first row in the gate, all with MCUNET_SUITE=all (build/documents.sh); MCUNET_REGENERATE=1 writes them.</summary>
    [SharedDocumentTheory]
    [InlineData("--device nrf52840")]
    public void HowSmall_Table_IsWhatCompilePrints(string device)
    {
        var isWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";
        foreach (var (row, model) in Rows.Take(isWhole ? Rows.Length : 1))
        {
            using var folder = new DocumentFolder(model + ".onnx");
            JsonNode Figures(string options) =>
                JsonNode.Parse(folder.Run($"mcunet compile {model}.onnx {device} --out out --json {options}").Printed)!;
            var (figures, memory, rows) = (Figures(""), Figures("--optimize memory"), Figures("--optimize memory --input rows"));
            int[] cells = [Sram(figures), Sram(memory), Sram(rows), (int)figures["flash"]!["total"]!];
            var line = $"| {row} | {string.Join(" | ", cells.Select(c => c.ToString("N0", CultureInfo.InvariantCulture)))} |";
            var page = File.ReadAllText(Page);
            if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
                File.WriteAllText(Page, page = Regex.Replace(page, $@"^\| {Regex.Escape(row)} \|.*$", line, RegexOptions.Multiline));
            Assert.Contains(line, page, StringComparison.Ordinal);
        }
    }

    private static int Sram(JsonNode figures) => (int)figures["sram"]!["total"]!;
}
