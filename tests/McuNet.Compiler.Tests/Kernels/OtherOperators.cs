using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Cases of the first operators without weights; later ones bring a file of their own.</summary>
internal sealed class OtherOperators(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All() => [.. Sums(), .. Pools(), .. Means(), .. Softmaxes(), .. Conversions(), .. Moves()];

    private IEnumerable<KernelCase> Sums()
    {
        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            var clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu;
            var types = new NodeTypes([Int8(shape), Int8(shape)], Int8(shape));
            yield return Case(new Add { Clamp = clamp, Rounding = (AddRounding)(i / 2 % 2) }, types, (Calling)(i % 3));
        }

        var ties = new TensorShape(1, 256, 2);
        var halved = new NodeTypes([Int8(ties, 0.5f, 3), Int8(ties, 0.5f, -7)], Int8(ties, 1f, 5));
        foreach (var rounding in Enum.GetValues<AddRounding>())
        {
            yield return Case(new Add { Rounding = rounding }, halved, Calling.SplitColumns);
            yield return Case(new Add { Rounding = rounding, Clamp = Clamp.Relu }, halved, Calling.InPlace);
        }
    }

    private IEnumerable<KernelCase> Pools()
    {
        for (var i = 0; i < 16; i++)
        {
            var layers = new RandomLayers(Random, Target);
            var window = layers.Window(1 + Random.Next(4), 1 + Random.Next(4), 1 + Random.Next(3), 1 + i % 2);
            var input = new TensorShape(window.SpanHeight + Random.Next(4), window.SpanWidth + Random.Next(5), 1 + Random.Next(7));
            var average = new AveragePool { Window = window, CountPadding = i % 4 == 0, Clamp = i % 3 == 0 ? Clamp.Relu : Clamp.None };
            var source = Int8(input);
            yield return Case(average, new([source], Int8(average.InferShape([input]), source.Scale * 0.7f)), Calling.SplitColumns);
            var max = new MaxPool { Window = window };
            yield return Case(max, new([source], source with { Shape = max.InferShape([input]) }), Calling.SplitColumns);
        }
    }

    private IEnumerable<KernelCase> Means()
    {
        for (var i = 0; i < 9; i++)
        {
            var mean = new Mean { OverHeight = i % 3 != 0, OverWidth = i % 3 != 1, Clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu };
            var source = Int8(Shape());
            yield return Case(mean, new([source], Int8(mean.InferShape([source.Shape]), source.Scale * 0.4f)), Calling.SplitColumns);
        }
    }

    private IEnumerable<KernelCase> Softmaxes()
    {
        for (var i = 0; i < 8; i++)
        {
            var source = Int8(new(1 + Random.Next(3), 1 + Random.Next(3), 1 + Random.Next(40)), (float)(0.01 + Random.NextDouble() * 0.2));
            yield return Case(new Softmax(), new([source], Int8(source.Shape, 1 / 256f, -128)), Calling.SplitColumns);
            yield return Case(new Softmax(), new([source], Int8(source.Shape, 0.0123f, Random.Next(-128, 128))), Calling.SplitColumns);
            yield return Case(new LogSoftmax(), new([source], new(source.Shape, ElementType.Float32)), Calling.SplitColumns);
        }
    }

    private IEnumerable<KernelCase> Conversions()
    {
        ElementType[] elements = [ElementType.Int8, ElementType.UInt8, ElementType.Float32];
        for (var i = 0; i < 18; i++)
        {
            var shape = Shape();
            var (source, to) = (Type(elements[i % 3], shape), Type(elements[i / 3 % 3], shape));
            if (source.IsQuantized || to.IsQuantized)
                yield return Case(new Requantize { Clamp = i % 2 == 0 ? Clamp.None : new(0, 1) }, new([source], to), source.Bytes == to.Bytes && source.IsQuantized ? (Calling)(i % 3) : Calling.SplitColumns);
        }
    }

    private IEnumerable<KernelCase> Moves()
    {
        foreach (var element in new[] { ElementType.Int8, ElementType.UInt8, ElementType.Float32 })
        {
            var source = Type(element, new(3, 4, 5));
            yield return Case(new Reshape { Shape = TensorShape.Vector(60) }, new([source], source with { Shape = TensorShape.Vector(60) }), Calling.SplitColumns);
        }

        var small = Int8(new(3, 2, 5));
        var resize = new ResizeNearest { RowSource = [0, 0, 1, 2, 2], ColumnSource = [0, 0, 1, 1, 1] };
        yield return Case(resize, new([small], small with { Shape = resize.InferShape([small.Shape]) }), Calling.SplitColumns);
    }

    private TensorType Type(ElementType element, TensorShape shape) => element switch
    {
        ElementType.Int8 => Int8(shape),
        ElementType.UInt8 => Int8(shape) with { Element = element, Quantization = new((float)(0.01 + Random.NextDouble() * 0.05), Random.Next(256)) },
        _ => new(shape, element),
    };
}
