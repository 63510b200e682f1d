using McuNet.Compiler.Pipeline;
using McuNet.Search.Evolution;

namespace McuNet.Search.Searching;

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

/// <param name="LargestSteps">Steps on the largest network.</param>
/// <param name="RandomSteps">Steps on random sub-networks.</param>
/// <param name="LearningRate">Of a batch of 256; scales with the batch.</param>
public sealed record TrainPlan(int LargestSteps, int RandomSteps, int Batch, double LearningRate);

/// <param name="Top">How many of the best are scored again and fine-tuned.</param>
public sealed record FineTunePlan(int Steps, int Top, int Batch, double LearningRate);

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
    EvolutionSettings Evolution,
    ulong Seed,
    TrainPlan Train,
    RankPlan Rank,
    FineTunePlan FineTune,
    int? EvaluationImages,
    int CalibrationImages,
    bool Baselines
);
