using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Report;
using McuNet.Compiler.Report.Html;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Networks;

namespace McuNet.Report.Tests;

/// <summary>A page and what <c>mcunet compile --json</c> says of the same compilation.</summary>
public sealed record ReportedModel(string Page, JsonObject Json, ReportModel Report)
{
    private const string Digits = "digits";
    private const string Bands = "bands";
    private const string Failing = "failing";
    private const string Compared = "compared";
    private const string Wired = "wired200";

    /// <summary>Those of the gate, or with MCUNET_SUITE=all also every model of ../shared.</summary>
    public static IEnumerable<string> Names()
    {
        IEnumerable<string> few = Shared.IsPresent ? [Digits, Bands, Failing, Compared, Wired] : [Digits, Wired];
        return Environment.GetEnvironmentVariable("MCUNET_SUITE") != "all" || !Shared.IsPresent
            ? few
            : few.Concat(
                new[] { "onnx", "tflite" }
                    .SelectMany(form =>
                        Directory.GetFiles(Shared.Path("models", form), $"*.{form}").Select(f => $"{form}/{Path.GetFileName(f)}")
                    )
                    .Order(StringComparer.Ordinal)
            );
    }

    public static ReportedModel Of(string name) =>
        name switch
        {
            Digits => Write(
                Path.Combine(BrowserFixture.Repository(), "samples", "digits", "digits.onnx"),
                name,
                o => o with { Budgets = new(SramBytes: 8192, LatencyMs: 2) }
            ),
            Bands => Write(
                Shared.Path("models", "onnx", "mcunet_vww_int8.onnx"),
                name,
                o => o with { Input = InputMode.Rows, InputPasses = 4, Objective = Objective.Memory }
            ),
            Failing => Write(
                Shared.Path("models", "onnx", "mww_okay_nabu_stream_int8.onnx"),
                name,
                o => o with { Budgets = new(SramBytes: 2048, LatencyMs: 0.5) }
            ),
            Compared => Write(Shared.Path("models", "tflite", "mlperf_kws_dscnn_int8.tflite"), name, o => o, "rp2040"),
            Wired => Write(NetworkOnnx.Write(WiredNetwork.Random(5, 200, 12)), "wired.onnx", name, o => o),
            _ => Write(Shared.Path("models", name), name, o => o),
        };

    private static ReportedModel Write(string path, string name, Func<CompileOptions, CompileOptions> change, string? against = null) =>
        Write(File.ReadAllBytes(path), path, name, change, against);

    private static ReportedModel Write(
        byte[] model,
        string path,
        string name,
        Func<CompileOptions, CompileOptions> change,
        string? against = null
    )
    {
        var options = change(new() { Name = "net", Device = DeviceDatabase.Find("nrf52840").Value });
        var (content, json) = Compile(model, path, options);
        if (against is not null)
        {
            var accuracy = new ReportAccuracy("quantize.json", 1000, "test", 0.9213, 0.9187, 0.9187);
            var other = Compile(model, path, options with { Device = DeviceDatabase.Find(against).Value }).Content.Model;
            content = content with { Model = content.Model with { Accuracy = accuracy }, Against = other };
        }
        Directory.CreateDirectory(BrowserFixture.Pictures);
        var page = Path.Combine(BrowserFixture.Pictures, name.Replace('/', '-') + ".html");
        File.WriteAllText(page, ReportPage.Html(content));
        return new(page, json, content.Model);
    }

    private static (ReportContent Content, JsonObject Json) Compile(byte[] model, string path, CompileOptions options)
    {
        var history = new PassHistory();
        var result = ModelCompiler.Build(model, path, options, new CompilerTools { Observe = history.Add });
        var compilation = result.ValueOrNull ?? throw new InvalidOperationException($"{path}: {string.Join("; ", result.Diagnostics)}");
        var json = JsonNode.Parse(CompilationJson.Of(compilation, result.Diagnostics).ToJsonString())!.AsObject();
        return (new(ReportBuilder.Model(compilation, result.Diagnostics), ReportDrawings.Of(compilation, history)), json);
    }
}
