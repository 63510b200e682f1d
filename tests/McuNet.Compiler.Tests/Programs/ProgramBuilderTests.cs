using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Programs;

public sealed class ProgramBuilderTests
{
    private static readonly string[] Devices = ["rp2040", "stm32l4r5", "corstone300"];

    /// <summary>Random networks as a build schedules them, with C and C# of each.</summary>
    private static readonly Lazy<(CompiledModel Model, DeviceProgram Program)[]> Programs = new(() =>
        [.. Enumerable.Range(1, 90).Select(Compile).SelectMany(m => new[] { (m, ProgramBuilder.C(m)), (m, ProgramBuilder.CSharp(m)) })]
    );

    [Fact]
    public void RowReferences_EveryStep_AreTheRowsThatItReadsAndWrites()
    {
        var counts = new Dictionary<Type, int>();
        foreach (var (model, program) in Programs.Value)
        {
            foreach (var layer in program.Called)
            {
                var node = model.Graph.Nodes[layer.Number];
                var rows = node.Operator.Rows(model.Graph.TypesOf(node));
                foreach (var argument in layer.Arguments)
                {
                    counts[argument.GetType()] = counts.GetValueOrDefault(argument.GetType()) + 1;
                    for (var step = 0; step < rows.Steps; step++)
                        AssertRows(argument, layer, rows, step);
                }
            }
        }
        Assert.All(
            [
                typeof(WindowArgument),
                typeof(RowsArgument),
                typeof(RowArgument),
                typeof(PieceArgument),
                typeof(BufferArgument),
                typeof(BlockArgument),
                typeof(ColumnsArgument),
                typeof(StepArgument),
                typeof(ScratchArgument),
                typeof(StateArgument),
            ],
            type => Assert.True(counts.GetValueOrDefault(type) > 5, $"{type.Name} was seen {counts.GetValueOrDefault(type)} times")
        );
    }

    [Fact]
    public void Buffers_OfBothTargets_LieWhereTheMemoryPlanPutsThem()
    {
        foreach (var (model, program) in Programs.Value)
        {
            foreach (var layer in program.Called)
            {
                var node = model.Graph.Nodes[layer.Number];
                var tensors = node.Inputs.Append(node.Output).Select(t => model.Memory.Tensors[t.Value]!);
                Assert.Equal(
                    tensors.Select(p => (p.Offset, p.End, p.IsRing)),
                    layer.Memory.Inputs.Append(layer.Memory.Output).Select(b => (b.Offset, b.End, b.IsRing))
                );
                Assert.All(layer.Memory.Inputs.Append(layer.Memory.Output), b => Assert.InRange(b.End, 0, program.Memory.ArenaBytes));
            }
        }
    }

    [Fact]
    public void ScratchAndState_OfBothTargets_LieWithinTheirMemoryAndApart()
    {
        foreach (var (_, program) in Programs.Value)
        {
            var words = program.Memory.Words;
            var states = new List<(int Begin, int End)>();
            foreach (var layer in program.Called)
            {
                foreach (var scratch in layer.Arguments.OfType<ScratchArgument>())
                    Assert.InRange(scratch.Offset + layer.Kernel.ScratchBytes, 0, program.Memory.ArenaBytes);
                states.AddRange(
                    layer
                        .Arguments.OfType<StateArgument>()
                        .Select(s => (s.Offset, s.Offset + (words is null ? layer.Kernel.StateBytes : layer.Kernel.StateBytes / 4)))
                );
            }
            Assert.All(states, s => Assert.InRange(s.Begin, words is null ? 0 : words.NextSteps + program.Layers.Length + 1, s.End));
            Assert.All(states, s => Assert.InRange(s.End, 0, words?.Count ?? program.Memory.ArenaBytes));
            if (words is not null)
                Assert.DoesNotContain(states.Order().Zip(states.Order().Skip(1)), pair => pair.First.End > pair.Second.Begin);
        }
    }

