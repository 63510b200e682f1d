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
using McuNet.Cli.Space;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Cli.Train;

/// <summary><c>mcunet train</c>: trains a supernet, or says what is missing for that.</summary>
internal static class TrainCommand
{
    private const int RankedNetworks = 16;
    private const string SupernetFile = "supernet.safetensors";

    public static Command Create()
    {
        var command = new Command("train", "Train a supernet for a search space.");
        var options = new TrainOptions();
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var request = options.Read(parsed);
                return request.Check
                    ? await TrainCheck.RunAsync(request, cancellation).ConfigureAwait(false)
                    : await RunAsync(request, cancellation).ConfigureAwait(false);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(TrainRequest request, CancellationToken cancellation)
    {
        if (request.Space is null || request.Dataset is null || request.Out is null)
            throw new UsageException("Training needs --space, --dataset and --out; --check needs none of them.");
        Writable(request.Out);
        var diagnostics = new List<Diagnostic>();
        var result = new JsonObject();
        var space = Taken(SpaceCommand.Load(request.Space), diagnostics);
        if (space is not null && !request.Resume && File.Exists(Path.Combine(request.Out, SupernetFile)))
            diagnostics.Add(Diagnostic.Create(DiagnosticCatalog.TrainingCheckpointPresent, request.Out));
        else if (
            space is not null
            && Taken(await TrainerChoice.FindAsync(request.Trainer, request.Threads, cancellation).ConfigureAwait(false), diagnostics)
                is { } trainer
        )
            await TrainAsync(request, space, trainer, result, diagnostics, cancellation).ConfigureAwait(false);
        if (!request.Json)
            return Output.Report(diagnostics);
        result["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        Output.Json(result);
        return Output.ExitCode(diagnostics);
    }

    private static async Task TrainAsync(
        TrainRequest request,
        SearchSpace space,
        TrainerCommand command,
        JsonObject result,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation
    )
    {
        await using var trainer = new TrainerProcess(command);
        using var progress = request.Json ? null : ConsoleProgress.Lasting();
        var setup = new TrainerSetup(space, request.Dataset!, request.Seed, request.Out!, request.Resume);
        try
        {
            if (
                Taken(await trainer.HelloAsync(cancellation).ConfigureAwait(false), diagnostics) is not { } hello
                || Taken(await trainer.InitAsync(setup, cancellation).ConfigureAwait(false), diagnostics) is not { } state
            )
                return;
            Describe(hello, state, space, result, request.Json);
            if (await StagesAsync(trainer, request, state, progress, result, diagnostics, cancellation).ConfigureAwait(false))
                await JudgeAsync(trainer, space, request, progress, result, diagnostics, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            result["cancelled"] = true;
        }
    }

    /// <summary>Largest for the steps asked for, then twice as many with random networks; false when not finished.</summary>
    private static async Task<bool> StagesAsync(
        TrainerProcess trainer,
        TrainRequest request,
        TrainerState state,
        ConsoleProgress? progress,
        JsonObject result,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation
    )
    {
        var stages = new JsonArray();
        result["stages"] = stages;
        foreach (var (stage, steps) in new[] { (TrainingStage.Largest, request.Steps), (TrainingStage.Elastic, 2 * request.Steps) })
        {
            if (stage == TrainingStage.Largest && state.Stage == "elastic")
                continue;
            var recipe = new TrainingRecipe(steps) { Batch = request.Batch, LearningRate = request.LearningRate };
            if (
                Taken(await trainer.TrainAsync(stage, recipe, progress, cancellation).ConfigureAwait(false), diagnostics) is not { } trained
            )
                return false;
            stages.Add(
                new JsonObject
                {
                    ["stage"] = trained.Stage,
                    ["step"] = trained.Step,
                    ["steps"] = trained.Steps,
                }
            );
            result["checkpoint"] = trained.Checkpoint;
            if (!trained.Cancelled)
                continue;
            result["cancelled"] = true;
            return false;
        }
        return true;
    }

    /// <summary>Accuracy of the largest network, and whether the supernet ranks random ones as their MACs do.</summary>
    private static async Task JudgeAsync(
        TrainerProcess trainer,
        SearchSpace space,
        TrainRequest request,
        ConsoleProgress? progress,
        JsonObject result,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation
    )
    {
        var random = new SplitMix64((ulong)request.Seed);
        var networks = Enumerable.Range(0, RankedNetworks).Select(_ => Sampling.Uniform(space, random)).Distinct().ToImmutableArray();
        var largest = Taken(
            await trainer.EvaluateAsync([Extremes.Largest(space)], progress: progress, cancellation: cancellation).ConfigureAwait(false),
            diagnostics
        );
        var ranking = Taken(
            await trainer.RankAsync(networks, progress: progress, cancellation: cancellation).ConfigureAwait(false),
            diagnostics
        );
        if (largest is null || ranking is null)
            return;
        result["accuracy"] = largest.Accuracies[0];
        result["ranking"] = new JsonObject { ["networks"] = networks.Length, ["spearmanWithMacs"] = ranking.Spearman };
        progress?.Dispose();
        if (!request.Json)
            Console.Out.WriteLine(
                $"validation accuracy of the largest network {largest.Accuracies[0]:P2}; rank correlation of {networks.Length} random networks with their MACs {ranking.Spearman:0.00}"
            );
    }

    private static void Describe(TrainerHello hello, TrainerState state, SearchSpace space, JsonObject result, bool json)
    {
        var data = state.Dataset;
        result["trainer"] = new JsonObject
        {
            ["name"] = hello.Name,
            ["version"] = hello.Version,
            ["device"] = hello.Device,
            ["processes"] = hello.Processes,
        };
        result["space"] = space.Name;
        result["dataset"] = new JsonObject
        {
            ["name"] = data.Name,
            ["classes"] = data.Classes.Length,
            ["train"] = data.Train,
            ["validation"] = data.Validation,
            ["test"] = data.Test,
        };
        if (!json)
            Console.Out.WriteLine(
                $"{space.Name} on {data.Name}: {data.Train:N0} images to train, {data.Validation:N0} to validate, {data.Classes.Length} classes; {hello.Name} {hello.Version} on {hello.Device}"
            );
    }

    private static T? Taken<T>(StageResult<T> result, List<Diagnostic> diagnostics)
        where T : class
    {
        diagnostics.AddRange(result.Diagnostics);
        return result.Succeeded ? result.Value : null;
    }

    private static void Writable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{folder}' cannot be written: {e.Message}");
        }
    }
}
