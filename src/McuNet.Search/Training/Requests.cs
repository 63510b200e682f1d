using System.Text.Json.Nodes;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>Requests of the protocol, without their ids.</summary>
internal static class Requests
{
    public const int Protocol = 1;

    public static JsonObject Hello() => new() { ["op"] = "hello", ["protocol"] = Protocol };

    public static JsonObject Init(TrainerSetup setup) =>
        new()
        {
            ["op"] = "init",
            ["space"] = SpaceWriter.Write(setup.Space),
            ["dataset"] = System.IO.Path.GetFullPath(setup.Dataset),
            ["seed"] = setup.Seed,
            ["directory"] = System.IO.Path.GetFullPath(setup.Folder),
            ["resume"] = setup.Resume,
        };

    /// <summary>A request with the fields of a recipe that are set.</summary>
    public static JsonObject WithRecipe(string op, TrainingRecipe recipe)
    {
        var request = new JsonObject { ["op"] = op, ["steps"] = recipe.Steps };
        Set("batch", recipe.Batch);
        Set("learning_rate", recipe.LearningRate);
        Set("momentum", recipe.Momentum);
        Set("weight_decay", recipe.WeightDecay);
        Set("label_smoothing", recipe.LabelSmoothing);
        Set("warmup", recipe.WarmupSteps);
        Set("schedule", recipe.Schedule?.ToString().ToLowerInvariant());
        Set("nesterov", recipe.Nesterov);
        Set("average", recipe.Average);
        Set("distillation", recipe.Distillation);
        Set("subnets", recipe.Subnets);
        Set("checkpoint_every", recipe.CheckpointEvery);
        Set("progress_every", recipe.ProgressEvery);
        return request;

        void Set<T>(string name, T? value)
        {
            if (value is { } given)
                request[name] = JsonValue.Create(given);
        }
    }

    public static JsonObject FineTune(AloneTraining training)
    {
        var request = WithRecipe("finetune", training.Recipe);
        request["seed"] = training.Seed;
        if (training.Teacher is { } teacher)
            request["teacher"] = new JsonObject { ["architecture"] = Architecture(teacher.Architecture), ["weights"] = teacher.Weights };
        request["architecture"] = Architecture(training.Architecture);
        request["from"] = training.FromRandom ? "random" : "supernet";
        return request;
    }

    public static JsonNode Architecture(Architecture architecture) => JsonNode.Parse(architecture.ToJson())!;
}
