using System;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Evaluation;

public sealed class ResourceEvaluatorTests
{
    /// <summary>A core with DSP and FPU, one without, one with vectors; budgets that some networks fit and others do not.</summary>
    [Theory]
    [InlineData("cifar", "nrf52840", 14_000, InputMode.Resident, 18)]
    [InlineData("cifar", "rp2040", 12_000, InputMode.Rows, 12)]
    [InlineData("digits", "stm32f746", 6_000, InputMode.Resident, 14)]
    [InlineData("cifar", "corstone300", 20_000, InputMode.Resident, 6)]
    public void Evaluate_RandomNetworks_EqualsTheBuildByteForByte(string preset, string device, long sram, InputMode input, int count) =>
        AssertEqualsBuilds(preset, Options(device, sram, input), count);

    /// <summary>Budgets below what most networks need without bands, and the smallest arena whatever the budget.</summary>
    [Theory]
    [InlineData("digits", "rp2040", 3_000, InputMode.Resident, 1, Objective.Fit, 6)]
    [InlineData("cifar", "nrf52840", 8_000, InputMode.Resident, 1, Objective.Fit, 3)]
    [InlineData("cifar", "corstone300", 6_000, InputMode.Rows, 4, Objective.Fit, 4)]
    [InlineData("digits", "rp2040", 4_000, InputMode.Rows, 4, Objective.Memory, 6)]
    [InlineData("cifar", "stm32f746", 64_000, InputMode.Resident, 1, Objective.Memory, 3)]
    public void Evaluate_WhereBuildsTakeBands_EqualsThemByteForByte(
        string preset,
        string device,
        long sram,
        InputMode input,
        int passes,
        Objective objective,
        int count
    )
    {
        var banded = AssertEqualsBuilds(preset, Options(device, sram, input) with { InputPasses = passes, Objective = objective }, count);

        Assert.True(banded > 0, $"none of {count} builds has bands");
    }

    [Fact]
    public void Evaluate_ForLatency_EqualsTheBuildByteForByte() =>
        Assert.Equal(
            0,
            AssertEqualsBuilds("digits", Options("nrf52840", 4_000, InputMode.Resident) with { Objective = Objective.Latency }, 4)
        );

    [Fact]
    public void Evaluate_WithoutBands_ComputesNothingTwiceAndFitsLess()
    {
        var space = SpacePresets.Find("cifar").Value;
        var options = Options("nrf52840", 8_000, InputMode.Resident);
        var (whole, banded) = (
            new ResourceEvaluator(space, new(options, ScheduleMode.Rows)),
            new ResourceEvaluator(space, new(options, ScheduleMode.Bands))
        );
        var random = new SplitMix64(2026);
        var networks = Enumerable.Range(0, 3).Select(_ => Sampling.Uniform(space, random)).ToArray();

        Assert.All(networks, n => Assert.Equal(1.0, whole.Evaluate(n).MacFactor));
        Assert.All(networks, n => Assert.True(banded.Evaluate(n).ArenaBytes <= whole.Evaluate(n).ArenaBytes));
        Assert.Contains(
            networks,
            n => banded.Evaluate(n) is { MacFactor: > 1 } r && r.Schedule.Contains('b') && r.SramBytes < whole.Evaluate(n).SramBytes
        );
    }

    /// <summary>All rows of a layer as one step take more scratch, and fewer cycles: not where that is too much.</summary>
    [Fact]
    public void Evaluate_LayerByLayerInATightBudget_RunsRowsOneAfterTheOther()
    {
        var space = SpacePresets.Find("digits").Value;
        var (wide, tight) = (Evaluator(64_000), Evaluator(4_000));
        var (random, less) = (new SplitMix64(3), 0);
        for (var i = 0; i < 25; i++)
        {
            var architecture = Sampling.Uniform(space, random);
            var (large, small) = (wide.Evaluate(architecture), tight.Evaluate(architecture));
            Assert.True(small.ArenaBytes <= large.ArenaBytes && small.Cycles >= large.Cycles);
            less += small.ArenaBytes < large.ArenaBytes ? 1 : 0;
        }
        Assert.InRange(less, 5, 25);

        ResourceEvaluator Evaluator(int sram) =>
            new(space, new EvaluationTarget(Options("nrf52840", sram, InputMode.Resident), ScheduleMode.Layers));
    }

