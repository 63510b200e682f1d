using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Report;
using McuNet.Compiler.Report.Html;
using McuNet.Compiler.Tests.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Report;

/// <summary>A page is one well-formed file that shows the numbers of its data, and names of models as text.</summary>
public sealed class ReportPageTests
{
    private static readonly Lazy Digits = new();

    [Fact]
    public void Html_NamesThatAreMarkup_ShowAsText()
    {
        var content = Digits.Content with { Model = Digits.Content.Model with { Name = "<script>alert(1)</script>&\"'" } };
        var html = ReportPage.Html(content);

        Assert.Contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39; on nRF52840</h1>", html);
        Assert.Equal(2, html.Split("<script").Length - 1);
    }

    [Fact]
    public void Html_AsksNothingOfANetwork()
    {
        var html = ReportPage.Html(Digits.Content);
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("@import", html);
        Assert.DoesNotContain("url(", html);
        Assert.Contains("default-src 'none'", html);
    }

    [Fact]
    public void Html_EveryChart_HasATable() =>
        Assert.All(Page(Digits.Content).Descendants("figure"), f => Assert.NotEmpty(f.Descendants("table")));

    [Fact]
    public void Html_SectionsWithoutData_AreLeftOut()
    {
        var ids = Page(Digits.Content).Descendants("section").Select(s => s.Attribute("id")!.Value).ToArray();
        Assert.Equal(["memory", "arena", "schedule", "front", "cycles", "flash", "tensors", "passes", "device"], ids);
        var whole = Digits.Content with
        {
            Model = Digits.Content.Model with
            {
                Accuracy = new("quantize.json", 100, "test", 0.975, 0.9625, null),
                Messages = [new("MCU4001", "error", "Not enough SRAM", "It needs more.")],
                Devices =
                [
                    new(
                        "rp2040",
                        "RP2040",
                        "Cortex-M0+",
                        133_000_000,
                        true,
                        "yes",
                        "fast",
                        11_768,
                        252_000,
                        23_456,
                        2_000_000,
                        12.5,
                        null,
                        1.25,
                        null
                    ),
                    new(
                        "stm32f103",
                        "STM32F103",
                        "Cortex-M3",
                        72_000_000,
                        false,
                        "no: SRAM",
                        "fast",
                        20_000,
                        -3_616,
                        20_001,
                        29_151,
                        20,
                        5,
                        null,
                        null
                    ),
                ],
            },
            Against = Digits.Content.Model,
        };
        var page = Page(whole);
        Assert.Equal(ReportPage.Sections.Select(s => s.Id), page.Descendants("section").Select(s => s.Attribute("id")!.Value));
        Assert.Equal(
            page.Descendants("nav").Single().Descendants("a").Select(a => a.Attribute("href")!.Value),
            ReportPage.Sections.Select(s => $"#{s.Id}")
        );
        Assert.Contains("97.50", Section(page, "accuracy").Value);
        Assert.Contains("96.25", Section(page, "accuracy").Value);
        Assert.Contains("MCU4001", Section(page, "diagnostics").Value);
        Assert.Contains("It fits 1 of 2 devices", Section(page, "devices").Value);
        Assert.Equal(
            [
                ["RP2040", "Cortex-M0+", "133", "11,768", "252,000", "23,456", "2,000,000", "12.50", "", "1.250", "", "fast", "yes"],
                ["STM32F103", "Cortex-M3", "72", "20,000", "-3,616", "20,001", "29,151", "20.00", "5.00", "", "", "fast", "no: SRAM"],
            ],
            Rows(Section(page, "devices")).Select(r => r.ToArray())
        );
    }

    [Fact]
    public void Memory_ColumnsAndTable_AreTheFigures()
    {
        var (model, section) = (Digits.Content.Model, Section(Page(Digits.Content), "memory"));
        var rows = Rows(section);
        Assert.Equal(
            model.Operators.Select(o => (o.Name, o.LayerByLayer, o.Scheduled)),
            rows.Select(r => (r[0], r[3].Length == 0 ? null : (long?)Number(r[3]), Number(r[4])))
        );
        var (behind, front) = (Heights(section, "behind"), Heights(section, "front"));
        var unit = front.Max() / model.Operators.Max(o => o.Scheduled);
        Assert.All(
            model.Operators.Select((o, i) => (o.Scheduled, Height: front[i])),
            p => Assert.Equal(p.Scheduled * unit, p.Height, 0.02)
        );
        Assert.All(
            model.Operators.Select((o, i) => (o.LayerByLayer, Height: behind[i])),
            p => Assert.Equal((p.LayerByLayer ?? 0) * unit, p.Height, 0.02)
        );
    }

