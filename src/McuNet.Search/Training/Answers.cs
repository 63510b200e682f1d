using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>Reads answers and refuses those that cannot be true, by <see cref="UntrueAnswerException"/>.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static T Read<T>(JsonObject message)
    {
        try
        {
            return message.Deserialize<T>(Options) ?? throw new UntrueAnswerException("it is null");
        }
        catch (JsonException e)
        {
            throw new UntrueAnswerException(e.Message);
        }
    }

    public static void Check(TrainerState state, TrainerSetup setup)
    {
        Demand(
            state.Dataset.Classes.Length == setup.Space.Classes,
            $"the data set has {state.Dataset.Classes.Length} classes, the space {setup.Space.Classes}"
        );
        Demand(state.Dataset is { Train: > 0, Validation: > 0, Test: >= 0 }, "a split has an impossible size");
        Demand(state.Stage is null or "largest" or "elastic", $"'{state.Stage}' is no stage");
        Demand(state.Step >= 0 && state.Step <= state.Steps, $"step {state.Step} is not within {state.Steps} steps");
    }

    public static void Check(TrainedStage trained, TrainingStage stage, TrainingRecipe recipe)
    {
        Demand(trained.Stage == Word(stage), $"stage '{trained.Stage}' was not asked for");
        Demand(
            trained.Steps == recipe.Steps && trained.Step >= 0 && trained.Step <= recipe.Steps,
            $"step {trained.Step} of {trained.Steps} where {recipe.Steps} steps were asked for"
        );
        Demand(trained.Cancelled || trained.Step == recipe.Steps, $"it stopped at step {trained.Step} of {recipe.Steps}");
        Demand(File.Exists(trained.Checkpoint), $"the checkpoint '{trained.Checkpoint}' does not exist");
    }

    public static void Check(AccuracyList list, int count)
    {
        Demand(list.Accuracies.Length == count, $"{list.Accuracies.Length} accuracies for {count} architectures");
        foreach (var accuracy in list.Accuracies)
            CheckAccuracy(accuracy);
    }

    public static void Check(RankingCheck check, int count)
    {
        Demand(
            check.Scores.Length == count && check.References.Length == count,
            $"{check.Scores.Length} scores and {check.References.Length} references for {count} architectures"
        );
        foreach (var score in check.Scores)
            CheckAccuracy(score);
        var own = RankCorrelation.Spearman(check.Scores, check.References);
        Demand(Math.Abs(own - check.Spearman) < 1e-6, $"a correlation of {check.Spearman} where its own figures give {own}");
    }

    public static void Check(FineTunedList list, int count)
    {
        Demand(list.Trainings.Length == count, $"{list.Trainings.Length} answers for {count} trainings");
        foreach (var tuned in list.Trainings)
            CheckAccuracy(tuned.Accuracy);
    }

    public static void Check(ExportedNetwork exported, string path)
    {
        CheckAccuracy(exported.Accuracy);
        Demand(exported.Difference is >= 0 and <= 1e-4, $"the exported network differs by {exported.Difference}");
        CheckTensorFile(path);
    }

    public static void Check(ImageSet images, SearchSpace space, int resolution, string path, int? count)
    {
        Demand(images.Count > 0 && (count is null || images.Count <= count), $"{images.Count} images where {count} were asked for");
        Demand(
            images.Shape.SequenceEqual([images.Count, space.InputChannels, resolution, resolution]),
            $"images of shape [{string.Join(", ", images.Shape)}]"
        );
        CheckTensorFile(path);
    }

    public static void CheckAccuracy(double accuracy) => Demand(accuracy is >= 0 and <= 1, $"an accuracy of {accuracy}");

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The file exists and holds what its first eight bytes, the length of the header, promise.</summary>
    public static void CheckTensorFile(string path)
    {
        Demand(File.Exists(path), $"the file '{path}' does not exist");
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        Demand(
            file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == 8
                && BitConverter.ToUInt64(length) <= (ulong)(file.Length - 8),
            $"the file '{path}' is cut off"
        );
    }

    public static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new UntrueAnswerException(otherwise);
    }
}
