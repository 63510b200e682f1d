using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>Requests of the protocol, without their ids.</summary>
internal static class Requests
{
    public const int Protocol = 1;

    public static JsonObject Hello() => new() { ["op"] = "hello", ["protocol"] = Protocol };

    public static JsonObject Init(TrainerSetup setup) => new()
    {
        ["op"] = "init",
        ["space"] = Space(setup.Space),
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
        Set("subnets", recipe.Subnets);
        Set("checkpoint_every", recipe.CheckpointEvery);
        Set("progress_every", recipe.ProgressEvery);
        return request;

        void Set<T>(string name, T? value)
            where T : struct
        {
            if (value is { } given)
                request[name] = JsonValue.Create(given);
        }
    }

    public static JsonNode Architecture(Architecture architecture) => JsonNode.Parse(architecture.ToJson())!;

    /// <summary>The search space in the form of its file.</summary>
    public static JsonObject Space(SearchSpace space) => new()
    {
        ["version"] = 1,
        ["name"] = space.Name,
        ["resolutions"] = List(space.Resolutions),
        ["widths"] = List(space.Widths),
        ["input"] = new JsonObject { ["channels"] = space.InputChannels },
        ["classes"] = space.Classes,
        ["rounding"] = new JsonObject { ["divisor"] = space.Rounding.Divisor, ["minimum"] = space.Rounding.Minimum, ["keep"] = space.Rounding.Keep },
        ["activation"] = space.Activation == Activation.Relu6 ? "relu6" : "relu",
        ["stem"] = new JsonObject { ["out"] = space.Stem.Out, ["kernel"] = space.Stem.Kernel, ["stride"] = space.Stem.Stride },
        ["first"] = new JsonObject { ["out"] = space.First.Out, ["kernel"] = List(space.First.Kernel), ["stride"] = space.First.Stride },
        ["stages"] = new JsonArray([.. space.Stages.Select(Stage)]),
        ["head"] = new JsonObject { ["out"] = space.HeadOut },
        ["residual"] = space.Residual == ResidualRule.AfterFirst ? "after-first" : "stride1-equal",
    };

    private static JsonNode Stage(Stage stage) => new JsonObject
    {
        ["out"] = stage.Out,
        ["stride"] = stage.Stride,
        ["depth"] = List(stage.Depth),
        ["kernel"] = List(stage.Kernel),
        ["expand"] = List(stage.Expand),
        ["width"] = List(stage.Width),
    };

    private static JsonNode List<T>(System.Collections.Generic.IEnumerable<T> values) => JsonSerializer.SerializeToNode(values)!;
}
