using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace McuNet.Report.Tests;

/// <summary>
/// Reports as a reader meets them: in a browser, wide and narrow, light, dark and on paper, with a pointer and with the keyboard alone.
/// MCUNET_SUITE=all takes every model of ../shared; pictures are kept in artifacts/test-results/report.
/// </summary>
public sealed class ReportInABrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    /// <summary>Pixels of an A4 sheet between its margins of 14 mm.</summary>
    private const int PaperWidth = 688;

    public static TheoryData<string> Models() => new(ReportedModel.Names());

    [BrowserTheory]
    [MemberData(nameof(Models))]
    public async Task Report_ModelInABrowser_IsWholeLegibleAndReachable(string name)
    {
        var reported = ReportedModel.Of(name);
        await using var context = await fixture.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1280, Height = 900 },
                ColorScheme = ColorScheme.Light,
            }
        );
        var page = await context.NewPageAsync();
        var (faults, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => faults.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(reported.Page).AbsoluteUri);

        await AssertNumbers(page, reported);
        await AssertTables(page);
        await AssertWidth(page, 1280);
        await Picture(page, name, "light");
        await AssertKeyboard(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Picture(page, name, "dark");
        await page.SetViewportSizeAsync(400, 800);
        await AssertWidth(page, 400);
        await Picture(page, name, "narrow");
        await Paper(page, name);
        await Unfold(page);
        await AssertWidth(page, 400);
        await page.SetViewportSizeAsync(1280, 900);
        await AssertWidth(page, 1280);
        await AssertAccessible(page);

        Assert.Empty(faults);
        Assert.Single(requests);
    }

    [BrowserFact]
    public async Task Report_ButtonOfTheNavigation_UnfoldsAndFolds()
    {
        var page = await fixture.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(ReportedModel.Of("digits").Page).AbsoluteUri);
        var (all, open) = (await page.Locator("details").CountAsync(), page.Locator("details[open]"));
        Assert.Equal(0, await open.CountAsync());
        await page.Locator("nav button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(all, await open.CountAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(0, await open.CountAsync());
    }

    [BrowserFact]
    public async Task Report_OperatorLookedAt_IsMarkedEverywhereAndNamed()
    {
        var reported = ReportedModel.Of("digits");
        var page = await fixture.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(reported.Page).AbsoluteUri);
        var tip = page.Locator("#tip");
        Assert.False(await tip.IsVisibleAsync());

        var second = page.Locator("#memory .item").Nth(1);
        await second.ScrollIntoViewIfNeededAsync();
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await second.HoverAsync();
        Assert.Equal(await second.GetAttributeAsync("aria-label"), await tip.TextContentAsync());
        Assert.Equal(await page.Locator("[data-op='1']").CountAsync(), await page.Locator("[data-op='1'].looked").CountAsync());
        Assert.True(await page.Locator(".looked").CountAsync() >= 6);

        await page.Mouse.MoveAsync(1, 1);
        Assert.False(await tip.IsVisibleAsync());
        await page.Locator("#arena .item").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(await page.Locator("#arena .item").Nth(1).GetAttributeAsync("aria-label"), await tip.TextContentAsync());
        await page.Keyboard.PressAsync("End");
        Assert.Equal(await page.Locator("#arena .item").Last.GetAttributeAsync("aria-label"), await tip.TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await tip.IsVisibleAsync());
    }

    /// <summary>What stands on the page is what compile prints as JSON.</summary>
    private static async Task AssertNumbers(IPage page, ReportedModel reported)
    {
        var json = reported.Json;
        Assert.Equal((long)json["sram"]!["arena"]!, Number(await page.Locator("#arena-bytes").TextContentAsync()));
        var figures = await page.Locator(".figures b").AllTextContentsAsync();
        Assert.Equal([(long)json["sram"]!["total"]!, (long)json["flash"]!["total"]!], figures.Take(2).Select(Number));
        Assert.Equal((double)json["latencyMs"]!, double.Parse(figures[2], NumberStyles.Number, CultureInfo.InvariantCulture), 2);

        var front = await Cells(page, "front");
        var pareto = json["pareto"]!.AsArray();
        Assert.Equal(pareto.Select(p => ((long)p!["bytes"]!, (long)p["cycles"]!)), front.Select(r => (Number(r[0]), Number(r[2]))));
        Assert.Equal(pareto.Count + 1, await page.Locator("#front circle").CountAsync());

        var flash = await Cells(page, "flash");
        Assert.Equal((long)json["flash"]!["total"]!, flash.Sum(r => Number(r[2])));
        var cycles = await Cells(page, "cycles");
        Assert.InRange(cycles.Sum(r => Number(r[3])), (long)json["cycles"]! - cycles.Length, (long)json["cycles"]!);
        var segments = await Cells(page, "schedule");
        Assert.Equal(
            json["segments"]!
                .AsArray()
                .Select(s => (string.Join(", ", s!["operators"]!.AsArray().Select(o => (string)o!)), (long)s["bytes"]!)),
            segments.Select(r => (r[2], Number(r[3])))
        );
        Assert.Equal(json["diagnostics"]!.AsArray().Count, await page.Locator("#diagnostics li").CountAsync());

        await AssertHeights(page, reported);
    }

    /// <summary>The height of each column, as the browser has it, is its number.</summary>
    private static async Task AssertHeights(IPage page, ReportedModel reported)
    {
        var heights = await page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('#memory .item > .front')].map(r => r.getBBox().height)"
        );
        var live = (await Cells(page, "memory")).Select(r => Number(r[4])).ToArray();
        Assert.Equal(reported.Report.Operators.Select(o => o.Scheduled), live);
        Assert.Equal(live.Length, heights.Length);
        Assert.All(live.Zip(heights), p => Assert.Equal((double)p.First / live.Max() * heights.Max(), p.Second, 0.1));
    }

    private static async Task AssertTables(IPage page)
    {
        var charts = await page.Locator(".chart").CountAsync();
        Assert.True(charts >= 6);
        var told = await page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('.chart')].filter(c => c.closest('figure').querySelector('tbody tr')).length"
        );
        Assert.Equal(charts, told);
    }

    private static async Task AssertWidth(IPage page, int width)
    {
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(wide <= width, $"the page is {wide} pixels wide in a window of {width}");
    }

    /// <summary>Everything that can be used is a stop of the Tab key.</summary>
    private static async Task AssertKeyboard(IPage page)
    {
        var stops = await page.EvaluateAsync<int>(
            """
            () => {
              scrollTo(0, 0);
              document.activeElement.blur();
              window.met = new Set();
              document.addEventListener('focusin', e => window.met.add(e.target));
              window.stops = [...document.querySelectorAll('a[href], summary, button, input, select, [tabindex="0"]')].filter(e => e.checkVisibility());
              return window.stops.length;
            }
            """
        );
        for (var i = 0; i < stops + 2; i++)
            await page.Keyboard.PressAsync("Tab");
        var missed = await page.EvaluateAsync<string[]>(
            "() => window.stops.filter(e => !window.met.has(e)).map(e => e.outerHTML.slice(0, 100))"
        );
        Assert.Empty(missed);
        Assert.True(stops > 20);
    }

    private static async Task Unfold(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Light });
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
    }

    /// <summary>In dark the colours alone differ. Rows of a table and items of a picture are all alike: a few of each are looked
    /// at.</summary>
    private static async Task AssertAccessible(IPage page)
    {
        await page.EvaluateAsync(
            """
            () => {
              const few = (parent, children) => [...parent.querySelectorAll(children)].slice(6).forEach(e => e.remove());
              document.querySelectorAll('tbody').forEach(t => few(t, 'tr'));
              document.querySelectorAll('.chart > svg').forEach(s => few(s, '.item'));
              document.querySelectorAll('pre').forEach(p => { few(p, 'ins, del, b'); p.normalize(); });
            }
            """
        );
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var rules =
                scheme == ColorScheme.Dark
                    ? new AxeRunOptions
                    {
                        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
                    }
                    : null;
            var found = (await page.RunAxe(rules)).Violations.Where(v => v.Impact is "serious" or "critical");
            Assert.Empty(found.Select(v => $"{scheme}: {v.Id}, {v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
    }

    /// <summary>As it is printed: light, nothing cut off, everything unfolded.</summary>
    private static async Task Paper(IPage page, string name)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(PaperWidth, 1000);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
        await AssertWidth(page, PaperWidth);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = false; })");
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        var pdf = await page.PdfAsync(
            new()
            {
                Path = File(name, "print.pdf"),
                Format = "A4",
                PrintBackground = true,
            }
        );
        Assert.True(pdf.Length > 10_000);
        await page.SetViewportSizeAsync(400, 800);
    }

    private static Task Picture(IPage page, string name, string what) =>
        page.ScreenshotAsync(new() { Path = File(name, $"{what}.png"), FullPage = true });

    private static string File(string name, string what) => Path.Combine(BrowserFixture.Pictures, $"{name.Replace('/', '-')}.{what}");

    /// <summary>Of the first table of a section.</summary>
    private static async Task<string[][]> Cells(IPage page, string section) =>
        await page.EvaluateAsync<string[][]>(
            "id => [...document.querySelector(`#${id} tbody`).rows].map(r => [...r.cells].map(c => c.textContent))",
            section
        );

    private static long Number(string? text) => long.Parse(text!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
