using System.CommandLine;

namespace McuNet.Cli.Train;

/// <summary>What <c>mcunet train</c> was asked for.</summary>
internal sealed record TrainRequest
{
    public required string? Space { get; init; }

    public required string? Dataset { get; init; }

    public required string? Out { get; init; }

    public required int Steps { get; init; }

    public required int? Batch { get; init; }

    public required double? LearningRate { get; init; }

    public required long Seed { get; init; }

    public required int Threads { get; init; }

    public required string? Trainer { get; init; }

    public required bool Resume { get; init; }

    public required bool Check { get; init; }

    public required bool Json { get; init; }
}

/// <summary>The options of <c>mcunet train</c>.</summary>
internal sealed class TrainOptions
{
    private readonly Option<string?> _space = new("--space") { Description = "Search-space file or the name of a preset." };
    private readonly Option<string?> _dataset = new("--dataset") { Description = "Data set file, see docs/training.md." };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for checkpoints." };
    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps of the largest network; random networks follow for twice as many.",
        DefaultValueFactory = _ => 1000,
    };
    private readonly Option<int?> _batch = new("--batch") { Description = "Images per step (default 256)." };
    private readonly Option<double?> _rate = new("--lr") { Description = "Learning rate of a batch of 256 (default 0.05)." };
    private readonly Option<long> _seed = new("--seed")
    {
        Description = "Seed of weights, order and sampling.",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<int> _threads = new("--threads") { Description = "CPU threads of the trainer.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _trainer = new("--trainer")
    {
        Description = "Command that starts another trainer, or this one by torchrun.",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the folder's checkpoint." };
    private readonly Option<bool> _check = new("--check") { Description = "Say what training needs and what is missing, and end." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[] { _space, _dataset, _out, _steps, _batch, _rate, _seed, _threads, _trainer, _resume, _check, _json }
        )
            command.Add(option);
    }

    public TrainRequest Read(ParseResult parsed)
    {
        var request = new TrainRequest
        {
            Space = parsed.GetValue(_space),
            Dataset = parsed.GetValue(_dataset),
            Out = parsed.GetValue(_out),
            Steps = parsed.GetValue(_steps),
            Batch = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
            Trainer = parsed.GetValue(_trainer),
            Resume = parsed.GetValue(_resume),
            Check = parsed.GetValue(_check),
            Json = parsed.GetValue(_json),
        };
        if (request.Steps < 1 || request.Batch < 1 || request.Threads < 1)
            throw new UsageException("--steps, --batch and --threads are whole numbers of at least 1.");
        if (request.LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new UsageException($"--lr {rate} is no positive number.");
        return request;
    }
}
