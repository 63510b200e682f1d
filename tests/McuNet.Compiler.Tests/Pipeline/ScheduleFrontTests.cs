using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

/// <summary>Which schedule of a front an objective takes.</summary>
public sealed class ScheduleFrontTests
{
    private const int Networks = 150;
    private static readonly Device Board = DeviceDatabase.Find("stm32l4r5").Value;

    [Fact]
    public void Choose_Fit_TakesNoTwiceTheMemoryForAHundredthOfTheTime()
    {
        var passed = 0;
        for (var seed = 1; seed <= Networks; seed++)
        {
            var front = Front(Random(seed), InputMode.Resident);
            var (choice, fastest) = (front.Choose(Objective.Fit, _ => int.MaxValue), front.Choose(Objective.Latency, _ => 0));
            Assert.DoesNotContain(
                front.Points,
                p => 2 * p.ArenaBytes <= choice.ArenaBytes && p.Candidate.Cost.Cycles < 1.0099 * choice.Candidate.Cost.Cycles
            );
            var halvings = Math.Log2((double)fastest.ArenaBytes / choice.ArenaBytes);
            Assert.InRange(choice.Candidate.Cost.Cycles / fastest.Candidate.Cost.Cycles, 1, Math.Pow(1.01, halvings) + 1e-9);
            passed += choice == fastest ? 0 : 1;
        }
        Assert.InRange(passed, 1, Networks - 1);
    }

    /// <summary>A MobileNetV1 of width 0.25 on 96 x 96 grey pixels: half of the fastest schedule's memory costs half a hundredth of its
    /// time.</summary>
    [Fact]
    public void Compile_MobileNetV1OnGreyPixels_TakesTheKneeAndSaysWhatTheFastestNeeds()
    {
        var options = new CompileOptions { Name = "net", Device = Board };
        var (fit, fastest) = (
            ModelCompiler.Compile(MobileNetV1(), options).Value.Model,
            ModelCompiler.Compile(MobileNetV1(), options with { Objective = Objective.Latency }).Value.Model
        );

        Assert.InRange(fit.Memory.ArenaBytes, 1, 0.6 * fastest.Memory.ArenaBytes);
        Assert.InRange(fit.Cycles, 1, 1.01 * fastest.Cycles);
        Assert.Null(fastest.Faster);
        Assert.Equal(fastest.Pareto[0].ArenaBytes, fit.Faster!.ArenaBytes);
        Assert.InRange(fit.Faster.SavedShare, 0.0001, 0.01);
    }

    [Fact]
    public void Compile_TimeThatOnlyTheFastestKeeps_TakesTheFastest()
    {
        var options = new CompileOptions { Name = "net", Device = Board };
        var fastest = ModelCompiler.Compile(MobileNetV1(), options with { Objective = Objective.Latency }).Value.Model;
        var inTime = options with { Budgets = new Budgets(LatencyMs: Board.Milliseconds(fastest.Cycles)) };

        Assert.Equal(fastest.Memory.ArenaBytes, ModelCompiler.Compile(MobileNetV1(), inTime).Value.Model.Memory.ArenaBytes);
    }

    /// <summary>Rows that arrive as they are asked for lie in a ring, which may not make room for an output that grows as a whole input
    /// does.</summary>
    [Fact]
    public void Choose_SmallestStreamed_IsNoLargerThanFastestResident()
    {
        var first = 0;
        for (var seed = 1; seed <= 2 * Networks; seed++)
        {
            var graph = Random(seed);
            if (graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var (resident, streamed) = (
                Front(graph, InputMode.Resident).Choose(Objective.Latency, _ => 0),
                Front(graph, InputMode.Rows).Choose(Objective.Memory, _ => 0)
            );
            Assert.True(
                streamed.ArenaBytes <= resident.ArenaBytes,
                $"seed {seed}: {streamed.ArenaBytes} bytes streamed, {resident.ArenaBytes} resident"
            );
            if (!streamed.Candidate.InputFirst)
                continue;
            first++;
            Assert.Equal(graph[graph.Inputs[0].Tensor].Type.Shape.Height, streamed.Schedule.Steps.TakeWhile(s => s.IsInput).Count());
            Assert.Null(
                ScheduleVerifier.FindFault(
                    streamed.Schedule,
                    streamed.Memory,
                    n => streamed.Network.Kernels[n].ScratchBytes,
                    n => streamed.Network.Kernels[n].StateBytes
                )
            );
        }
        Assert.InRange(first, 1, Networks);
    }

    private static NetworkGraph Random(int seed) => seed % 3 == 0 ? WiredNetwork.Random(seed, 3 + seed % 5) : RandomNetwork.Build(seed);

    private static ScheduleFront Front(NetworkGraph graph, InputMode input) =>
        new(LoweredNetwork.Of(graph, Outline), new InputDelivery(input), Outline);

    private static KernelCall Outline(Node node, NodeTypes types) =>
        OperatorTable.Outline(node.Operator, types, DeviceKernels.TargetOf(Board));

    private static NetworkGraph MobileNetV1()
    {
        var net = new NetworkBuilder(5);
        var x = net.Conv(net.Input(96, 96, 1), 8, NetworkBuilder.Square(3, 2), Clamp.Relu);
        foreach (
            var (stride, channels) in new[]
            {
                (1, 16),
                (2, 32),
                (1, 32),
                (2, 64),
                (1, 64),
                (2, 128),
                (1, 128),
                (1, 128),
                (1, 128),
                (1, 128),
                (1, 128),
                (2, 256),
                (1, 256),
            }
        )
            x = net.Conv(
                net.Depthwise(x, NetworkBuilder.Square(3, stride), clamp: Clamp.Relu),
                channels,
                NetworkBuilder.Square(1),
                Clamp.Relu
            );
        return net.Build("mobilenet_v1", net.Dense(net.Apply(new Mean { OverHeight = true, OverWidth = true }, x), 2));
    }
}
