using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using McuNet.Diagnostics;
using McuNet.FakeEngine;

const int fault = 1,
    wrongUsage = 2,
    internalError = 3;
string[] knownDevices = ["nrf52840", "stm32f746"];

if (args is not ["compile" or "arena" or "verify", ['@', .. var response]])
{
    Console.Error.WriteLine("usage: compile @RESPONSE, arena @RESPONSE or verify @RESPONSE");
    return wrongUsage;
}

var arguments = File.ReadAllLines(response).Select(a => a.Trim('"')).ToList();
string Option(string name, string otherwise) => arguments.IndexOf(name) is >= 0 and var at ? arguments[at + 1] : otherwise;

if (Environment.GetEnvironmentVariable("MCUNET_FAKE_LOG") is { Length: > 0 } log)
    RunLog.Append(log, string.Join(' ', arguments));

if (args[0] == "arena")
{
    var written = FakeArena.Write(arguments[0], [.. arguments.Skip(1).TakeWhile(a => a != "--out")], Option("--out", "."));
    Console.Write(
        JsonSerializer.Serialize(
            new
            {
                summary = $"arena {arguments[0]}: shared",
                diagnostics = Array.Empty<string>(),
                files = written,
            }
        )
    );
    return 0;
}

if (args[0] == "verify")
{
    var differs = File.ReadAllLines(Option("--cases", response)).Contains("differs");
    object[] differences = differs
        ?
        [
            new
            {
                id = DiagnosticCatalog.ExecutorNotExact.Id,
                severity = "error",
                message = "byte 3 is 4 and must be 5",
            },
        ]
        : [];
    Console.Write(JsonSerializer.Serialize(new { executors = Array.Empty<string>(), diagnostics = differences }));
    return differs ? fault : 0;
}

var modelFile = arguments[0];
var device = Option("--device", string.Empty);
var findings = new List<(string Id, DiagnosticSeverity Severity, string Message)>();
var files = (IReadOnlyList<string>)[];
var model = FakeModel.Read(modelFile);
if (model is null)
{
    var unreadable = Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, modelFile, "ONNX", "no fake-model line");
    findings.Add((unreadable.Id, unreadable.Severity, unreadable.Message));
}
else
{
    findings.AddRange(model.Findings);
}

if (!knownDevices.Contains(device) && !File.Exists(device))
{
    var unknown = Diagnostic.Create(DiagnosticCatalog.DeviceUnknown, device, "nrf52840");
    findings.Add((unknown.Id, unknown.Severity, unknown.Message));
}

if (model is { Crash: true })
{
    Console.Error.WriteLine("fake engine: asked to crash");
    return internalError;
}

if (model is { Garbage: true })
{
    Console.Write("this is { not JSON");
    return 0;
}

var failed = findings.Any(f => f.Severity == DiagnosticSeverity.Error);
if (!failed)
    files = FakeOutput.Write(
        model!,
        Option("--out", "."),
        Option("--name", "model"),
        device,
        Option("--input", "resident") == "rows",
        Option("--arena", string.Empty)
    );

Console.Write(
    JsonSerializer.Serialize(
        new
        {
            name = Option("--name", "model"),
            device,
            fits = !failed,
            diagnostics = findings.Select(f => new
            {
                id = f.Id,
                severity = f.Severity.ToString().ToLowerInvariant(),
                message = f.Message,
                file = (string?)null,
                line = (int?)null,
            }),
            files,
        }
    )
);
return failed ? fault : 0;
