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

    public static SpaceStudy Of(SpaceSample sample, StudyOptions options) =>
        new(sample.Space, sample.Seed, options, [.. sample.Scales.Select(s => Result(s, options))]);

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
        return string.Join("; ", parts) + ".";
    }

    private static ScaleResult Result(ScaleSample sample, StudyOptions options)
    {
        var networks = sample.Networks;
        return new ScaleResult(
            sample.Resolution,
            sample.Width,
            networks.Length,
            [.. networks.Where(n => n.SramBytes <= options.SramBytes && n.FlashBytes <= options.FlashBytes).Select(n => n.Macs).Order()],
            networks.Min(n => n.SramBytes),
            networks.Min(n => n.FlashBytes),
            networks.Average(n => n.SramBytes > options.SramBytes ? 1.0 : 0.0),
            networks.Average(n => n.FlashBytes > options.FlashBytes ? 1.0 : 0.0)
        );
    }
}
