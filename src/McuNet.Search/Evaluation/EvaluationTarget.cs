using McuNet.Compiler.Pipeline;

namespace McuNet.Search.Evaluation;

/// <summary>Which schedules an evaluation considers.</summary>
public enum ScheduleMode
{
    /// <summary>All schedules that compute nothing twice.</summary>
    Rows,

    /// <summary>Bands of columns too: the choice of <c>mcunet compile</c> under the same options.</summary>
    Bands,

    /// <summary>One layer after the other, every tensor whole.</summary>
    Layers,
}

/// <summary>For what networks are evaluated: device, budgets, objective and input as for a build, and which schedules.</summary>
public sealed record EvaluationTarget(CompileOptions Options, ScheduleMode Mode);
