using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Search.Study;

/// <summary>Studies by one judge, one for each SRAM budget and within it each flash budget.</summary>
/// <param name="Judge">Who judged the networks, in words.</param>
/// <param name="Short">The same beside others: <c>layer by layer</c>.</param>
public sealed record JudgedStudies(string Judge, string Short, ImmutableArray<SpaceStudy> Studies);

/// <summary>A space held against every pair of an SRAM and a flash budget, by one judge or by two that differ in their schedules.</summary>
/// <param name="Sram">Bytes, ascending; <paramref name="Flash"/> too.</param>
public sealed record SpaceGrid(ImmutableArray<long> Sram, ImmutableArray<long> Flash, ImmutableArray<JudgedStudies> Judges)
{
    public bool IsOneBudget => Sram.Length == 1 && Flash.Length == 1;

    /// <summary>The study that stands for the grid: the last judge's, under the largest budgets.</summary>
    public SpaceStudy Last => Judges[^1].Studies[^1];

    public SpaceStudy At(int judge, int sram, int flash) => Judges[judge].Studies[sram * Flash.Length + flash];

    /// <summary>How many times as many multiply-accumulates the last judge's choice has as the first's, in the mean of the networks that
    /// fit; null where there is one judge, or one of them chooses nothing.</summary>
    public double? Gain(int sram, int flash) =>
        Judges.Length > 1 && At(0, sram, flash).Choice is { } first && At(Judges.Length - 1, sram, flash).Choice is { } last
            ? last.MeanMacs / first.MeanMacs
            : null;

    /// <summary>What the schedules are worth under one pair of budgets, in a sentence; null where there is one judge.</summary>
    public string? Verdict(int sram, int flash)
    {
        if (Judges.Length < 2)
            return null;
        var (first, last) = (At(0, sram, flash).Choice, At(Judges.Length - 1, sram, flash).Choice);
        var gain = Gain(sram, flash) is { } factor ? FormattableString.Invariant($", {factor:0.00} x") : "";
        return FormattableString.Invariant(
            $"The mean network that fits has {Named(first, Judges[0].Short)}, {Named(last, Judges[^1].Short)}{gain}."
        );
    }

    private static string Named(ScaleResult? choice, string judge) =>
        choice is null
            ? $"nothing to choose from {judge}"
            : FormattableString.Invariant($"{ScaleResult.Millions(choice.MeanMacs)} MMACs {judge} ({choice.Name})");

    /// <summary>Holds a sample for each of <paramref name="samples"/> against all pairs of budgets.</summary>
    /// <param name="limits">Limits of time and energy, and the share demanded.</param>
    public static SpaceGrid Of(
        ImmutableArray<long> sram,
        ImmutableArray<long> flash,
        StudyOptions limits,
        params ImmutableArray<(string Judge, string Short, SpaceSample Sample)> samples
    ) =>
        new(
            sram,
            flash,
            [
                .. samples.Select(s => new JudgedStudies(
                    s.Judge,
                    s.Short,
                    [
                        .. sram.SelectMany(
                            _ => flash,
                            (bytes, most) => SpaceStudy.Of(s.Sample, limits with { SramBytes = bytes, FlashBytes = most })
                        ),
                    ]
                )),
            ]
        );
}
