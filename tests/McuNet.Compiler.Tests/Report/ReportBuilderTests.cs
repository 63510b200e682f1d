using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Report;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Report;

/// <summary>The data of a report are those of the compiled model: everything is counted once, and the peak is the planner's.</summary>
public sealed class ReportBuilderTests
{
    [Fact]
    public void Model_RandomNetworks_SharesAddUpToTheWhole()
    {
        for (var seed = 1; seed <= 16; seed++)
        {
            var compilation = Compile(seed, seed % 2 == 0 ? Objective.Memory : Objective.Fit);
            var report = ReportBuilder.Model(compilation, []);
            Assert.Equal(compilation.Footprint.Weights, report.Operators.Sum(o => o.Weights));
            Assert.InRange(report.Operators.Sum(o => o.Cycles), report.Figures.Cycles - report.Operators.Length, report.Figures.Cycles);
            Assert.All(report.Operators, o => Assert.InRange(o.Waits, 0, o.Cycles));
            Assert.Equal(compilation.Model.Memory.AtPeak.Sum(s => s.Bytes), report.Operators.Max(o => o.Scheduled));
            Assert.All(report.Operators, o => Assert.InRange(o.Scheduled, 1, report.Figures.Arena));
            Assert.All(report.Operators.Where(o => o.Live.Length < 8), o => Assert.Equal(o.Scheduled, o.Live.Sum(l => l.Bytes)));
            Assert.Equal(compilation.Model.Graph.Macs, report.Operators.Sum(o => o.Macs));
        }
    }

    [Fact]
    public void Drawing_RandomNetworks_CallsFollowEachOtherAndBytesStayInside()
    {
        for (var seed = 1; seed <= 16; seed++)
        {
            var compilation = Compile(seed, Objective.Memory);
            var drawing = ReportDrawings.Of(compilation, new PassHistory());
            Assert.Equal(drawing.Milliseconds, drawing.Nodes.SelectMany(n => n.Calls).Sum(c => c.End - c.Begin), 6);
            Assert.All(drawing.Nodes, n => Assert.All(n.Inputs, i => Assert.InRange(i, -1, drawing.Nodes.IndexOf(n) - 1)));
            var arena = compilation.Model.Memory.ArenaBytes;
            Assert.All(
                drawing.Buffers.SelectMany(b => b.Live),
                l => Assert.True(l.Lo >= 0 && l.Hi <= arena && l.Begin <= l.End, l.ToString())
            );
            Assert.Equal(arena, drawing.Buffers.SelectMany(b => b.Live).Max(l => l.Hi));
        }
    }

    /// <summary>x 8x8x4, a 8x8x8, b = a again, c = a + b: while c is written a, b and c live, 3 x 512 bytes.</summary>
    [Fact]
    public void LayerByLayer_Residual_IsWhatLivesWhileALayerRuns()
    {
        var (small, wide) = (new TensorShape(8, 8, 4), new TensorShape(8, 8, 8));
        var tensors = new[] { ("x", small), ("a", wide), ("b", wide), ("c", wide) }
            .Select((t, i) => new Tensor(new(i), t.Item1, new(t.Item2, ElementType.Int8, new(1, 0))))
            .ToImmutableArray();
        var copy = new McuNet.Compiler.Operators.Reshape { Shape = wide };
        ImmutableArray<Node> nodes =
        [
            new(new(0), "a", copy, [new(0)], new(1)),
            new(new(1), "b", copy, [new(1)], new(2)),
            new(new(2), "c", copy, [new(1), new(2)], new(3)),
        ];
        var (input, output) = (
            new GraphPort("x", new(0), [1, 4, 8, 8], ElementType.Int8),
            new GraphPort("c", new(3), [1, 8, 8, 8], ElementType.Int8)
        );
        var graph = new NetworkGraph("net", tensors, nodes, [input], [output]);

        Assert.Equal<long>([256 + 512, 2 * 512 + 10, 3 * 512], LiveProfile.LayerByLayer(graph, n => n.Value == 1 ? 10 : 0));
    }

    [Fact]
    public void Json_OfAReport_IsReadBackFromTextAndFromAPage()
    {
        var compilation = Compile(3, Objective.Memory);
        var hostile = Diagnostic.Create(DiagnosticCatalog.DeviceUnknown, "</script><b>", "a");
        var model = ReportBuilder.Model(compilation, [hostile], new("quantize.json", 100, "test", 0.97, 0.96, null));
        var text = ReportJson.Write(model);
        var page = McuNet.Compiler.Report.Html.ReportPage.Html(new(model, ReportDrawings.Of(compilation, new PassHistory())));

        Assert.Equal(text, ReportJson.Write(ReportJson.Read(text)!));
        Assert.Equal(text, ReportJson.Write(ReportJson.Read(page)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    [InlineData("{\"version\":1,\"name\":\"x\"}")]
    [InlineData("<script type=\"application/json\" id=\"report\">{\"version\":")]
    public void Read_WhatIsNoReport_GivesNothing(string text) => Assert.Null(ReportJson.Read(text));

    [Fact]
    public void Read_OfAnotherVersion_GivesNothing() =>
        Assert.Null(
            ReportJson.Read(
                ReportJson.Write(ReportBuilder.Model(Compile(1, Objective.Fit), []) with { Version = ReportModel.CurrentVersion + 1 })
            )
        );

    private static Compilation Compile(int seed, Objective objective) =>
        ModelCompiler
            .Compile(
                RandomNetwork.Build(seed),
                new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find("nrf52840").Value,
                    Objective = objective,
                }
            )
            .Value;
}
