using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Spaces;
using McuNet.Search.Study;

namespace McuNet.Search.PaperFigures;

/// <summary>A space of MCUNet's published table beside ours.</summary>
/// <param name="Published">Mean MACs in millions; <paramref name="Ours"/> the same, null where too little fits.</param>
public sealed record TenSpacesRow(string Name, double Published, double? Ours, double Feasible);

/// <summary>
/// MCUNet's table of the ten best search spaces at 320 kB of SRAM and 1 MB of flash. The space that was sampled and the memory model are
/// not published; two readings come with the tool.
/// </summary>
public sealed record TenSpaces(string Reading, string Memory, ScaleResult? Choice, int Common, ImmutableArray<TenSpacesRow> Rows)
{
    private static readonly ImmutableArray<(string Name, double Macs)> Published =
    [
        ("w0.3-r160", 32.5),
        ("w0.4-r112", 32.4),
        ("w0.4-r128", 39.3),
        ("w0.4-r144", 46.9),
        ("w0.5-r112", 38.3),
        ("w0.5-r128", 46.9),
        ("w0.5-r144", 52.0),
        ("w0.6-r112", 41.3),
        ("w0.7-r96", 31.4),
        ("w0.7-r112", 38.4),
    ];

    private static readonly ImmutableArray<(string Preset, string Memory, DeviceModel Model, StudyOptions Budgets)> Readings =
    [
        (
            "paper-table-principled",
            "in-place activations and 3 buffers <= 240 kB, convolution weights <= 1024 kB",
            new DeviceModel { Activations = ActivationRule.InPlaceWithBuffers, CountsClassifier = false },
            new StudyOptions(240 * 1024, 1024 * 1024)
        ),
        (
            "paper-table-fit",
            "peak activation <= 256 kB, weights + 8 B per channel + 100 kB <= 1024 kB",
            new DeviceModel
            {
                Activations = ActivationRule.Paper,
                ChannelBytes = 8,
                CodeBytes = 100 * 1024,
            },
            new StudyOptions(256 * 1024, 1024 * 1024)
        ),
    ];

    /// <summary>Names of the presets that read the table.</summary>
    public static IEnumerable<string> Presets => Readings.Select(r => r.Preset);

    /// <summary>Rank correlation of the rows of which enough fits.</summary>
    public double Spearman => Correlation(Compared.Select(r => r.Published), Compared.Select(r => r.Ours!.Value));

    /// <summary>Mean of |ours - published| / published over the rows of which enough fits.</summary>
    public double MeanError => Compared.Average(r => Math.Abs(r.Ours!.Value - r.Published) / r.Published);

    private IEnumerable<TenSpacesRow> Compared => Rows.Where(r => r.Ours is not null);

    /// <summary>The budgets of a preset's reading, and who judges in it.</summary>
    public static (DeviceModel Model, StudyOptions Budgets) ReadingOf(string preset) =>
        Readings.First(r => r.Preset == preset) is var reading ? (reading.Model, reading.Budgets) : default;

    /// <summary>A study of a preset's space, as its reading of the table says, beside the table.</summary>
    public static TenSpaces Beside(SpaceStudy study)
    {
        var scales = study.Scales.ToDictionary(s => s.Name);
        return new TenSpaces(
            study.Space.Name,
            Readings.First(r => r.Preset == study.Space.Name).Memory,
            study.Choice,
            study.Ranking.Take(Published.Length).Count(s => Published.Any(p => p.Name == s.Name)),
            [
                .. Published.Select(p => new TenSpacesRow(
                    p.Name,
                    p.Macs,
                    scales[p.Name].Feasible >= study.Options.Demanded ? scales[p.Name].MeanMacs / 1e6 : null,
                    scales[p.Name].Feasible
                )),
            ]
        );
    }

    /// <summary>Studies the preset's space as its reading of the table says.</summary>
    public static TenSpaces Compare(string preset, int samples, ulong seed, double demanded)
    {
        var (model, budgets) = ReadingOf(preset);
        var space = SpacePresets.Find(preset).Value;
        var sample = SpaceSample.Draw(space, new PublishedResources(space, model), samples, seed);
        return Beside(SpaceStudy.Of(sample, budgets with { Demanded = demanded }));
    }

    private static double Correlation(IEnumerable<double> a, IEnumerable<double> b)
    {
        var (x, y) = (Ranks([.. a]), Ranks([.. b]));
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (u, v) => (u - meanX) * (v - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(u => (u - meanX) * (u - meanX)) * y.Sum(v => (v - meanY) * (v - meanY)));
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select(v => values.Count(u => u < v) + (values.Count(u => u == v) - 1) / 2.0)];
}
