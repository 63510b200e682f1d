using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Baselines;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>What the compiler alone says of a search, before anything is trained: whether anything fits, and how large it can be.</summary>
public sealed class LargestNetworks(SearchJob job, CandidateJudge judge)
{
    public LargestNetworks(SearchJob job)
        : this(job, new CandidateJudge(job.Space, job.Options, job.File.Input, job.File.Bands, job.File.Schedule, job.Threads)) { }

    /// <summary>MCU4005 where energy is limited and unknown, MCU8048 where not even the smallest network fits, else null.</summary>
    public Diagnostic? Problem()
    {
        if (job.File.Budgets.EnergyMj is { } energy && job.Device.Millijoules(1) is null)
            return Diagnostic.Create(DiagnosticCatalog.EnergyUnknown, job.Device.Id, energy, job.Space.Name);
        return judge.Judge([Extremes.Smallest(job.Space)])[0] is null ? Infeasible() : null;
    }

    /// <summary>MCU8048: by how much the smallest network does not fit.</summary>
    public Diagnostic Infeasible() =>
        Diagnostic.Create(DiagnosticCatalog.SearchInfeasible, job.Space.Name, judge.Excess(judge.Needs(Extremes.Smallest(job.Space))));

    /// <summary>The uniform networks that fit, as many as the population.</summary>
    public ImmutableArray<Candidate> Uniform() =>
        UniformNetworks.Spread(judge.Judge(UniformNetworks.All(job.Space)).OfType<Candidate>(), job.File.Evolution.Population);

    /// <summary>An evolution for multiply-accumulates.</summary>
    public Task<Generation> Grown(ImmutableArray<Candidate> seeds) =>
        new EvolutionRun(job.Space, job.File.Evolution with { Redistribution = 0 }, job.File.Seed, judge.Judge, Work).RunAsync(seeds);

    /// <summary>Multiply-accumulates as scores.</summary>
    public static Task<IReadOnlyList<double>> Work(IReadOnlyList<Candidate> candidates) =>
        Task.FromResult<IReadOnlyList<double>>([.. candidates.Select(c => (double)c.Resources.Macs)]);
}
