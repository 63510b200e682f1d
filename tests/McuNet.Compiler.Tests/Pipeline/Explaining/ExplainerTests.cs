using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Explaining;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline.Explaining;

/// <summary>An explanation says what the compilation has: its figures add up to those of the compilation, and its reasons are true of the
/// front.</summary>
public sealed class ExplainerTests
{
    private static readonly NetworkGraph Network = Blocks();

    [Theory]
    [InlineData(Objective.Fit)]
    [InlineData(Objective.Memory)]
    [InlineData(Objective.Latency)]
    public void Of_Figures_AddUpToTheCompilation(Objective objective) =>
        AssertConsistent(Compiled(Network, Options() with { Objective = objective }));

    [Fact]
    public void Of_StreamedInputInBands_AddsUpToTheCompilation()
    {
        var all = Options() with { Input = InputMode.Rows, InputPasses = 4, Objective = Objective.Memory };

        AssertConsistent(Compiled(Network, all));
    }

    [SharedTheory]
    [InlineData("mlperf_vww_int8")]
    [InlineData("mlperf_resnet8_int8")]
    public void Of_RealModels_AddUpToTheCompilation(string model) =>
        AssertConsistent(
            Compiled(
                ModelCompiler.Network(File.ReadAllBytes(Shared.Path("models", "onnx", model + ".onnx")), model, model).Value,
                Options()
            )
        );

    [Fact]
    public void Of_Reasons_AreTrueOfTheFront()
    {
        var (fit, small, fast) = (
            Explained(Options()),
            Explained(Options() with { Objective = Objective.Memory }),
            Explained(Options() with { Objective = Objective.Latency })
        );
        var none = Explained(Options() with { Budgets = new(100) });
        var tight = Explained(Options() with { Budgets = new((long)small.Needs.Sram.Used) });

        Assert.Equal((ScheduleReason.Smallest, ScheduleReason.Fastest, ScheduleReason.NoneFits), (small.Reason, fast.Reason, none.Reason));
        Assert.Equal(fit.Passed is null ? ScheduleReason.FastestThatFits : ScheduleReason.LittleSlower, fit.Reason);
        Assert.Equal(small.Needs.ArenaBytes, none.Needs.ArenaBytes);
        Assert.True(tight.Reason is ScheduleReason.FastestThatFits or ScheduleReason.OnlyBandsFit or ScheduleReason.LittleSlower);
        Assert.Null(small.Smaller);
        Assert.All(none.Schedules, s => Assert.False(s.Fits));
    }

    /// <summary>Two layers of which the second reads the first's rows as they come: apart the whole tensor between them lives, in turns
    /// three rows of it.</summary>
    [Fact]
    public void Of_SegmentInTurns_NamesWhatItsLayersNeedApart()
    {
        var why = Explained(Options() with { Objective = Objective.Memory });

        var turns = why.Segments.Where(s => s.End - s.First > 1).ToArray();
        Assert.NotEmpty(turns);
        Assert.All(turns, s => Assert.NotNull(s.Apart));
        Assert.Contains(turns, s => s.Apart!.Value.PeakBytes > s.Cost.PeakBytes);
    }

    private static void AssertConsistent(Compilation compilation)
    {
        var why = Explainer.Of(compilation);

        Assert.Equal(Requirements.Of(compilation), why.Needs);
        var taken = Assert.Single(why.Schedules, s => s.IsTaken);
        Assert.Equal((why.Needs.ArenaBytes, why.Needs.Cycles), (taken.ArenaBytes, taken.Cycles));
        Assert.True(why.Larger is null || why.Larger.ArenaBytes >= taken.ArenaBytes);
        Assert.True(why.Smaller is null || why.Smaller.ArenaBytes <= taken.ArenaBytes);
        Assert.Equal(why.Peak.Sum(b => b.Bytes), why.Segments.Max(s => s.LiveBytes));
        Assert.True(why.Segments.Max(s => s.LiveBytes) <= why.Needs.ArenaBytes && why.Memory.LowerBound <= why.Needs.ArenaBytes);
        Assert.Equal(why.Needs.Cycles, why.Nodes.Sum(n => n.Cycles), 0.001 * why.Needs.Cycles);
        Assert.Equal(Enumerable.Range(0, why.Nodes.Length), why.Segments.SelectMany(s => Enumerable.Range(s.First, s.End - s.First)));
        Assert.All(why.Nodes, n => Assert.InRange(n.Index, why.Segments[n.Segment].First, why.Segments[n.Segment].End - 1));
        Assert.All(why.Nodes.Where(n => n.Chosen.Length > 0), n => Assert.Single(n.Candidates, n.IsTaken));
        Assert.All(
            why.Peak.Where(b => b.Tensor is not null),
            b => Assert.True(b.IsRing == b.Slots < b.Tensor!.Shape.Height && b.ReadBy.Length > 0)
        );
    }

    private static Explanation Explained(CompileOptions options) => Explainer.Of(Compiled(Network, options));

    private static Compilation Compiled(NetworkGraph network, CompileOptions options) => ModelCompiler.Compile(network, options).Value;

    private static CompileOptions Options() => new() { Name = "net", Device = DeviceDatabase.Find("nrf52840").Value };

    private static NetworkGraph Blocks()
    {
        var builder = new NetworkBuilder(5);
        var stem = builder.Conv(builder.Input(32, 32, 3), 16, NetworkBuilder.Square(3, stride: 2));
        var block = builder.Conv(
            builder.Depthwise(builder.Conv(stem, 64, NetworkBuilder.Square(1)), NetworkBuilder.Square(3)),
            16,
            NetworkBuilder.Square(1)
        );
        var wide = builder.Conv(
            builder.Depthwise(builder.Apply(new Add(), block, stem), NetworkBuilder.Square(3, stride: 2)),
            32,
            NetworkBuilder.Square(1)
        );
        return builder.Build("blocks", builder.Dense(builder.Apply(new Mean { OverHeight = true, OverWidth = true }, wide), 10));
    }
}
