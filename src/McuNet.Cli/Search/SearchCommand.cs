using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Cli.Printing;
using McuNet.Cli.Train;
using McuNet.Cli.Writing;
using McuNet.Diagnostics;
using McuNet.Search.Export;
using McuNet.Search.Reporting;
using McuNet.Search.Runs;
using McuNet.Search.Training;

namespace McuNet.Cli.Search;

/// <summary><c>mcunet search</c>: the network of a space that is most accurate within a device's budgets.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string> SearchFile = new("FILE") { Description = "The search file." };
    private static readonly Option<string?> DeviceName = new("--device")
    {
        Description = "Device id, alias, or path to a JSON device file; default: the search file's.",
    };
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder for state, checkpoints, weights and report; only --dry-run needs none.",
    };
    private static readonly Option<string?> OutputFile = new("--output")
    {
        HelpName = "net.onnx",
        Description =
            "Also export what was found as int8 ONNX: the winner to this file, the networks that it was compared with to the folder.",
    };
    private static readonly Option<string?> Trainer = new("--trainer")
    {
        HelpName = "command",
        Description = "Command that starts the trainer; default: the bundled one, with PyTorch.",
    };
    private static readonly Option<ulong?> Seed = new("--seed") { HelpName = "number", Description = "Replaces the search file's seed." };
    private static readonly Option<int?> Seeds = new("--seeds")
    {
        HelpName = "count",
        Description = "Replaces finetune.seeds of the search file: how often each network of the contest is trained.",
    };
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Train nothing: read all files, and print the largest networks that fit.",
    };
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Go on with the search that the folder holds; begin where it holds none.",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object on standard output and nothing else.",
    };

    public static Command Create()
    {
        var command = new Command("search", "Search the most accurate network of a space within a device's budgets.") { SearchFile };
        foreach (Option option in new Option[] { DeviceName, Out, OutputFile, Trainer, Seed, Seeds, DryRun, Resume, Json })
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Seeds) is < 1 or > 100)
            throw new UsageException("--seeds takes a number from 1 to 100.");
        if (parsed.GetValue(Out) is null && !parsed.GetValue(DryRun))
            throw new UsageException("--out names the folder of the search; only --dry-run needs none.");
        var loaded = SearchSetup.Load(
            parsed.GetValue(SearchFile)!,
            parsed.GetValue(DeviceName),
            parsed.GetValue(Seed),
            parsed.GetValue(Out) ?? "",
            Environment.ProcessorCount,
            parsed.GetValue(Seeds)
        );
        if (!loaded.Succeeded)
            return Failed(parsed, loaded.Diagnostics);
        if (parsed.GetValue(DryRun))
            return await Dry(parsed, loaded.Value);
        var trainer = await TrainerChoice.FindAsync(parsed.GetValue(Trainer), threads: 1, cancellation);
        if (!trainer.Succeeded)
            return Failed(parsed, trainer.Diagnostics);
        var entered = SearchState.Enter(loaded.Value, parsed.GetValue(Resume));
        if (!entered.Succeeded)
            return Failed(parsed, entered.Diagnostics);
        using var log = entered.Value;
        using var progress = ConsoleProgress.Lasting();
        try
        {
            return await Search(parsed, loaded.Value, trainer.Value, log, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            Console.Error.WriteLine($"The search stopped. Finished work is kept in '{loaded.Value.Folder}'; --resume goes on there.");
            return ExitCodes.AtFault;
        }
    }

    private static async Task<int> Dry(ParseResult parsed, SearchJob job)
    {
        var largest = new LargestNetworks(job);
        if (largest.Problem() is { } problem)
            return Failed(parsed, [problem]);
        var grown = (await largest.Grown(largest.Uniform())).Best(5);
        if (parsed.GetValue(Json))
            Output.Json(WithDiagnostics(OutcomeJson.Of(job, grown), []));
        else
            SearchText.Print(job, grown);
        return ExitCodes.Done;
    }

    private static async Task<int> Search(
        ParseResult parsed,
        SearchJob job,
        TrainerCommand command,
        EvaluationLog log,
        ConsoleProgress progress,
        CancellationToken cancellation
    )
    {
        await using var trainer = new TrainerProcess(command);
        var outcome = await SearchRun.RunAsync(job, trainer, log, progress, cancellation);
        if (!outcome.Succeeded)
        {
            progress.Dispose();
            return Failed(parsed, outcome.Diagnostics);
        }
        var files = await ResultFiles.WriteAsync(job, trainer, outcome.Value, cancellation);
        progress.Dispose();
        if (!files.Succeeded)
            return Failed(parsed, [.. outcome.Diagnostics, .. files.Diagnostics]);
        var result = OutcomeJson.Of(job, outcome.Value);
        try
        {
            SearchState.Finish(job, result);
            if (Artifacts.Write(job.Folder, [new("report.html", SearchReport.Html(job, outcome.Value))]) is { } problem)
                return Failed(parsed, [.. outcome.Diagnostics, problem]);
        }
        catch (SearchStoppedException stop)
        {
            return Failed(parsed, [.. outcome.Diagnostics, .. stop.Diagnostics]);
        }
        var exported = await Export(parsed, job, files.Value, cancellation);
        result["exported"] = exported.ValueOrNull;
        ImmutableArray<Diagnostic> found = [.. outcome.Diagnostics, .. exported.Diagnostics];
        if (parsed.GetValue(Json))
            Output.Json(WithDiagnostics((JsonObject)result.DeepClone(), found));
        else
            SearchText.Print(job, outcome.Value, exported.ValueOrNull ?? []);
        return parsed.GetValue(Json) ? Output.ExitCode(found) : Output.Report(found);
    }

    private static async Task<StageResult<JsonArray>> Export(
        ParseResult parsed,
        SearchJob job,
        IReadOnlyList<ContenderFiles> files,
        CancellationToken cancellation
    )
    {
        if (parsed.GetValue(OutputFile) is not { } output)
            return StageResult<JsonArray>.Success([]);
        var stamp = SearchSetup.Stamp(
            parsed.GetValue(SearchFile)!,
            parsed.GetValue(DeviceName),
            parsed.GetValue(Seed),
            parsed.GetValue(Seeds)
        );
        using var progress = ConsoleProgress.Lasting();
        var export = new OnnxExport(step => progress.Report(new SearchProgress($"export: {step.Step}", step.Done, step.Total, null)));
        var exported = await SearchExport.RunAsync(job, files, output, stamp, export, cancellation);
        progress.Dispose();
        return exported;
    }

    private static int Failed(ParseResult parsed, ImmutableArray<Diagnostic> diagnostics)
    {
        if (!parsed.GetValue(Json))
            return Output.Report(diagnostics);
        Output.Json(WithDiagnostics([], diagnostics));
        return Output.ExitCode(diagnostics);
    }

    private static JsonObject WithDiagnostics(JsonObject result, ImmutableArray<Diagnostic> diagnostics)
    {
        result["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        return result;
    }
}