    [Fact]
    public void Front_DotsAndTable_AreTheSchedules()
    {
        var (model, section) = (Digits.Content.Model, Section(Page(Digits.Content), "front"));
        Assert.Equal(model.Front.Select(p => (p.Arena, p.Cycles)), Rows(section).Select(r => (Number(r[0]), Number(r[2]))));
        var dots = section.Descendants("circle").Select(c => (X: Coordinate(c, "cx"), Y: Coordinate(c, "cy"))).ToArray();
        Assert.Equal(model.Front.Length + 1, dots.Length);
        Assert.Equal(dots[..^1].OrderBy(d => d.X).Select(d => d.Y), dots[..^1].OrderBy(d => d.Y).Select(d => d.Y));
    }

    [Fact]
    public void Arena_PathsAndTable_AreTheBuffers()
    {
        var (drawing, section) = (Digits.Content.Drawing, Section(Page(Digits.Content), "arena"));
        Assert.Equal(drawing.Buffers.Length, section.Descendants("path").Count());
        Assert.Equal(
            drawing.Buffers.Select(b => (b.Name, (long)b.Offset, b.Bytes)),
            Rows(section).Select(r => (r[0], Number(r[2]), Number(r[3])))
        );
    }

    [Fact]
    public void Comparison_OperatorsOfBoth_StandBesideEachOther()
    {
        var model = Digits.Content.Model;
        var other = model with { Name = "other", Operators = [.. model.Operators.Skip(1), model.Operators[0] with { Name = "new" }] };
        var page = Page(Digits.Content with { Against = other });
        var rows = Rows(Section(page, "comparison").Elements("figure").First());
        Assert.Equal([.. model.Operators.Select(o => o.Name), "new"], rows.Select(r => r[0]));
        Assert.Equal("", rows[0][2]);
        Assert.Equal("", rows[^1][1]);
        Assert.All(rows[1..^1], r => Assert.Equal(r[1], r[2]));
    }

    [Fact]
    public void Stairs_StepsThatLookAlike_AreOneBox()
    {
        Assert.Equal("M0 2H10V4H0z", StairsPath.Of([(0, 5, 2, 4), (5, 10, 2, 4)]));
        Assert.Equal("M0 2H10V4H0zM10 1H20V4H10z", StairsPath.Of([(0, 10, 2, 4), (10, 20, 1, 4)]));
        Assert.Equal("M0 2H10V4H0zM11 2H20V4H11z", StairsPath.Of([(0, 10, 2, 4), (11, 20, 2, 4)]));
    }

    /// <summary>A thousand steps on twenty units of a picture: as many boxes as it can show, and none of the bytes lost.</summary>
    [Fact]
    public void Stairs_FinerThanAPictureShows_AreJoined()
    {
        var path = StairsPath.Of(Enumerable.Range(0, 1000).Select(i => (i * 0.02, (i + 1) * 0.02, 0.0, (double)(i % 7 + 1))));
        Assert.InRange(path.Split('M').Length - 1, 20, 100);
        Assert.All(path.Split('M')[1..^1], box => Assert.Contains("V7", box));
    }

    private static XElement Section(XDocument page, string id) => page.Descendants("section").Single(s => s.Attribute("id")!.Value == id);

    private static string[][] Rows(XElement element) =>
        [.. element.Descendants("tbody").First().Elements("tr").Select(r => r.Elements("td").Select(d => d.Value).ToArray())];

    private static double[] Heights(XElement section, string style) =>
        [
            .. section
                .Descendants("g")
                .SelectMany(g => g.Elements("rect"))
                .Where(r => r.Attribute("class")!.Value == style)
                .Select(r => Coordinate(r, "height")),
        ];

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static double Coordinate(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    /// <summary>As XML: what has no end tag in HTML is the head and line breaks.</summary>
    private static XDocument Page(ReportContent content)
    {
        var html = ReportPage.Html(content);
        var body = html[
            html.IndexOf("<body>", System.StringComparison.Ordinal)..(html.IndexOf("<script", System.StringComparison.Ordinal))
        ];
        return XDocument.Parse(body.Replace("<br>", "<br/>") + "</body>");
    }

    private sealed class Lazy
    {
        private ReportContent? _content;

        public ReportContent Content => _content ??= Make();

        private static ReportContent Make()
        {
            var bytes = File.ReadAllBytes(Path.Combine(RepositoryFolder.Root, "samples", "digits", "digits.onnx"));
            var history = new PassHistory();
            var options = new CompileOptions
            {
                Name = "digits",
                Device = DeviceDatabase.Find("nrf52840").Value,
                Objective = Objective.Memory,
            };
            var compilation = ModelCompiler.Compile(bytes, "digits.onnx", options, new CompilerTools { Observe = history.Add }).Value;
            return new(ReportBuilder.Model(compilation, []), ReportDrawings.Of(compilation, history));
        }
    }
}
