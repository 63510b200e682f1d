using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Networks;
using McuNet.Compiler.Tests.Operators;
using McuNet.Diagnostics;
using McuNet.Runtimes.Qemu;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Conformance.Models;

/// <summary>
/// Estimated cycles of operators against those of the timing table of the Cortex-M4. Each network holds several operators of a family side
/// by side, each with inputs and an output of its own, so that kernels are as in a model that calls them from several layers;
/// the last family has them as in a model that calls each from one.
/// </summary>
public sealed class OperatorCyclesTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.15;

    /// <summary>Layers of each kernel that are measured where no other layer has it, and most of a network of them.</summary>
    private const int NetworksApart = 1,
        LayersApart = 10;

    private static readonly QuantizationParameters Quantization = new(0.1f, 3);

    [RealModelOnBoardTheory]
    [InlineData("comparisons")]
    [InlineData("choices")]
    [InlineData("numbers")]
    [InlineData("windows")]
    [InlineData("packed weights")]
    [InlineData("four bits")]
    [InlineData("groups")]
    [InlineData("sums")]
    [InlineData("moves")]
    [InlineData("one layer for each kernel")]
    public void Compile_Operators_EstimatesCyclesWithinFifteenPercent(string family)
    {
        var problems = new List<string>();
        foreach (var figure in Networks(family).SelectMany(Measure))
        {
            output.WriteLine(
                $"{figure.Name, -34} {figure.Kernel, -42} "
                    + $"estimated {figure.Estimated, 9:N0}, measured {figure.Measured, 9:N0}, {figure.Estimated / figure.Measured - 1:P0}"
            );
            if (Math.Abs(figure.Estimated / figure.Measured - 1) > Tolerance)
                problems.Add($"{figure.Name}, {figure.Kernel}: estimated {figure.Estimated:N0}, measured {figure.Measured:N0}");
        }

        Assert.Empty(problems);
    }

    private static IEnumerable<Case[]> Networks(string family) =>
        family switch
        {
            "comparisons" =>
            [
                [.. Comparisons()],
            ],
            "choices" =>
            [
                [.. Choices()],
            ],
            "numbers" =>
            [
                [.. Numbers(), .. Constants()],
            ],
            "windows" =>
            [
                [.. Windows()],
            ],
            "packed weights" =>
            [
                [.. Packed()],
            ],
            "four bits" =>
            [
                [.. Narrow()],
            ],
            "groups" =>
            [
                [.. Groups()],
            ],
            "sums" =>
            [
                [.. Sums()],
            ],
            "moves" =>
            [
                [.. Moves()],
            ],
            _ => Apart(),
        };

    /// <summary>The cases dealt out to networks so that none has two of one operator between the same types.</summary>
    private static IEnumerable<Case[]> Apart() =>
        Comparisons()
            .Concat(Choices())
            .Concat(Numbers())
            .Concat(Constants())
            .Concat(Windows())
            .Concat(Packed())
            .Concat(Narrow())
            .Concat(Groups())
            .Concat(Sums())
            .GroupBy(c => c.Kernel)
            .SelectMany(g => g.Take(NetworksApart).Select((c, i) => (Case: c, Network: i)))
            .GroupBy(c => c.Network, c => c.Case)
            .SelectMany(g => g.Chunk(LayersApart));

    /// <param name="Inputs">Types of the inputs.</param>
    /// <param name="Most">Real inputs lie within [0, Most), or within [-2, 2) where it is 0.</param>
    private sealed record Case(string Name, Operator Op, ImmutableArray<TensorType> Inputs, TensorType Output, float Most = 0)
    {
        /// <summary>The function that computes it on the yardstick core.</summary>
        public string Kernel =>
            OperatorTable
                .Lower(Op, new(Inputs, Output), DeviceKernels.TargetOf(DeviceDatabase.Find("stm32l4r5").Value, KernelSet.Fast))
                .Function;
    }

    private sealed record Figure(string Name, string Kernel, double Estimated, double Measured);

    private static IEnumerable<Case> Comparisons()
    {
        foreach (
            var (function, shape) in new[]
            {
                (ElementFunction.Greater, new TensorShape(12, 12, 16)),
                (ElementFunction.Equal, new(4, 20, 3)),
                (ElementFunction.Less, new(1, 1, 300)),
            }
        )
        {
            var op = new Elementwise { Function = function };
            yield return new($"int8 {function} {shape}", op, [Int8(shape), Int8(shape)], Int8(shape));
            yield return new($"real {function} {shape}", op, [Real(shape), Real(shape)], Real(shape));
            var constant = op with { Constant = Constant([1, 1, shape.Channels]) };
            yield return new($"int8 {function} constant {shape}", constant, [Int8(shape)], Int8(shape));
            yield return new($"real {function} constant {shape}", constant, [Real(shape)], Real(shape));
            var scalar = op with { Constant = Constant([1, 1, 1]) };
            yield return new($"int8 {function} scalar {shape}", scalar, [Int8(shape)], Int8(shape));
            yield return new($"real {function} scalar {shape}", scalar, [Real(shape)], Real(shape));
        }
    }

    private static IEnumerable<Case> Choices()
    {
        foreach (var shape in new[] { new TensorShape(12, 12, 16), new(4, 20, 3), new(1, 1, 300) })
        {
            yield return new($"int8 where {shape}", new Where(), [Int8(shape), Int8(shape), Int8(shape)], Int8(shape));
            yield return new($"real where {shape}", new Where(), [Real(shape), Real(shape), Real(shape)], Real(shape));
        }

        foreach (var (shape, count) in new[] { (new TensorShape(8, 8, 10), 3), (new(1, 1, 100), 5), (new(1, 1, 40), 1) })
        {
            var result = shape with { Channels = count };
            yield return new($"int8 top {count} of {shape}", new TopK { Count = count }, [Int8(shape)], Int8(result));
            yield return new($"real top {count} of {shape}", new TopK { Count = count }, [Real(shape)], Real(result));
            yield return new($"int8 top places {count} of {shape}", new TopIndices { Count = count }, [Int8(shape)], Real(result));
            yield return new($"real top places {count} of {shape}", new TopIndices { Count = count }, [Real(shape)], Real(result));
        }

        foreach (var shape in new[] { new TensorShape(8, 8, 10), new(1, 1, 300), new(24, 24, 4) })
        {
            var result = shape with { Channels = 1 };
            yield return new($"int8 largest of {shape}", new ArgExtreme(), [Int8(shape)], Int8(result));
            yield return new($"int8 largest of {shape}, real", new ArgExtreme(), [Int8(shape)], Real(result));
            yield return new($"real largest of {shape}", new ArgExtreme(), [Real(shape)], Real(result));
        }
    }

    private static IEnumerable<Case> Numbers()
    {
        foreach (var (rows, width, count) in new[] { (32, 32, 100), (6, 64, 40), (20, 48, 60) })
        {
            TensorShape places = new(rows, 1, 1),
                result = new(rows, 1, width);
            var op = new Gather { Count = count, Width = width };
            yield return new($"real rows {rows} x {width}", op, [Real(new(count, 1, width)), Real(places)], Real(result), count);
            yield return new($"int8 rows {rows} x {width}", op, [Int8(new(count, 1, width)), Real(places)], Int8(result), count);
            yield return new(
                $"int8 known rows {rows} x {width}",
                op with
                {
                    Table = [.. new byte[count * width]],
                },
                [Real(places)],
                Int8(result),
                count
            );
            yield return new(
                $"real known rows {rows} x {width}",
                op with
                {
                    Table = [.. new byte[count * width * sizeof(float)]],
                },
                [Real(places)],
                Real(result),
                count
            );
        }

        foreach (var shape in new[] { new TensorShape(12, 12, 16), new(4, 20, 3), new(1, 1, 300) })
        {
            yield return new($"int32 to real {shape}", new Narrow(), [new(shape, ElementType.Int32)], Real(shape));
            yield return new($"real to int32 {shape}", new Widen(), [Real(shape)], new(shape, ElementType.Int32));
            yield return new(
                $"int8 to int32 {shape}",
                new Widen(),
                [Int8(shape) with { Quantization = new(1, 3) }],
                new(shape, ElementType.Int32)
            );
            yield return new($"int8 to real {shape}", new Dequantize(), [Int8(shape)], Real(shape));
            yield return new($"real to int8 {shape}", new Quantize(), [Real(shape)], Int8(shape));
        }
    }

    private static IEnumerable<Case> Constants()
    {
        foreach (var shape in new[] { new TensorShape(12, 12, 16), new(4, 20, 8), new(1, 1, 300) })
        {
            yield return new($"known {shape}", new Known { Data = [.. new byte[shape.Elements]], Shape = shape }, [], Int8(shape));
            yield return new($"known real {shape}", new Known { Data = [.. new byte[4 * shape.Elements]], Shape = shape }, [], Real(shape));
        }
    }

    private static IEnumerable<Case> Windows()
    {
        foreach (
            var (shape, size, stride, pad) in new[]
            {
                (new TensorShape(16, 16, 16), 2, 2, 0),
                (new(13, 13, 8), 3, 2, 1),
                (new(10, 10, 24), 5, 1, 2),
                (new(12, 12, 3), 3, 1, 0),
                (new(12, 12, 16), 3, 2, 0),
            }
        )
        {
            var op = new MaxPool { Window = NetworkBuilder.Square(size, stride, pad) };
            var result = op.InferShape([shape]);
            yield return new($"int8 pool {size} of {shape}", op, [Int8(shape)], Int8(result));
            yield return new($"real pool {size} of {shape}", op, [Real(shape)], Real(result));
            yield return new($"real mean {size} of {shape}", new AveragePool { Window = op.Window }, [Real(shape)], Real(result));
        }

        foreach (var (shape, factor) in new[] { (new TensorShape(8, 8, 16), 2), (new(6, 10, 3), 3), (new(4, 4, 64), 2) })
        {
            var op = new ResizeLinear { RowTaps = Taps(shape.Height, factor), ColumnTaps = Taps(shape.Width, factor) };
            var result = op.InferShape([shape]);
            yield return new($"int8 resize {factor} of {shape}", op, [Int8(shape)], Int8(result));
            yield return new($"real resize {factor} of {shape}", op, [Real(shape)], Real(result));
        }

        foreach (
            var (first, second) in new[]
            {
                (new TensorShape(12, 12, 16), new TensorShape(12, 12, 16)),
                (new(8, 8, 3), new(8, 8, 24)),
                (new(4, 4, 64), new(4, 4, 32)),
            }
        )
        {
            var op = new Concat();
            var result = op.InferShape([first, second]);
            var other = new QuantizationParameters(0.05f, -3);
            yield return new($"int8 join {result}", op, [Int8(first), Int8(second)], Int8(result));
            yield return new($"int8 join by table {result}", op, [Int8(first), Int8(second) with { Quantization = other }], Int8(result));
            yield return new(
                $"int8 join by tables {result}",
                op,
                [Int8(first) with { Quantization = new(0.07f, 9) }, Int8(second) with { Quantization = other }],
                Int8(result)
            );
            yield return new($"real join {result}", op, [Real(first), Real(second)], Real(result));
        }
    }

    private static IEnumerable<Case> Packed()
    {
        var random = new Random(1);
        foreach (var (kind, form) in new[] { (0, "float16"), (2, "int8"), (5, "int4") })
        {
            foreach (
                var (shape, channels, size, stride) in new[]
                {
                    (new TensorShape(8, 8, 16), 16, 3, 1),
                    (new(12, 12, 3), 8, 3, 2),
                    (new(8, 8, 32), 32, 1, 1),
                    (new(4, 4, 64), 24, 1, 1),
                }
            )
            {
                var op = new Conv2D
                {
                    Weights = CompactWeights.Of(random, kind, [channels, size, size, shape.Channels]),
                    Window = NetworkBuilder.Square(size, stride),
                };
                yield return new($"{form} convolution {size} of {shape}", op, [Real(shape)], Real(op.InferShape([shape])));
            }

            foreach (var (inputs, channels) in new[] { (256, 10), (64, 64) })
            {
                var op = new Dense { Weights = CompactWeights.Of(random, kind, [channels, inputs]) };
                yield return new($"{form} dense {inputs} x {channels}", op, [Real(new(1, 1, inputs))], Real(new(1, 1, channels)));
            }

            foreach (
                var (shape, size, stride) in new[] { (new TensorShape(10, 10, 16), 3, 1), (new(8, 8, 48), 3, 2), (new(9, 9, 8), 5, 1) }
            )
            {
                var op = new DepthwiseConv2D
                {
                    Weights = CompactWeights.Of(random, kind, [size, size, shape.Channels], isDepthwise: true),
                    Window = NetworkBuilder.Square(size, stride),
                };
                yield return new($"{form} depthwise {size} of {shape}", op, [Real(shape)], Real(op.InferShape([shape])));
            }

            var grouped = new Conv2D
            {
                Weights = CompactWeights.Of(random, kind, [16, 3, 3, 4]),
                Window = NetworkBuilder.Square(3),
                Groups = 4,
            };
            yield return new($"{form} groups", grouped, [Real(new(8, 8, 16))], Real(new(8, 8, 16)));
        }
    }

    private static IEnumerable<Case> Narrow()
    {
        foreach (
            var (shape, channels, size, stride) in new[]
            {
                (new TensorShape(8, 8, 16), 16, 3, 1),
                (new(12, 12, 3), 8, 3, 2),
                (new(8, 8, 32), 32, 1, 1),
                (new(4, 4, 64), 24, 1, 1),
                (new(8, 8, 8), 40, 1, 1),
            }
        )
        {
            var op = new Conv2D
            {
                Weights = NarrowWeights([channels, size, size, shape.Channels]),
                Window = NetworkBuilder.Square(size, stride),
            };
            yield return new($"convolution {size} of {shape}", op, [Int8(shape)], Int8(op.InferShape([shape])));
        }

        foreach (var (inputs, channels) in new[] { (256, 10), (64, 64) })
            yield return new(
                $"dense {inputs} x {channels}",
                new Dense { Weights = NarrowWeights([channels, inputs]) },
                [Int8(new(1, 1, inputs))],
                Int8(new(1, 1, channels))
            );
    }

    private static IEnumerable<Case> Groups()
    {
        foreach (
            var (shape, channels, groups, size, stride) in new[]
            {
                (new TensorShape(8, 8, 16), 16, 4, 3, 1),
                (new(8, 8, 32), 32, 2, 3, 1),
                (new(11, 11, 24), 48, 3, 3, 2),
                (new(9, 7, 32), 32, 4, 1, 1),
                (new(6, 6, 64), 64, 8, 3, 1),
            }
        )
        {
            var weights = new byte[channels * size * size * shape.Channels / groups];
            new Random(1).NextBytes(weights);
            var op = new Conv2D
            {
                Weights = new([channels, size, size, shape.Channels / groups], ElementType.Int8, [.. weights], [0.01f], [0]),
                Window = NetworkBuilder.Square(size, stride),
                Groups = groups,
            };
            yield return new($"int8 {groups} groups {size} of {shape}", op, [Int8(shape)], Int8(op.InferShape([shape])));
        }
    }

    private static IEnumerable<Case> Sums()
    {
        foreach (var shape in new[] { new TensorShape(12, 12, 16), new(4, 20, 3), new(1, 1, 300) })
        {
            yield return new($"int8 sum {shape}", new Add(), [Int8(shape), Int8(shape)], Int8(shape));
            yield return new($"real sum {shape}", new Add(), [Real(shape), Real(shape)], Real(shape));
            yield return new($"int8 product {shape}", new Mul(), [Int8(shape), Int8(shape)], Int8(shape));
            yield return new($"real product {shape}", new Mul(), [Real(shape), Real(shape)], Real(shape));
            var op = new Elementwise { Function = ElementFunction.Sub };
            yield return new($"int8 difference {shape}", op, [Int8(shape), Int8(shape)], Int8(shape));
            yield return new($"real difference {shape}", op, [Real(shape), Real(shape)], Real(shape));
            var constant = op with { Constant = Constant([1, 1, shape.Channels]) };
            yield return new($"int8 difference constant {shape}", constant, [Int8(shape)], Int8(shape));
            yield return new($"real difference constant {shape}", constant, [Real(shape)], Real(shape));
            yield return new($"int8 table {shape}", new Lookup { Function = new UnaryFunction.Sigmoid() }, [Int8(shape)], Int8(shape));
            yield return new($"real sigmoid {shape}", new Lookup { Function = new UnaryFunction.Sigmoid() }, [Real(shape)], Real(shape));
            yield return new($"real scale {shape}", new Lookup { Function = new UnaryFunction.Scale(0.3f) }, [Real(shape)], Real(shape));
        }

        foreach (
            var (shape, size, stride, pad) in new[]
            {
                (new TensorShape(16, 16, 16), 2, 2, 0),
                (new(13, 13, 8), 3, 2, 1),
                (new(10, 10, 24), 5, 1, 2),
                (new(12, 12, 3), 3, 1, 0),
                (new(8, 8, 32), 8, 1, 0),
            }
        )
        {
            var op = new AveragePool { Window = NetworkBuilder.Square(size, stride, pad) };
            yield return new($"int8 mean {size} of {shape}", op, [Int8(shape)], Int8(op.InferShape([shape])));
        }
    }

    /// <summary>What <see cref="MoveCyclesTests"/> has of kernels that one layer calls.</summary>
    private static IEnumerable<Case> Moves()
    {
        foreach (var shape in new[] { new TensorShape(12, 12, 16), new(4, 20, 3), new(1, 10, 300) })
        {
            var (half, rows) = (shape.Channels / 2, Enumerable.Range(0, shape.Height));
            var op = SelectPixels.Columns(new(1, shape.Width - 1), shape.Height);
            yield return new($"int8 columns {shape}", op, [Int8(shape)], Int8(op.InferShape([shape])));
            var chosen = new SelectPixels
            {
                RowSource = [.. rows],
                ColumnSource = [.. Enumerable.Range(0, 2 * shape.Width).Select(x => x / 2)],
            };
            yield return new($"int8 pixels {shape}", chosen, [Int8(shape)], Int8(chosen.InferShape([shape])));
            var channels = new SelectChannels { Source = [.. Enumerable.Range(1, shape.Channels - 1)] };
            yield return new($"int8 channels {shape}", channels, [Int8(shape)], Int8(channels.InferShape([shape])));
            var mixed = new SelectChannels { Source = [.. Enumerable.Range(0, shape.Channels).Reverse()] };
            yield return new($"int8 channels mixed {shape}", mixed, [Int8(shape)], Int8(mixed.InferShape([shape])));
            var stacked = new Concat { Axis = ConcatAxis.Rows };
            yield return new($"int8 stacked {shape}", stacked, [Int8(shape), Int8(shape)], Int8(stacked.InferShape([shape, shape])));
        }
    }

    private static LinearTaps Taps(int size, int factor) =>
        LinearTaps.Of([.. Enumerable.Range(0, size * factor).Select(i => (i + 0.5) / factor - 0.5)], size);

    private static ConstantTensor NarrowWeights(int[] dims)
    {
        var bytes = new byte[dims.Aggregate(1, (a, b) => a * b)];
        new Random(1).NextBytes(bytes);
        return NarrowNetwork.Narrow(new([.. dims], ElementType.Int8, [.. bytes], [0.01f], [0]));
    }

    private static ConstantTensor Constant(int[] dims) =>
        CompactWeights.Tensor(dims, [.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(i => i % 7 * 0.3f - 1)]);

    private static TensorType Int8(TensorShape shape) => new(shape, ElementType.Int8, Quantization);

    private static TensorType Real(TensorShape shape) => new(shape, ElementType.Float32);

    private static IEnumerable<Figure> Measure(Case[] cases)
    {
        var network = new NetworkBuilder(1);
        var ports = new List<(TensorType Type, float Most)>();
        var outputs = new List<TensorId>();
        foreach (var c in cases)
        {
            ports.AddRange(c.Inputs.Select(t => (t, c.Most)));
            outputs.Add(network.Apply(c.Op, c.Output, [.. c.Inputs.Select(network.Input)]));
        }

        var graph = network.Build("operators", [.. outputs]);
        graph = graph with
        {
            Inputs = [.. graph.Inputs.Select((p, i) => p with { Name = $"input_{i}", StoredOrder = true })],
            Outputs = [.. graph.Outputs.Select(p => p with { StoredOrder = true })],
        };
        var model = ModelCompiler
            .Compile(graph, new CompileOptions { Name = "operators", Device = DeviceDatabase.Find("stm32l4r5").Value })
            .Value.Model;
        var random = new Random(1);
        byte[][] inputs = [.. ports.Select(p => Values(random, p.Type, p.Most))];
        var run = CompiledC.In(folder =>
            QemuEmulator
                .Run(
                    CompiledC.Write(model, folder),
                    QemuBoard.CortexM4F,
                    [inputs],
                    new QemuOptions { Measurement = QemuMeasurement.Operators }
                )
                .Value
        );
        Assert.Equal(cases.Length, model.Graph.Nodes.Length);
        return run
            .Operators.Where(o => o.Operator < cases.Length)
            .Select(o =>
            {
                var at = outputs.FindIndex(t => graph[t].Name == model.Graph[model.Graph.Nodes[o.Operator].Output].Name);
                return new Figure(
                    cases[at].Name,
                    model.Kernels[o.Operator].Function,
                    model.IdealNodeCycles[o.Operator],
                    o.Work.Cycles!.Value
                );
            });
    }

    private static byte[] Values(Random random, TensorType type, float most)
    {
        var bytes = new byte[type.Bytes];
        random.NextBytes(bytes);
        if (type.Element == ElementType.Float32)
        {
            foreach (ref var value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
                value = most > 0 ? (float)random.NextDouble() * most : (float)(4 * random.NextDouble() - 2);
        }

        return bytes;
    }
}
