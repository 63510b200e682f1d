using System.Collections.Immutable;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>The two stages: the largest network alone, then random networks with shared weights.</summary>
public enum TrainingStage
{
    Largest,
    Elastic,
}

/// <summary>How the learning rate moves.</summary>
public enum RateSchedule
{
    /// <summary>A linear warm-up, then half a cosine to zero.</summary>
    Cosine,

    /// <summary>Up over the first 30 % of the steps, then down to zero, both along half a cosine (Smith and Topin 2017).</summary>
    OneCycle,
}

/// <summary>A trained network that another one learns from.</summary>
public sealed record Teacher(McuNet.Search.Spaces.Architecture Architecture, string Weights);

/// <summary>Validation images are held out of the training files; the test split is for the end.</summary>
public enum DataSplit
{
    Train,
    Validation,
    Test,
}

/// <summary>What a trainer works on.</summary>
/// <param name="Dataset">Path of the data set file (docs/training.md).</param>
/// <param name="Folder">For checkpoints, fine-tuned weights and decoded images.</param>
/// <param name="Resume">Whether a checkpoint in the folder is taken up; one of another space, data set or seed is refused.</param>
public sealed record TrainerSetup(SearchSpace Space, string Dataset, long Seed, string Folder, bool Resume = true);

/// <summary>How weights are trained. Null means the trainer's default, which docs/training.md states.</summary>
public sealed record TrainingRecipe(int Steps)
{
    /// <summary>Images per step.</summary>
    public int? Batch { get; init; }

    /// <summary>Of a batch of 256; scales with the batch.</summary>
    public double? LearningRate { get; init; }

    public double? Momentum { get; init; }

    public double? WeightDecay { get; init; }

    public double? LabelSmoothing { get; init; }

    public int? WarmupSteps { get; init; }

    /// <summary>How the rate moves from step to step.</summary>
    public RateSchedule? Schedule { get; init; }

    public bool? Nesterov { get; init; }

    /// <summary>Decay of the moving average of the weights that the training ends with, below 1; 0 for the last weights.</summary>
    public double? Average { get; init; }

    /// <summary>Share of the loss that is the distance to a teacher's softened answer, below 1.</summary>
    public double? Distillation { get; init; }

    /// <summary>Random networks per step of stage Elastic.</summary>
    public int? Subnets { get; init; }

    public int? CheckpointEvery { get; init; }

    public int? ProgressEvery { get; init; }
}

/// <summary>A sign of life in the middle of an operation. Figures of training are null elsewhere.</summary>
public sealed record TrainerProgress(
    string Op,
    int Step,
    int Steps,
    string? Stage = null,
    double? Loss = null,
    double? Accuracy = null,
    double? ImagesPerSecond = null,
    double? LearningRate = null
);

public sealed record TrainerHello(
    int Protocol,
    string Name,
    string Version,
    string? Device = null,
    int Processes = 1,
    int Threads = 1,
    string? Torch = null,
    string? Python = null,
    bool Amp = false
);

/// <summary>Sizes of the splits in images.</summary>
/// <param name="Shape">[C, H, W] of a stored image.</param>
public sealed record DatasetSummary(
    string Name,
    string Identity,
    ImmutableArray<string> Classes,
    ImmutableArray<int> Shape,
    int Train,
    int Validation,
    int Test
);

/// <summary>Where training stands: <paramref name="Step"/> of <paramref name="Steps"/> of a stage, null before the first.</summary>
public sealed record TrainerState(string Space, DatasetSummary Dataset, string? Stage, int Step, int Steps);

public sealed record TrainedStage(string Stage, int Step, int Steps, bool Cancelled, string Checkpoint);

public sealed record AccuracyList(ImmutableArray<double> Accuracies, int Images);

/// <param name="Scores">Accuracies under the supernet's weights.</param>
/// <param name="References">MACs, or accuracies of networks trained alone.</param>
/// <param name="Spearman">Their rank correlation, in [-1, 1].</param>
public sealed record RankingCheck(ImmutableArray<double> Scores, ImmutableArray<double> References, double Spearman);

/// <param name="Weights">Names the weights for <see cref="ITrainer.EvaluateAsync"/> and <see cref="ITrainer.ExportAsync"/>; survives a
/// restart.</param>
/// <param name="Accuracy">On the validation split.</param>
public sealed record FineTuned(string Weights, double Accuracy);

/// <summary>One training among those that processes share.</summary>
/// <param name="FromRandom">From the start; else from the supernet's weights.</param>
/// <param name="Seed">Of weights and order of images; null for the setup's.</param>
public sealed record AloneTraining(Architecture Architecture, TrainingRecipe Recipe, bool FromRandom, long? Seed, Teacher? Teacher);

/// <param name="Trainings">In the order that was asked.</param>
public sealed record FineTunedList(ImmutableArray<FineTuned> Trainings);

/// <param name="Accuracy">Of the folded weights on the validation split.</param>
/// <param name="Difference">Largest difference of a logit to the network before folding, relative to the largest logit.</param>
public sealed record ExportedNetwork(string Path, double Accuracy, double Difference);

/// <param name="Shape">[N, C, R, R].</param>
public sealed record ImageSet(string Path, int Count, ImmutableArray<int> Shape);