    [Fact]
    public void Calls_OfBothTargets_RunTheScheduleInItsOrder()
    {
        foreach (var (model, program) in Programs.Value)
        {
            var input = program.Calls.Table.InputLayer;
            var scheduled = model.Schedule.Steps.SelectMany(s => Enumerable.Repeat(s.IsInput ? input : s.Node.Value, s.Count));
            Assert.Equal(scheduled, program.Calls.Walk().SelectMany(w => Enumerable.Repeat(w.Layer, w.Count)));
            Assert.All(program.Called, l => Assert.Equal(program.Calls.LayerOf(l.Number), l.Part));
        }
    }

    [Fact]
    public void Constants_EqualTables_AreKeptOnceAndPackedAtTheirOffsets()
    {
        foreach (var (_, program) in Programs.Value)
        {
            var tables = program.Called.SelectMany(l => l.Kernel.Parameters).OfType<TableParameter>().Select(p => p.Table).ToArray();
            Assert.Equal(tables.Distinct(TableComparer.Instance).Count(), program.Constants.All.Length);
            var packed = program.Constants.Packed();
            Assert.All(
                tables,
                t => Assert.True(packed.AsSpan(program.Constants.Of(t).Offset, t.Bytes.Length).SequenceEqual(t.Bytes.AsSpan()))
            );
            Assert.All(program.Constants.All, c => Assert.Equal(0, c.Offset % ConstantPool.Alignment));
        }
    }

    private static void AssertRows(CallArgument argument, LayerCall layer, RowDependency rows, int step)
    {
        switch (argument)
        {
            case WindowArgument window:
                var wanted = Enumerable
                    .Range(0, window.Rows.Count)
                    .Select(i => window.Rows.First.At(step) + i * window.Rows.Dilation)
                    .Where(y => y >= 0 && y < window.Rows.Height)
                    .ToArray();
                Assert.Equal(layer.Memory.Inputs[0], window.Buffer);
                if (wanted.Length > 0)
                    Assert.Equal(
                        (wanted[0], wanted[^1]),
                        (rows.Reads(0, step).Begin + (wanted[0] - rows.Reads(0, step).Begin) % window.Rows.Dilation, wanted[^1])
                    );
                Assert.All(wanted, y => Assert.True(rows.Reads(0, step).Contains(y), $"step {step} is handed row {y}"));
                break;
            case RowsArgument several:
                Assert.Equal(
                    Enumerable.Range(0, layer.Memory.Inputs.Length).Select(i => rows.Reads(i, step).Begin),
                    several.Rows.Select(r => r.Index.At(step))
                );
                break;
            case PieceArgument piece when piece.At(step) is { } read:
                Assert.Contains(
                    Enumerable.Range(0, layer.Memory.Inputs.Length),
                    i => layer.Memory.Inputs[i] == read.Buffer && rows.Reads(i, step).Contains(read.Index.At(step))
                );
                break;
            case RowArgument { IsOutput: true } output:
                Assert.Equal(layer.Memory.Output, output.Row.Buffer);
                if (!rows.Writes(step).IsEmpty)
                    Assert.Equal(rows.Writes(step).Begin, output.Row.Index.At(step));
                break;
            case RowArgument row:
                var at = row.Row.Index.At(step);
                var inputs = Enumerable.Range(0, layer.Memory.Inputs.Length).Where(i => layer.Memory.Inputs[i] == row.Row.Buffer);
                Assert.True(inputs.Any(i => rows.Reads(i, step).Contains(at)), $"'{layer.Name}' step {step} is handed row {at}");
                break;
            default:
                break;
        }
    }

    private static CompiledModel Compile(int seed)
    {
        var graph = RandomNetwork.Build(seed);
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find(Devices[seed % Devices.Length]).Value,
            Objective = (Objective)(seed / 3 % 3),
            Input = seed % 2 == 0 && !graph.IsOutput(graph.Inputs[0].Tensor) ? InputMode.Rows : InputMode.Resident,
        };
        return ModelCompiler.Compile(graph, options).Value.Model;
    }
}
