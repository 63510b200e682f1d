using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using McuNet.Runtimes.Qemu;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Conformance.Models;

/// <summary>Estimated cycles of operators that move values against those of the timing table of the Cortex-M4, each as a network of its
/// own.</summary>
public sealed class MoveCyclesTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.15;

    [RealModelOnBoardTheory]
    [InlineData("stm32l4r5")]
    public void Compile_Moves_EstimatesCyclesWithinFifteenPercent(string device)
    {
        var problems = new List<string>();
        foreach (var (name, op, inputs) in Cases())
        {
            var (estimated, measured) = Cycles(op, inputs, device);
            var elements = op.InferShape([.. inputs]).Elements;
            output.WriteLine($"{name}: estimated {estimated:N0}, measured {measured:N0}, {measured / elements:F2} per element");
            if (Math.Abs(estimated / measured - 1) > Tolerance)
                problems.Add($"{name}: estimated {estimated:N0}, measured {measured:N0}");
        }

        Assert.Empty(problems);
    }

    /// <summary>All but rows joined, whose inputs may lie where the result does, so that nothing is left to copy.</summary>
    private static IEnumerable<(string Name, Operator Op, ImmutableArray<TensorShape> Inputs)> Cases()
    {
        TensorShape image = new(24, 24, 16),
            wide = new(12, 24, 64),
            thin = new(24, 48, 3);
        yield return ("columns cut off", SelectPixels.Columns(new(1, 23), 24), [image]);
        yield return ("rows cut off", new SelectPixels { RowSource = Range(2, 22), ColumnSource = Range(0, 24) }, [image]);
        yield return ("doubled", new SelectPixels { RowSource = Doubled(24), ColumnSource = Doubled(24) }, [image]);
        yield return ("doubled thin", new SelectPixels { RowSource = Doubled(24), ColumnSource = Doubled(48) }, [thin]);
        yield return ("flipped", new SelectPixels { RowSource = Range(0, 24), ColumnSource = [.. Range(0, 24).Reverse()] }, [image]);
        yield return ("half the channels", new SelectChannels { Source = Range(8, 16) }, [image]);
        yield return ("half of many channels", new SelectChannels { Source = Range(0, 32) }, [wide]);
        yield return (
            "channels shuffled",
            new SelectChannels { Source = [.. Enumerable.Range(0, 16).Select(c => c % 2 * 8 + c / 2)] },
            [image]
        );
        yield return ("padded", new Pad { Margins = new(1, 1, 1, 1, 0, 0), Fill = 0 }, [image]);
        yield return ("padded by channels", new Pad { Margins = new(0, 0, 0, 0, 0, 16), Fill = 0 }, [image]);
        yield return ("blocks to pixels", RandomMoves.ToPixels(wide, 2), [wide]);
        yield return ("blocks to channels", RandomMoves.ToChannels(image, 2), [image]);
        yield return (
            "rows and columns exchanged",
            new Permute { Shape = image, Loops = [new(24, 16), new(24, 24 * 16), new(16, 1)] },
            [image]
        );
        yield return (
            "channels first",
            new Permute { Shape = new(16, 24, 24), Loops = [new(16, 1), new(24, 24 * 16), new(24, 16)] },
            [image]
        );
        yield return ("columns joined", new Concat { Axis = ConcatAxis.Columns }, [image, image]);
        yield return ("channels joined", new Concat(), [image, image]);
        yield return ("many channels joined", new Concat(), [wide, wide]);
        yield return ("elements joined", new Concat { Axis = ConcatAxis.Elements, Shape = new(1, 24 * 24 * 2, 16) }, [image, image]);
    }

    private static ImmutableArray<int> Range(int begin, int end) => [.. Enumerable.Range(begin, end - begin)];

    private static ImmutableArray<int> Doubled(int size) => [.. Enumerable.Range(0, 2 * size).Select(i => i / 2)];

    private static (double Estimated, double Measured) Cycles(Operator op, ImmutableArray<TensorShape> shapes, string name)
    {
        var quantization = new QuantizationParameters(0.1f, 3);
        var tensors = shapes
            .Append(op.InferShape([.. shapes]))
            .Select((s, i) => new Tensor(new(i), $"t{i}", new(s, ElementType.Int8, quantization)))
            .ToImmutableArray();
        GraphPort Port(Tensor t) =>
            new(t.Name, t.Id, [1, t.Type.Shape.Height, t.Type.Shape.Width, t.Type.Shape.Channels], ElementType.Int8) { StoredOrder = true };
        var graph = new NetworkGraph(
            "move",
            tensors,
            [new(new(0), "move", op, [.. tensors[..^1].Select(t => t.Id)], tensors[^1].Id)],
            [.. tensors[..^1].Select(Port)],
            [Port(tensors[^1])]
        );
        var device = DeviceDatabase.Find(name).Value;
        device = device with { Cost = device.Cost with { FlashReadCyclesPerByte = 0 } };
        var model = ModelCompiler.Compile(graph, new CompileOptions { Name = "move", Device = device }).Value.Model;
        return (model.Cycles, Measure(model));
    }

    private static double Measure(CompiledModel model) =>
        CompiledC.In(folder =>
        {
            var artifact = CompiledC.Write(model, folder);
            var random = new Random(1);
            var inputs = artifact.InputBytes.Select(n => new byte[n]).ToArray();
            foreach (var input in inputs)
                random.NextBytes(input);
            return QemuEmulator
                .Run(artifact, QemuBoard.CortexM4F, [inputs], new QemuOptions { Measurement = QemuMeasurement.Operators })
                .Value.Worst!.Cycles!.Value;
        });
}
