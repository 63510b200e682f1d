using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;
using McuNet.Search.Study;
using Xunit;

namespace McuNet.Search.Tests.Study;

public sealed class SpaceStudyTests
{
    private static readonly SearchSpace Digits = SpacePresets.Find("digits").Value;
    private static readonly SpaceSample Sample = SpaceSample.Draw(
        Digits,
        new PublishedResources(Digits, new DeviceModel { Activations = ActivationRule.Paper, ChannelBytes = 8 }),
        200,
        3
    );

    [Fact]
    public void Choice_AnyBudget_HasTheHighestMeanOfThoseThatFitOftenEnough()
    {
        var study = SpaceStudy.Of(Sample, new StudyOptions(6_000, 9_000));
        var eligible = study.Scales.Where(s => s.Feasible >= 0.05).ToArray();

        Assert.InRange(eligible.Length, 1, study.Scales.Length - 1);
        Assert.Equal(eligible.Max(s => s.MeanMacs), study.Choice!.MeanMacs);
        Assert.Equal(eligible.OrderByDescending(s => s.MeanMacs).Select(s => s.Name), study.Ranking.Select(s => s.Name));
        Assert.Null(study.Infeasible());
    }

    [Fact]
    public void Percentile_OfTenValues_TakesTheSecondAndTheEighth()
    {
        var result = new ScaleResult(16, 1.0, 20, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0, 0, 0, 0);

        Assert.Equal((2, 8, 10, 0.5), (result.Percentile(20), result.Percentile(80), result.Percentile(100), result.Feasible));
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameSample()
    {
        var model = new PublishedResources(Digits, DeviceModel.TinyEngine(8));
        string Text(ulong seed) =>
            string.Join(
                ' ',
                SpaceSample.Draw(Digits, model, 20, seed).Scales.SelectMany(s => s.Networks).Select(n => $"{n.Needs[0]} {n.Macs}")
            );

        Assert.Equal(Text(5), Text(5));
        Assert.NotEqual(Text(5), Text(6));
    }

    [Fact]
    public void Infeasible_TinyBudgets_NamesTheBestScaleAndWhatHelps()
    {
        var found = SpaceStudy.Of(Sample, new StudyOptions(500, 900)).Infeasible()!;

        Assert.Equal("MCU8007", found.Id);
        Assert.Contains("The best is w0.25-r16 with 0 %", found.Message, StringComparison.Ordinal);
        Assert.Contains("a lower resolution in the space, or more SRAM, helps", found.Message, StringComparison.Ordinal);
        Assert.Contains("or more flash, help", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_OfAStudy_IsOneFileWithACurvePerShownScale()
    {
        var study = SpaceStudy.Of(Sample, new StudyOptions(6_000, 9_000));
        var html = StudyReport.Html(One(study, "a <model>"));

        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.Contains("a &lt;model&gt;", html, StringComparison.Ordinal);
        Assert.Contains($"<b>{study.Choice!.Name}</b>", html, StringComparison.Ordinal);
        var svg = XElement.Parse(Regex.Match(html, "<svg.*?</svg>", RegexOptions.Singleline).Value);
        var curves = svg.Elements().Where(e => e.Name.LocalName == "polyline").ToArray();
        Assert.Equal(Math.Min(10, study.Ranking.Length), curves.Length);
        Assert.All(
            curves,
            c =>
                Assert.All(
                    c.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    p =>
                    {
                        var xy = p.Split(',').Select(double.Parse).ToArray();
                        Assert.InRange(xy[0], 52, 710);
                        Assert.InRange(xy[1], 12, 354);
                    }
                )
        );
    }

    [Fact]
    public void Html_NothingFits_SaysSo() =>
        Assert.Contains(
            "none has 5 %",
            StudyReport.Html(One(SpaceStudy.Of(Sample, new StudyOptions(10, 10)), "m")),
            StringComparison.Ordinal
        );

    [Fact]
    public void ErrorOfMean_OfThreeValues_IsThatOfTheSample()
    {
        var result = new ScaleResult(16, 1.0, 20, [1, 2, 3], 0, 0, 0, 0);

        Assert.Equal(1 / Math.Sqrt(3), result.ErrorOfMean!.Value, 12);
        Assert.Null((result with { Macs = [7] }).ErrorOfMean);
    }

    private static SpaceGrid One(SpaceStudy study, string judge) =>
        new([study.Options.SramBytes], [study.Options.FlashBytes], [new JudgedStudies(judge, "", [study])]);
}
