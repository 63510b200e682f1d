using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>
/// Says whether networks fit a device, by the compiler's schedule search, plan and size model. With <see cref="InputChoice.Either"/> a
/// network that does not fit with its image resident may fit row by row. Bands of columns compute some rows twice, so they are tried when
/// nothing else fits, under each input. Remembers what it judged.
/// </summary>
/// <param name="bands">Whether bands are tried at all.</param>
/// <param name="choice">Which schedules a network may fit by.</param>
public sealed class CandidateJudge(
    SearchSpace space,
    CompileOptions options,
    InputChoice input,
    bool bands,
    ScheduleChoice choice,
    int threads
)
{
    private readonly ConcurrentDictionary<Architecture, Candidate?> _judged = new();
    private readonly ImmutableArray<(InputMode Mode, ResourceEvaluator Evaluator)> _tries =
    [
        .. from schedules in Schedules(options.Objective, input, bands, choice)
        from mode in Modes(input)
        select (mode, new ResourceEvaluator(space, new EvaluationTarget(options with { Input = mode }, schedules))),
    ];

    /// <summary>The candidates of those that fit, null for the others, in order.</summary>
    public IReadOnlyList<Candidate?> Judge(IReadOnlyList<Architecture> architectures)
    {
        var candidates = new Candidate?[architectures.Count];
        Parallel.For(
            0,
            candidates.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => candidates[i] = _judged.GetOrAdd(architectures[i], Decide)
        );
        return candidates;
    }

    /// <summary>What a network needs under the input that asks for least SRAM.</summary>
    public Resources Needs(Architecture architecture) => _tries.Select(e => e.Evaluator.Evaluate(architecture)).MinBy(r => r.SramBytes)!;

    public bool Fits(Resources resources) =>
        resources.SramBytes <= options.SramBudget
        && resources.FlashBytes <= options.FlashBudget
        && !(resources.LatencyMs > options.Budgets.LatencyMs)
        && !(resources.EnergyMj > options.Budgets.EnergyMj);

    /// <summary>Budgets that a network breaks, in words.</summary>
    public string Excess(Resources resources)
    {
        var parts = new List<string>();
        if (resources.SramBytes > options.SramBudget)
            parts.Add(Text($"{resources.SramBytes:N0} bytes of SRAM where {options.SramBudget:N0} are allowed"));
        if (resources.FlashBytes > options.FlashBudget)
            parts.Add(Text($"{resources.FlashBytes:N0} bytes of flash where {options.FlashBudget:N0} are allowed"));
        if (resources.LatencyMs > options.Budgets.LatencyMs)
            parts.Add(Text($"{resources.LatencyMs:0.##} ms where {options.Budgets.LatencyMs:0.##} are allowed"));
        if (resources.EnergyMj > options.Budgets.EnergyMj)
            parts.Add(Text($"{resources.EnergyMj:0.###} mJ where {options.Budgets.EnergyMj:0.###} are allowed"));
        return string.Join(", ", parts);
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Candidate? Decide(Architecture architecture)
    {
        if (Footprint.LeastFlash(NetworkLayer.Of(space, architecture).Select(l => l.Weights)) > options.FlashBudget)
            return null;
        var settled = new HashSet<InputMode>();
        foreach (var (mode, evaluator) in _tries.Where(t => !settled.Contains(t.Mode)))
        {
            var resources = evaluator.Evaluate(architecture);
            if (Fits(resources))
                return new Candidate(architecture, resources, mode, NetworkLayer.Hash(space, architecture));
            if (resources.SramBytes <= options.SramBudget)
                settled.Add(mode);
        }
        return null;
    }

    /// <summary>With one input the evaluation with bands begins with the others itself; with more of them all inputs are tried without
    /// bands first.</summary>
    private static ScheduleMode[] Schedules(Objective objective, InputChoice input, bool bands, ScheduleChoice choice) =>
        choice == ScheduleChoice.Layers ? [ScheduleMode.Layers]
        : !bands ? [ScheduleMode.Rows]
        : input == InputChoice.Either && objective == Objective.Fit ? [ScheduleMode.Rows, ScheduleMode.Bands]
        : [ScheduleMode.Bands];

    private static InputMode[] Modes(InputChoice input) =>
        input switch
        {
            InputChoice.Resident => [InputMode.Resident],
            InputChoice.Rows => [InputMode.Rows],
            _ => [InputMode.Resident, InputMode.Rows],
        };
}
