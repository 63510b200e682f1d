using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>
/// Search-space optimisation (MCUNet, section 3.1): which resolution and width multiplier has the largest networks within the budgets? Random
/// networks of each are drawn, and the mean multiply-accumulates of those that fit is the score.
/// </summary>
/// <param name="Scales">By resolution, then width.</param>
public sealed record SpaceStudy(SearchSpace Space, StudyOptions Options, ImmutableArray<ScaleResult> Scales)
{
    /// <summary>Scales of which enough fits, highest mean first; of equals the lower resolution.</summary>
    public ImmutableArray<ScaleResult> Ranking { get; } =
        [.. Scales.Where(s => s.Feasible >= Options.Demanded && !s.Macs.IsEmpty).OrderByDescending(s => s.MeanMacs).ThenBy(s => s.Resolution).ThenBy(s => s.Width)];

    /// <summary>The first of the ranking, or null.</summary>
    public ScaleResult? Choice => Ranking.FirstOrDefault();

    /// <param name="progress">Called after every scale with the number done.</param>
    public static SpaceStudy Run(SearchSpace space, IResourceModel model, StudyOptions options, Action<int>? progress = null)
    {
        var scales = space.Resolutions.SelectMany(r => space.Widths.Select(w => (Resolution: r, Width: w))).ToArray();
        var results = new ScaleResult[scales.Length];
        var done = 0;
        Parallel.For(0, scales.Length, i =>
        {
            results[i] = Sample(space, model, options, scales[i].Resolution, scales[i].Width);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return new SpaceStudy(space, options, [.. results]);
    }

    /// <summary>Error MCU8007 where nothing is chosen, else null.</summary>
    public Diagnostic? Infeasible()
    {
        if (Choice is not null)
            return null;
        var best = Scales.OrderByDescending(s => s.Feasible).ThenBy(s => Math.Max(0, s.LeastSram - Options.SramBytes) + Math.Max(0, s.LeastFlash - Options.FlashBytes)).First();
        return Diagnostic.Create(
            DiagnosticCatalog.SpaceInfeasible, Scales.Length, Space.Name, 100 * Options.Demanded, Options.SramBytes, Options.FlashBytes,
            best.Name, 100 * best.Feasible, Advice(best));
    }

    private string Advice(ScaleResult best)
    {
        var parts = new List<string>();
        if (best.SramExcess > 0)
            parts.Add(FormattableString.Invariant($"{100 * best.SramExcess:0} % of its networks need too much SRAM, the least {best.LeastSram:N0} bytes; a lower resolution in the space, or more SRAM, helps"));
        if (best.FlashExcess > 0)
            parts.Add(FormattableString.Invariant($"{100 * best.FlashExcess:0} % need too much flash, the least {best.LeastFlash:N0} bytes; lower widths or fewer blocks in the space, or more flash, help"));
        return string.Join("; ", parts) + ".";
    }

    private static ScaleResult Sample(SearchSpace space, IResourceModel model, StudyOptions options, int resolution, double width)
    {
        var random = Sampling.Generator(options.Seed, resolution, width);
        var macs = new List<long>();
        var (leastSram, leastFlash, overSram, overFlash) = (long.MaxValue, long.MaxValue, 0, 0);
        for (var i = 0; i < options.Samples; i++)
        {
            var architecture = Sampling.Uniform(space, resolution, width, random);
            var (sram, flash) = model.Of(architecture);
            (leastSram, leastFlash) = (Math.Min(leastSram, sram), Math.Min(leastFlash, flash));
            overSram += sram > options.SramBytes ? 1 : 0;
            overFlash += flash > options.FlashBytes ? 1 : 0;
            if (sram <= options.SramBytes && flash <= options.FlashBytes)
                macs.Add(NetworkLayer.Of(space, architecture).Sum(l => l.Macs));
        }
        macs.Sort();
        return new ScaleResult(
            resolution, width, options.Samples, [.. macs], leastSram, leastFlash, (double)overSram / options.Samples, (double)overFlash / options.Samples);
    }
}