    /// <summary>Layer by layer the arena is the most bytes live at once; a plan of that schedule needs at least that and little
    /// more.</summary>
    [Theory]
    [InlineData("cifar", InputMode.Resident)]
    [InlineData("cifar", InputMode.Rows)]
    [InlineData("digits", InputMode.Resident)]
    public void Evaluate_LayerByLayer_IsTheLiveBytesOfThePlannedSchedule(string preset, InputMode input)
    {
        var space = SpacePresets.Find(preset).Value;
        var options = Options("nrf52840", 1_000_000, input);
        var evaluator = new ResourceEvaluator(space, new EvaluationTarget(options, ScheduleMode.Layers));
        var random = new SplitMix64(11);
        for (var i = 0; i < 25; i++)
        {
            var architecture = Sampling.Uniform(space, random);
            var graph = ArchitectureGraph.Of(space, architecture);
            var rows = new NetworkRows(graph);
            var kernels = graph.Nodes.Select(n => Lowered(n.Operator, graph.TypesOf(n), options.Device)).ToArray();
            var cuts = Enumerable.Range(0, graph.Nodes.Length).ToArray();
            var pricer = new SegmentPricer(rows, [.. kernels], input);
            bool Joins(int n) =>
                (n > 0 || input == InputMode.Resident)
                && SegmentPricer.MayJoin(rows, n, kernels[n])
                && pricer.Joined(n).Cycles <= pricer.Interleaved(n, n + 1).Cycles;
            var schedule = ScheduleBuilder.Build(rows, input, cuts, cuts.Select(n => Joins(n) ? rows.Dependencies[n].Steps : 0).ToArray());
            var called = schedule.Called([.. kernels]);
            var plan = MemoryPlanner.Plan(schedule, called, ArenaOptions.Default);

            var resources = evaluator.Evaluate(architecture);

            Assert.InRange(plan.ArenaBytes, resources.ArenaBytes, resources.ArenaBytes * 1.03);
            var cycles = schedule.Steps.Sum(s => s.IsInput ? SegmentPricer.CyclesPerCall : SegmentPricer.CyclesOf(s, called[s.Node.Value]));
            Assert.Equal(
                DeviceKernels.Scale(options.Device, cycles, (int)resources.TableBytes),
                resources.Cycles,
                resources.Cycles * 1e-12
            );
        }
    }

    [Fact]
    public void Evaluate_Many_EqualsOneByOne()
    {
        var space = SpacePresets.Find("digits").Value;
        var target = new EvaluationTarget(Options("nrf52840", 8_192, InputMode.Resident), ScheduleMode.Bands);
        var random = new SplitMix64(4);
        var architectures = Enumerable.Range(0, 12).Select(_ => Sampling.Uniform(space, random)).ToArray();

        var together = new ResourceEvaluator(space, target).Evaluate(architectures);

        Assert.Equal(architectures.Select(new ResourceEvaluator(space, target).Evaluate), together);
    }

    /// <returns>How many of the builds have bands.</returns>
    private static int AssertEqualsBuilds(string preset, CompileOptions options, int count)
    {
        var space = SpacePresets.Find(preset).Value;
        var evaluator = new ResourceEvaluator(space, new EvaluationTarget(options, ScheduleMode.Bands));
        var random = new SplitMix64(2026);
        var banded = 0;
        for (var i = 0; i < count; i++)
        {
            var architecture = Sampling.Uniform(space, random);
            var graph = ArchitectureGraph.Of(space, architecture, new RandomConstants((ulong)i).Of);
            var compilation = ModelCompiler.Compile(graph, options).Value;
            var (model, footprint) = (compilation.Model, compilation.Footprint);

            var resources = evaluator.Evaluate(architecture);

            Assert.Equal(
                (model.Memory.ArenaBytes, (int)compilation.SramBytes, footprint.Weights, footprint.Flash, graph.Macs, model.Cycles),
                (resources.ArenaBytes, resources.SramBytes, resources.TableBytes, resources.FlashBytes, resources.Macs, resources.Cycles)
            );
            Assert.Equal(model.MacFactor, resources.MacFactor);
            Assert.Equal(model.Schedule.Segments.Select(model.IsBanded), resources.Schedule.Split(' ').Select(s => s.EndsWith('b')));
            banded += model.MacFactor > 1 ? 1 : 0;
        }
        return banded;
    }

    private static McuNet.Compiler.Kernels.KernelCall Lowered(
        McuNet.Compiler.Graph.Operator op,
        McuNet.Compiler.Graph.NodeTypes types,
        Device device
    ) => McuNet.Compiler.Operators.OperatorTable.Outline(op, types, DeviceKernels.TargetOf(device));

    private static CompileOptions Options(string device, long sram, InputMode input) =>
        new()
        {
            Name = "network",
            Device = DeviceDatabase.Find(device).Value,
            Input = input,
            Budgets = new Budgets(sram, 1 << 20),
        };
}
