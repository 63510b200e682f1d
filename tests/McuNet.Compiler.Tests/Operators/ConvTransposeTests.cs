using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Strides, dilations and cuts of each direction, groups, zero points of weights, and outputs that no input reaches.</summary>
internal sealed class ConvTransposeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 36; i++)
        {
            var groups = 1 + i % 3;
            var window = new Window
            {
                KernelHeight = 1 + Random.Next(4),
                KernelWidth = 1 + Random.Next(4),
                StrideHeight = 1 + Random.Next(3),
                StrideWidth = 1 + Random.Next(3),
                DilationHeight = 1 + Random.Next(2),
                DilationWidth = 1 + Random.Next(3),
            };
            window = window with { PadTop = Random.Next(window.SpanHeight), PadLeft = Random.Next(window.SpanWidth) };
            var input = new TensorShape(1 + Random.Next(4), 1 + Random.Next(5), groups * (1 + Random.Next(4)));
            var (height, width) = (
                (input.Height - 1) * window.StrideHeight + window.SpanHeight - window.PadTop,
                (input.Width - 1) * window.StrideWidth + window.SpanWidth - window.PadLeft
            );
            var op = new ConvTranspose
            {
                Weights = Constant(groups * (1 + Random.Next(3)), window.Taps * input.Channels / groups, i % 4 == 0),
                Window = window,
                Groups = groups,
                OutputHeight = Math.Max(1, height + Random.Next(-1, 3)),
                OutputWidth = Math.Max(1, width + Random.Next(-1, 3)),
            };
            op = op with { Bias = i % 5 == 0 ? null : Bias(op.Weights.Dims[0]), Clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu };
            yield return Case(op, new([Int8(input)], Int8(op.InferShape([input]), 0.5f)), Calling.SplitColumns);
            var real = op with { Weights = Real(op.Weights), Bias = op.Bias is { } bias ? Real(bias) : null };
            yield return Case(real, new([Real(input)], Real(op.InferShape([input]))), Calling.SplitColumns);
            var packed = real with { Weights = CompactWeights.Of(Random, i % CompactWeights.Kinds, [.. op.Weights.Dims]) };
            yield return Case(packed, new([Real(input)], Real(op.InferShape([input]))), Calling.SplitColumns);
        }
    }

    private static ConstantTensor Real(ConstantTensor constant)
    {
        float[] values = [.. constant.Reals(_ => 0).Select(v => (float)v / 256)];
        return new(constant.Dims, ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }

    private ConstantTensor Constant(int outputs, int length, bool asymmetric)
    {
        var data = new byte[outputs * length];
        Random.NextBytes(data);
        return new(
            [outputs, 1, 1, length],
            ElementType.Int8,
            [.. data],
            [.. Enumerable.Range(0, outputs).Select(_ => (float)(0.01 + 0.01 * Random.NextDouble()))],
            [asymmetric ? Random.Next(-128, 128) : 0]
        );
    }

    private ConstantTensor Bias(int outputs) =>
        new(
            [outputs],
            ElementType.Int32,
            [.. MemoryMarshal.AsBytes<int>(Enumerable.Range(0, outputs).Select(_ => Random.Next(-3000, 3000)).ToArray())],
            [1f],
            [0]
        );
}

public sealed class ConvTransposeTests
{
    /// <summary>1 x 2 pixels 10 and 20, kernel 1 2 3, stride 2: 10 20 30+20 40 60.</summary>
    [Fact]
    public void Evaluate_StrideTwo_AddsWhereWindowsMeet() =>
        Assert.Equal([10, 20, 50, 40, 60], Evaluate(Layer(0, 5), Type(1, 5, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 10, 20)));

    /// <summary>The first column is cut off, and two more than the windows reach are appended.</summary>
    [Fact]
    public void Evaluate_CutAndExtended_HasTheBiasWhereNoInputReaches() =>
        Assert.Equal(
            [27, 57, 47, 67, 7, 7],
            Evaluate(Layer(1, 6) with { Bias = Operands.Bias(1, 7) }, Type(1, 6, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 10, 20))
        );

    [Fact]
    public void Rows_StrideTwo_ReadsTheRowsWhoseWindowsHoldTheOutput()
    {
        var window = new Window
        {
            KernelHeight = 3,
            KernelWidth = 1,
            StrideHeight = 2,
            PadTop = 1,
        };
        var op = new ConvTranspose
        {
            Weights = Weights([1, 3, 1, 1], 1, [1, 2, 3]),
            Window = window,
            OutputHeight = 7,
            OutputWidth = 1,
        };
        var rows = op.Rows(new([Type(4, 1, 1, 1, 0)], Type(7, 1, 1, 1, 0)));
        Assert.Equal(
            [new(0, 1), new(0, 2), new(1, 2), new(1, 3), new(2, 3), new(2, 4), new(3, 4)],
            Enumerable.Range(0, rows.Steps).Select(s => rows.Reads(0, s))
        );
    }

