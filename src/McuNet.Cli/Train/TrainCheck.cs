using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Cli.Printing;
using McuNet.Cli.Space;
using McuNet.Diagnostics;
using McuNet.Search.Training;

namespace McuNet.Cli.Train;

/// <summary><c>mcunet train --check</c>: what training needs, what is there, how to get the rest.</summary>
internal static class TrainCheck
{
    public static async Task<int> RunAsync(TrainRequest request, CancellationToken cancellation)
    {
        var diagnostics = new List<Diagnostic>();
        var report = new JsonObject();
        if (request.Space is not null)
            diagnostics.AddRange(SpaceCommand.Load(request.Space).Diagnostics);
        if (request.Trainer is null)
            await PythonAsync(request, report, diagnostics, cancellation).ConfigureAwait(false);
        else
            await OtherAsync(request, report, diagnostics, cancellation).ConfigureAwait(false);
        report["ready"] = Output.ExitCode(diagnostics) == ExitCodes.Done;
        if (!request.Json)
        {
            foreach (var (name, value) in report)
                Console.Out.WriteLine($"{name, -10} {Line(value)}");
            return Output.Report(diagnostics);
        }
        report["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        Output.Json(report);
        return Output.ExitCode(diagnostics);
    }

    private static string Line(JsonNode? value) =>
        value is JsonObject { Count: > 1 } data
            ? $"{data["name"]}: {data["classes"]!.AsArray().Count} classes, images {string.Join(" x ", data["shape"]!.AsArray())}; {data["train"]} to train, {data["validation"]} to validate, {data["test"]} to test"
            : (value as JsonObject)?["error"]?.ToString() ?? value?.ToString() ?? "none";

    private static async Task PythonAsync(
        TrainRequest request,
        JsonObject report,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation
    )
    {
        var result = await TrainerChoice.PythonAsync(request.Dataset, cancellation).ConfigureAwait(false);
        diagnostics.AddRange(result.Diagnostics);
        if (!result.Succeeded)
            return;
        var found = result.Value;
        diagnostics.AddRange(found.Problems());
        report["python"] = $"{found.Version} ({found.Python})";
        foreach (var (module, version) in found.Modules.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            var package = found.Missing.FirstOrDefault(m => m.Module == module);
            report[module] = package is null
                ? version
                : $"missing{(package.Needed ? "" : ", needed for image files only")}: apt-get install {package.Package}";
        }
        report["cuda"] = found.Cuda;
        if (request.Dataset is not null)
            report["dataset"] = found.Dataset?.DeepClone();
    }

    private static async Task OtherAsync(
        TrainRequest request,
        JsonObject report,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation
    )
    {
        var command = await TrainerChoice.FindAsync(request.Trainer, request.Threads, cancellation).ConfigureAwait(false);
        diagnostics.AddRange(command.Diagnostics);
        if (!command.Succeeded)
            return;
        await using var trainer = new TrainerProcess(command.Value, new TrainerLimits { Restarts = 0 });
        var hello = await trainer.HelloAsync(cancellation).ConfigureAwait(false);
        diagnostics.AddRange(hello.Diagnostics);
        if (hello.Succeeded)
            report["trainer"] =
                $"{hello.Value.Name} {hello.Value.Version} on {hello.Value.Device ?? "an unnamed device"}, {hello.Value.Processes} processes";
    }
}
