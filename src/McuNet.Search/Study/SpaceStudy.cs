using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>
/// Search-space optimisation (MCUNet, section 3.1): which resolution and width multiplier has the largest networks within the budgets?
/// Random networks of each are drawn, and the mean multiply-accumulates of those that fit is the score.
/// </summary>
/// <param name="Scales">By resolution, then width.</param>
public sealed record SpaceStudy(SearchSpace Space, ulong Seed, StudyOptions Options, ImmutableArray<ScaleResult> Scales)
{
    /// <summary>Scales of which enough fits, highest mean first; of equals the lower resolution.</summary>
    public ImmutableArray<ScaleResult> Ranking { get; } =
    [
        .. Scales
            .Where(s => s.Feasible >= Options.Demanded && !s.Macs.IsEmpty)
            .OrderByDescending(s => s.MeanMacs)
            .ThenBy(s => s.Resolution)
            .ThenBy(s => s.Width),
    ];

    /// <summary>The first of the ranking, or null.</summary>
    public ScaleResult? Choice => Ranking.FirstOrDefault();

    /// <exception cref="ArgumentException">The sample was not judged for that SRAM budget.</exception>
    public static SpaceStudy Of(SpaceSample sample, StudyOptions options) =>
        new(sample.Space, sample.Seed, options, [.. sample.Scales.Select(s => Result(s, options, sample.PlaceOf(options.SramBytes)))]);

    /// <summary>Error MCU8007 where nothing is chosen, else null.</summary>
    public Diagnostic? Infeasible()
    {
        if (Choice is not null)
            return null;
        var best = Scales
            .OrderByDescending(s => s.Feasible)
            .ThenBy(s => Math.Max(0, s.LeastSram - Options.SramBytes) + Math.Max(0, s.LeastFlash - Options.FlashBytes))
            .First();
        return Diagnostic.Create(
            DiagnosticCatalog.SpaceInfeasible,
            Scales.Length,
            Space.Name,
            100 * Options.Demanded,
            Options.SramBytes,
            Options.FlashBytes,
            best.Name,
            100 * best.Feasible,
            Advice(best)
        );
    }

    private string Advice(ScaleResult best)
    {
        var parts = new List<string>();
        if (best.SramExcess > 0)
            parts.Add(
                FormattableString.Invariant(
                    $"{100 * best.SramExcess:0} % of its networks need too much SRAM, the least {best.LeastSram:N0} bytes; a lower resolution in the space, or more SRAM, helps"
                )
            );
        if (best.FlashExcess > 0)
            parts.Add(
                FormattableString.Invariant(
                    $"{100 * best.FlashExcess:0} % need too much flash, the least {best.LeastFlash:N0} bytes; lower widths or fewer blocks in the space, or more flash, help"
                )
            );
        if (best.TimeExcess > 0)
            parts.Add(
                FormattableString.Invariant(
                    $"{100 * best.TimeExcess:0} % take too much time or energy, the least {best.LeastMs:0.##} ms; a lower resolution, or a faster device, helps"
                )
            );
        return string.Join("; ", parts) + ".";
    }

    private static ScaleResult Result(ScaleSample sample, StudyOptions options, int place)
    {
        var networks = sample.Networks.Select(n => (Needs: n.Needs[place], n.Macs)).ToArray();
        return new ScaleResult(
            sample.Resolution,
            sample.Width,
            networks.Length,
            [.. networks.Where(n => options.Fits(n.Needs)).Select(n => n.Macs).Order()],
            networks.Min(n => n.Needs.SramBytes) ?? 0,
            networks.Min(n => n.Needs.FlashBytes),
            Share(n => n.SramBytes > options.SramBytes),
            Share(n => n.FlashBytes > options.FlashBytes)
        )
        {
            LeastMs = networks.Min(n => n.Needs.LatencyMs),
            TimeExcess = Share(n => n.LatencyMs > options.LatencyMs || n.EnergyMj > options.EnergyMj),
        };

        double Share(Func<Needs, bool> isOver) => (double)networks.Count(n => isOver(n.Needs)) / networks.Length;
    }
}
