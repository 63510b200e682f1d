using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>
/// The table of stages in docs/architecture.md names types that exist, and the picture of the pipeline is drawn from it.
/// MCUNET_REGENERATE=1 draws it anew.
/// </summary>
public sealed class PipelinePictureTests
{
    private const int Width = 960;
    private const int Pitch = 62;
    private const int BoxLeft = 24;
    private const int BoxWidth = 330;
    private const int BoxHeight = 30;

    private sealed record Stage(string Name, string From, string To, string By, string CheckedBy);

    [Fact]
    public void Stages_EntryPoints_AreTypesOfTheProduct()
    {
        var types = Directory
            .GetFiles(Path.Combine(RepositoryFolder.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(f).Split('.')[0])
            .ToHashSet(StringComparer.Ordinal);
        var stages = Stages();
        Assert.Equal("Read", stages[0].Name);
        Assert.Equal("Emit", stages[^1].Name);
        Assert.All(
            stages,
            s => Assert.All(Regex.Matches(s.By, "`([A-Za-z]+)").Select(m => m.Groups[1].Value), t => Assert.Contains(t, types))
        );
    }

    [Fact]
    public void Picture_OfTheDocument_IsDrawnFromItsTable()
    {
        var path = Path.Combine(RepositoryFolder.Root, "docs", "pictures", "pipeline.svg");
        var text = Draw(Stages());
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(path, text);
        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == text,
            "docs/pictures/pipeline.svg is stale. Run the tests once with the environment variable MCUNET_REGENERATE=1 and commit the file."
        );
    }

    private static Stage[] Stages() =>
        [
            .. File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs", "architecture.md"))
                .SkipWhile(l => !l.StartsWith("| stage |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(l => l.StartsWith('|'))
                .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
                .Select(c => (Cells: c, Arrow: c[2].LastIndexOf("->", StringComparison.Ordinal)))
                .Select(c => new Stage(
                    c.Cells[1],
                    c.Cells[2][..c.Arrow].Trim(),
                    c.Cells[2][(c.Arrow + 2)..].Trim(),
                    c.Cells[3],
                    c.Cells[4]
                )),
        ];

    /// <summary>A box for what each stage gives, an arrow into it with the stage and its entry points, and what checks it.</summary>
    private static string Draw(Stage[] stages)
    {
        var height = stages.Length * Pitch + BoxHeight + 16;
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" width="{{Width}}" height="{{height}}" role="img" aria-label="The pipeline">
            <style>text { font: 12px sans-serif; fill: #24292f; } .result { fill: #fff; font-weight: bold; } .check { font-size: 11px; fill: #57606a; } line { stroke: #8c959f; stroke-width: 1.5; } path { fill: #8c959f; } @media (prefers-color-scheme: dark) { text { fill: #d0d7de; } .check { fill: #8c959f; } }</style>
            <title>The pipeline: what each stage makes, and what checks it</title>

            """
        );
        Box(0, stages[0].From);
        for (var i = 0; i < stages.Length; i++)
        {
            var (centre, top) = (BoxLeft + 24, i * Pitch + 8 + BoxHeight);
            var end = top + Pitch - BoxHeight;
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                <line x1="{centre}" y1="{top}" x2="{centre}" y2="{end - 6}"/><path d="M{centre - 4} {end - 7}h8l-4 7z"/>
                <text x="{centre + 14}" y="{top + 20}">{Plain(stages[i].Name)}: {Plain(stages[i].By)}</text>

                """
            );
            Box(i + 1, stages[i].To);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"check\" x=\"{BoxLeft + BoxWidth + 16}\" y=\"{end + 19}\">{Plain(Short(stages[i].CheckedBy, 96))}</text>\n"
            );
        }
        return text.Append("</svg>\n").ToString();

        void Box(int row, string result) =>
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                <rect x="{BoxLeft}" y="{row * Pitch + 8}" width="{BoxWidth}" height="{BoxHeight}" rx="4" fill="#4c8dd6"/>
                <text class="result" x="{BoxLeft + 10}" y="{row * Pitch + 28}">{Plain(Short(result, 44))}</text>

                """
            );
    }

    private static string Plain(string markdown) => WebUtility.HtmlEncode(markdown.Replace("`", string.Empty));

    /// <summary>As many whole words as there is room for.</summary>
    private static string Short(string text, int most) =>
        text.Length <= most ? text : text[..text.LastIndexOf(' ', most - 2)].TrimEnd(',', ';', ':') + " …";
}