    [Theory]
    [InlineData(0, 2, 0, 2)]
    [InlineData(2, 5, 0, 2)]
    [InlineData(3, 5, 1, 2)]
    public void Slice_Columns_GivesTheSameValues(int begin, int end, int first, int last)
    {
        var types = new NodeTypes([Type(1, 2, 1, 1, 0)], Type(1, 5, 1, 1, 0));
        var slice = Layer(0, 5).Slice(types, new(begin, end))!;
        Assert.InRange(slice.Inputs[0].Begin, 0, first);
        Assert.InRange(slice.Inputs[0].End, 1, last);
        int[] input = [10, 20];
        var part = Data(Type(1, slice.Inputs[0].Count, 1, 1, 0), input[slice.Inputs[0].Begin..slice.Inputs[0].End]);
        Assert.Equal(new[] { 10, 20, 50, 40, 60 }[begin..end], Evaluate(slice.Operator, Type(1, end - begin, 1, 1, 0), part));
    }

    /// <summary>Output size by pads, by output_padding, by output_shape and by auto_pad; groups; a signal.</summary>
    [OnnxRuntimeTheory]
    [InlineData("strides 2 2;pads 1 1 1 1;output_padding 1 1", 1)]
    [InlineData("strides 3 2;pads 0 2 1 0", 1)]
    [InlineData("strides 2 2;dilations 2 1;pads 1 0 0 1", 1)]
    [InlineData("strides 2 2;output_shape 15 17", 1)]
    [InlineData("strides 2 2;auto_pad SAME_UPPER", 1)]
    [InlineData("strides 2 2;auto_pad SAME_LOWER", 1)]
    [InlineData("strides 1 1;pads 1 1 1 1;group 2", 2)]
    [InlineData("strides 2 2;group 4", 4)]
    public void Evaluate_Attributes_AreWithinOneStepOfOnnxRuntime(string attributes, int group)
    {
        var difference = OnnxOracle.Compare(Model(attributes, group), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.True(difference.Mismatches * 500 <= difference.Elements, $"{difference}: more than ties");
    }

    [Theory]
    [InlineData("strides 2 2;output_shape 40 40", "MCU1004")]
    [InlineData("strides 2 2;group 3", "MCU1004")]
    public void Import_WhatCannotBe_IsReported(string attributes, string id) =>
        Assert.Contains(ModelImporter.Import(Model(attributes, 1).Read(), "net").Diagnostics, d => d.Id == id);

    [Fact]
    public void Compile_QdqModel_IsOneLayerThatRunsByRows()
    {
        var graph = ModelCompiler.Network(Model("strides 2 2;pads 1 1 1 1", 1).Read(), "net").Value;
        var node = Assert.Single(graph.Nodes);
        Assert.IsType<ConvTranspose>(node.Operator);
        Assert.True(node.Operator.Rows(graph.TypesOf(node)).Steps > 1);
    }

    private static ConvTranspose Layer(int cut, int width) =>
        new()
        {
            Weights = Weights([1, 1, 3, 1], 1, [1, 2, 3]),
            Window = new()
            {
                KernelHeight = 1,
                KernelWidth = 3,
                StrideWidth = 2,
                PadLeft = cut,
            },
            OutputHeight = 1,
            OutputWidth = width,
        };

    private static OnnxBytes Model(string attributes, int group)
    {
        var random = new Random(3);
        var (outputs, weights) = (8 / group, new sbyte[4 * (8 / group) * 9]);
        random.NextBytes(MemoryMarshal.AsBytes(weights.AsSpan()));
        (string, object)[] parsed =
        [
            .. attributes
                .Split(';')
                .Select(a => a.Split(' '))
                .Select(a =>
                    (
                        a[0],
                        a[0] switch
                        {
                            "auto_pad" => a[1],
                            "group" => (object)int.Parse(a[1], System.Globalization.CultureInfo.InvariantCulture),
                            _ => a[1..].Select(int.Parse).ToArray(),
                        }
                    )
                ),
        ];
        return new OnnxBytes()
            .Input("x", 1, 4, 7, 8)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("ws", 0.0123f)
            .Zero("wz")
            .Float("o", 0.21f)
            .Zero("p", 3)
            .Tensor("w", OnnxType.Int8, [4, outputs, 3, 3], weights)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("DequantizeLinear", "w ws wz", "wd")
            .Node("ConvTranspose", "d wd", "f", parsed)
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y");
    }
}
