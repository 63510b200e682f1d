using System;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Evolution;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>How the image may reach a network of the search.</summary>
public enum InputChoice
{
    Resident,
    Rows,

    /// <summary>Resident where that fits, else row by row.</summary>
    Either,
}

/// <summary>With what a ranking check compares supernet accuracies.</summary>
public enum RankReference
{
    Macs,

    /// <summary>Accuracies of the same networks trained alone.</summary>
    Trained,
}

/// <summary>How a search tells good networks from others.</summary>
public enum SearchMethod
{
    /// <summary>One training of weights that all networks share.</summary>
    Supernet,

    /// <summary>Some networks near the budget, each trained alone for a short time, and a ridge regression over their genes.</summary>
    Predictor,

    /// <summary>Multiply-accumulates: the largest network that fits.</summary>
    Largest,
}

/// <summary>Which schedules a network may fit by.</summary>
public enum ScheduleChoice
{
    /// <summary>All that a build has.</summary>
    All,

    /// <summary>One layer after the other, every tensor whole.</summary>
    Layers,
}

/// <summary>With what a network's own training begins.</summary>
public enum TuningStart
{
    Supernet,
    Random,

    /// <summary>Both are trained, and the better one on the validation split is kept.</summary>
    Both,
}

/// <param name="LargestSteps">Steps on the largest network.</param>
/// <param name="RandomSteps">Steps on random sub-networks.</param>
/// <param name="LearningRate">Of a batch of 256; scales with the batch.</param>
public sealed record TrainPlan(int LargestSteps, int RandomSteps, int Batch, double LearningRate);

/// <summary>How long networks train: steps, or times over the training images.</summary>
public sealed record TrainingLength(int? Steps, int? Epochs)
{
    public int Of(int images, int batch) => Steps ?? (int)Math.Ceiling((double)Epochs!.Value * images / batch);
}

/// <summary>How the networks of the contest are trained, each alone.</summary>
/// <param name="Top">How many of the best are scored again and trained.</param>
/// <param name="LearningRate">Of a batch of 256; scales with the batch.</param>
public sealed record FineTunePlan(TrainingLength Length, int Top, int Batch, double LearningRate)
{
    public RateSchedule Schedule { get; init; }

    public bool Nesterov { get; init; }

    public double? LabelSmoothing { get; init; }

    /// <summary>Decay of the moving average of the weights, 0 for none.</summary>
    public double Average { get; init; }

    /// <summary>Share of the loss that the answers of the best finalist have in a second training of all, 0 for none.</summary>
    public double Distillation { get; init; }

    public TuningStart From { get; init; }

    /// <summary>How often each network is trained, with seeds one after the other.</summary>
    public int Seeds { get; init; } = 1;

    public TrainingRecipe Recipe(int images) =>
        new(Length.Of(images, Batch))
        {
            Batch = Batch,
            LearningRate = LearningRate,
            Schedule = Schedule,
            Nesterov = Nesterov,
            LabelSmoothing = LabelSmoothing,
            Average = Average,
        };
}

/// <summary>What the predictor learns from.</summary>
/// <param name="Networks">How many are trained.</param>
/// <param name="Length">How long each.</param>
/// <param name="Band">They use at least this share of the budget: of its time where that is limited, else of the MACs of the largest that
/// fits.</param>
public sealed record PredictorPlan(int Networks, TrainingLength Length, double Band);

/// <param name="Gate">Least Spearman correlation with which the search goes on.</param>
/// <param name="Networks">Sub-networks that are compared, drawn for this alone.</param>
/// <param name="Steps">Training of each where the reference is its accuracy alone.</param>
/// <param name="Stops">Whether the search stops below the gate; else it warns.</param>
public sealed record RankPlan(double Gate, int Networks, RankReference Against, int Steps, bool Stops);

/// <summary>What to search, for what, and how: the content of a search file (docs/search.md). Null where the device decides or nothing is
/// asked.</summary>
/// <param name="Space">A preset's name, or a path relative to the search file.</param>
/// <param name="Dataset">Path of a data set file relative to the search file.</param>
/// <param name="Passes">How often each row of a streamed input may be asked for.</param>
/// <param name="Bands">Whether a network may count as fitting in bands of columns alone.</param>
/// <param name="EvaluationImages">Validation images per candidate during the search; null for all.</param>
public sealed record SearchFile(
    string Space,
    string Dataset,
    string? Device,
    Budgets Budgets,
    Objective Objective,
    InputChoice Input,
    int Passes,
    bool Bands,
    ScheduleChoice Schedule,
    SearchMethod Method,
    PredictorPlan Predictor,
    EvolutionSettings Evolution,
    ulong Seed,
    TrainPlan Train,
    RankPlan Rank,
    FineTunePlan FineTune,
    int? EvaluationImages,
    int CalibrationImages,
    bool Baselines
);
