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

/// <summary>
/// Tables of figures in the documents are what the commands named above them print. In the gate the rows of one
/// network on one device; all rows with MCUNET_SUITE=all (build/documents.sh); MCUNET_REGENERATE=1 writes them.
/// </summary>
public sealed class FigureTableTests
{
    private const string Board = "stm32l4r5";
    private const string GateModel = "mlperf_kws_dscnn_int8";

    /// <summary>What one cell shows of a model. The cell as it stands is given, for those that follow from another.</summary>
    private delegate string Figure(Func<string, JsonNode> mcunet, IReadOnlyList<string> cells);

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";

    /// <summary>What tables call a model that has another name beside the repository.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["kws"] = GateModel,
        ["vww"] = "mlperf_vww_int8",
        ["resnet8"] = "mlperf_resnet8_int8",
        ["MLPerf"] = GateModel,
        ["micro"] = "tflm_micro_speech_int8",
    };

    private static readonly (string Document, string Header, string[] Devices, (int Column, Figure Of)[] Columns)[] Tables =
    [
        (
            "memory.md",
            "| model | best of the others | bound, image resident |",
            [Board],
            [
                (4, (m, _) => Number(Smallest(m("compile --optimize memory")))),
                (6, (m, _) => Number(Smallest(m("compile --optimize memory --input rows")))),
            ]
        ),
        (
            "memory.md",
            "| model | arena of the fastest | cycles |",
            [Board],
            [
                (2, (m, _) => Number(m("compile --optimize latency")["sram"]!["arena"])),
                (3, (m, _) => Number(m("compile --optimize latency")["cycles"])),
                (4, (m, _) => Number(m("compile")["sram"]!["arena"])),
                (5, (m, _) => Number(m("compile")["cycles"])),
            ]
        ),
        (
            "memory.md",
            "| model | arena without | cycles | arena with |",
            [Board],
            [
                (4, (m, _) => Number(m("bench")["arena"])),
                (5, (m, _) => Number(m("bench")["arenaWeights"])),
                (6, (m, _) => Number(m("bench")["deviceCycles"])),
            ]
        ),
        ("memory.md", "| model | image | nothing twice |", [Board], [(3, (m, cells) => Number(Smallest(m(SmallestOf(cells[2])))))]),
        (
            "performance.md",
            "| model | instructions | per MAC |",
            ["stm32g0b1"],
            [
                (2, (m, _) => Number(m("bench")["instructions"])),
                (5, (m, cells) => Ratio((double)m("bench")["instructions"]! / Parsed(cells[4]))),
            ]
        ),
        (
            "performance.md",
            "| model | multiply-accumulates | no waits | device |",
            [Board],
            [(3, (m, _) => Number(m("bench")["cycles"])), (4, (m, _) => Number(m("bench")["deviceCycles"]))]
        ),
        (
            "performance.md",
            "| model | weights in the model | flash |",
            [Board],
            [
                (3, (m, _) => Number(Flash(m("bench")))),
                (4, (m, cells) => Flash(m("bench")) - Parsed(cells[2]) is > 0 and var over ? Number(over) : "below"),
            ]
        ),
        (
            "performance.md",
            "| model | estimated | modelled | error |",
            [Board],
            [
                (2, (m, _) => Number(m("bench")["estimatedCycles"])),
                (3, (m, _) => Number(m("bench")["cycles"])),
                (4, (m, _) => Error(m("bench"), "estimatedCycles", "cycles")),
            ]
        ),
        (
            "stepping.md",
            "| model | schedule | flash | more |",
            [Board],
            [
                (3, (m, cells) => Number(m(Stepped(cells[2]))["flash"]!["total"])),
                (4, (m, cells) => Number(More(m, cells[2], f => f["flash"]!["total"]))),
                (5, (m, cells) => Number(m(Stepped(cells[2]))["sram"]!["stack"])),
                (6, (m, cells) => Number(More(m, cells[2], f => f["sram"]!["stack"]))),
                (7, (m, cells) => Number(m(Stepped(cells[2]))["PIECES"])),
                (8, (m, cells) => Number(m(Stepped(cells[2]))["PIECE_CYCLES"])),
                (9, (m, cells) => Number(m(Stepped(cells[2]))["cycles"])),
            ]
        ),
        (
            "streaming.md",
            "| network | | rows | MACs |",
            [Board],
            [
                (4, (m, cells) => Number(m("bench" + Hop(cells[2]))["macs"])),
                (5, (m, cells) => Millions(m("bench" + Hop(cells[2]))["cycles"])),
                (6, (m, cells) => Number(WithoutWeights(m("bench" + Hop(cells[2]))))),
                (7, (m, cells) => Kept(m("compile" + Hop(cells[2]))) is > 0 and var kept ? Number(kept) : ""),
            ]
        ),
        ("performance.md", "| model | stm32l4r5 | stm32f446 | stm32g474 | nrf52840 |", [Board, "stm32f446", "stm32g474", "nrf52840"], []),
        (
            "performance.md",
            "| model | instructions | TFLM + CMSIS-NN |",
            ["corstone300"],
            [(2, (m, _) => Number(m("bench")["instructions"]))]
        ),
    ];

    public static TheoryData<string, string, int> Known
    {
        get
        {
            var all = new TheoryData<string, string, int>();
            foreach (var (document, header, _, _) in Tables.Where(t => IsWhole || IsQuick(t.Document, t.Devices)))
            {
                for (var n = 0; n < Starts(document, header).Length; n++)
                    all.Add(document, header, n);
            }
            return all;
        }
    }

    /// <param name="number">
    /// Which of the tables with this header, from 0: of those with a column for each device the first has cycles, the second errors.
    /// </param>
    [SharedDocumentTheory]
    [MemberData(nameof(Known))]
    public void Table_Figures_AreWhatTheCommandsPrint(string document, string header, int number)
    {
        var (_, _, devices, columns) = Tables.Single(t => t.Document == document && t.Header == header);
        if (columns.Length == 0)
            columns = [.. devices.Select((device, i) => (i + 2, number == 0 ? OfDevice(device, i == 0) : ErrorOf(device)))];
        var lines = File.ReadAllLines(FileOf(document));
        var wrong = new List<string>();
        var model = "";
        for (var row = Starts(document, header)[number] + 2; row < lines.Length && lines[row].StartsWith('|'); row++)
        {
            var cells = lines[row].Split('|').Select(c => c.Trim()).ToArray();
            var name = cells[1].Split(' ')[0];
            model = name.Length == 0 ? model : Names.GetValueOrDefault(name, name);
            if (!File.Exists(Shared.Path("models", "onnx", model + ".onnx")) || (model != GateModel && !IsWhole))
                continue;
            using var folder = new DocumentFolder(model + ".onnx");
            var printed = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var (column, figure) in columns)
                cells[column] = figure(command => Printed(folder, printed, model, OnDevice(command, devices[0])), cells);
            var anew = $"| {string.Join(" | ", cells[1..^1])} |".Replace("|  |", "| |", StringComparison.Ordinal);
            if (anew != lines[row])
                wrong.Add($"{lines[row]}\n  is {anew}");
            lines[row] = anew;
        }
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(FileOf(document), string.Join('\n', lines) + "\n");
        else
            Assert.True(wrong.Count == 0, $"{document} is stale (build/documents.sh write):\n{string.Join("\n", wrong)}");
    }

    /// <summary>Tables on one device of which a row takes a second.</summary>
    private static bool IsQuick(string document, string[] devices) => devices is [Board] && (document is "memory.md" or "performance.md");

    private static string OnDevice(string command, string device) =>
        command.Contains("--device", StringComparison.Ordinal) ? command : $"{command} --device {device}";

    private static JsonNode Printed(DocumentFolder folder, Dictionary<string, JsonNode> known, string model, string command)
    {
        if (known.TryGetValue(command, out var node))
            return node;
        var words = command.Split(' ', 2);
        var output = words[0] == "compile" ? " --out out" : "";
        node = JsonNode.Parse(folder.Run($"mcunet {words[0]} {model}.onnx --json {words[1]}{output}").Printed)!;
        if (command.Contains("--step", StringComparison.Ordinal))
        {
            var header = File.ReadAllText(Path.Combine(folder.Root, "out", model + ".h"));
            foreach (Match constant in Regex.Matches(header, @"_(PIECES|PIECE_CYCLES) (\d+)"))
                node[constant.Groups[1].Value] = long.Parse(constant.Groups[2].Value, CultureInfo.InvariantCulture);
        }
        return known[command] = node;
    }

    private static Figure OfDevice(string device, bool withWaits) =>
        (m, _) =>
        {
            var bench = m($"bench --device {device}");
            var waits = $" ({Number(bench["fetchWaits"])} + {Number(bench["dataWaits"])})";
            return Number(bench["deviceCycles"]) + (withWaits ? waits : "");
        };

    private static Figure ErrorOf(string device) => (m, _) => Error(m($"bench --device {device}"), "estimatedDeviceCycles", "deviceCycles");

    /// <summary>Bytes of the smallest schedule that computes nothing twice.</summary>
    private static long Smallest(JsonNode compile) =>
        (long)compile["pareto"]!.AsArray().Last(p => (double)p!["macFactor"]! == 1)!["bytes"]!;

    private static string Whole(string schedule) =>
        schedule switch
        {
            "fit" => "compile",
            "memory" => "compile --optimize memory",
            _ => "compile --optimize memory --input rows",
        };

    private static string Stepped(string schedule) => Whole(schedule) + " --step";

    /// <summary>Options of a row of the table of hops: those of the networks that it holds are 2.</summary>
    private static string Hop(string row) =>
        row switch
        {
            "whole window" => "",
            "`Hop=\"2\"`" => " --hop 2",
            _ => " --hop 2 --hop-padding stream",
        };

    /// <summary>What a figure grows by with --step.</summary>
    private static long More(Func<string, JsonNode> mcunet, string schedule, Func<JsonNode, JsonNode?> figure) =>
        (long)figure(mcunet(Stepped(schedule)))! - (long)figure(mcunet(Whole(schedule)))!;

    private static long WithoutWeights(JsonNode bench) => (long)bench["arena"]! - (long)bench["arenaWeights"]!;

    private static long Kept(JsonNode compile) => compile["states"]!.AsArray().Sum(s => (long)s!["bytes"]!);

    private static string Millions(JsonNode? value) => ((double)value! / 1e6).ToString("0.000", CultureInfo.InvariantCulture);

    private static string SmallestOf(string image) => "compile --optimize memory" + (image == "streamed" ? " --input rows" : "");

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static long Flash(JsonNode bench) => (long)bench["flashWeights"]! + (long)bench["flashCode"]!;

    private static string Error(JsonNode bench, string estimated, string counted) =>
        (((double)bench[estimated]! / (double)bench[counted]!) - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture);

    private static string Number(JsonNode? value) => Number((long)value!);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static long Parsed(string cell) => long.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static int[] Starts(string document, string header)
    {
        var lines = File.ReadAllLines(FileOf(document));
        return [.. lines.Index().Where(l => l.Item.StartsWith(header, StringComparison.Ordinal)).Select(l => l.Index)];
    }

    private static string FileOf(string document) => Path.Combine(Workspace.Repository, "docs", document);
}
