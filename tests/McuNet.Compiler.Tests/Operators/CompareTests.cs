using System;
using System.Collections.Generic;
using System.Linq;
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

/// <summary>Every comparison of tensors and of a tensor and a constant, on whichever side, of operands that repeat along some axes, and of
/// equal values.</summary>
internal sealed class CompareCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 36; i++)
        {
            var (function, shape) = ((ElementFunction)((int)ElementFunction.Equal + i % 6), Shape());
            var other = (i % 4) switch
            {
                0 => shape,
                1 => shape with { Width = 1 },
                2 => shape with { Height = 1 },
                _ => new(1, 1, shape.Channels),
            };
            var clamp = i % 5 == 0 ? new Clamp(0.5f, 2) : Clamp.None;
            var calling =
                i % 4 == 0 ? Calling.InPlace
                : i % 4 == 3 ? Calling.Joined
                : Calling.SplitColumns;
            var op = new Elementwise { Function = function, Clamp = clamp };
            var (a, b) = (Int8(shape, 0.25f), Int8(other, i % 3 == 0 ? 0.25f : 0.5f));
            yield return Case(op, new([a, b], Int8(shape, i % 2 == 0 ? 1 : 0.01f)), calling);
            yield return Case(op, new([Real(shape), Real(other)], Real(shape)), calling);
            var bound = op with { Constant = Constant(other, i % 2 == 0), ConstantFirst = i % 3 == 0 };
            yield return Case(bound, new([a], Int8(shape, 1, -128)), calling);
            yield return Case(
                op with
                {
                    Constant = Constant(other, false),
                    ConstantFirst = i % 3 == 0,
                },
                new([Real(shape)], Real(shape)),
                calling
            );
        }
    }

    private ConstantTensor Constant(TensorShape shape, bool isInteger)
    {
        if (isInteger)
            return new(
                [shape.Height, shape.Width, shape.Channels],
                ElementType.Int8,
                [.. Values(Random, shape.Elements).Select(v => unchecked((byte)v))],
                [0.25f],
                [3]
            );
        float[] numbers = [.. Enumerable.Range(0, shape.Elements).Select(_ => Random.Next(-8, 9) * 0.25f)];
        return new(
            [shape.Height, shape.Width, shape.Channels],
            ElementType.Float32,
            [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan())],
            [1],
            [0]
        );
    }
}

public sealed class CompareTests
{
    /// <summary>1, 2 and 3 with 2, of scales 0.5 and 1.</summary>
    [Theory]
    [InlineData(ElementFunction.Equal, 0, 1, 0)]
    [InlineData(ElementFunction.NotEqual, 1, 0, 1)]
    [InlineData(ElementFunction.Less, 1, 0, 0)]
    [InlineData(ElementFunction.LessOrEqual, 1, 1, 0)]
    [InlineData(ElementFunction.Greater, 0, 0, 1)]
    [InlineData(ElementFunction.GreaterOrEqual, 0, 1, 1)]
    public void Evaluate_Integers_CompareWhatTheyStandFor(ElementFunction function, params int[] expected) =>
        Assert.Equal(
            expected,
            Evaluate(
                new Elementwise { Function = function },
                Type(1, 1, 3, 1, 0),
                Data(Type(1, 1, 3, 0.5f, 0), 2, 4, 6),
                Data(Type(1, 1, 1, 1, 1), 3)
            )
        );

    [Fact]
    public void Evaluate_NoNumber_DiffersFromItself()
    {
        var type = new TensorType(new(1, 1, 2), ElementType.Float32);
        var (input, output) = (new TensorData(type), new TensorData(type));
        (input.Float32[0], input.Float32[1]) = (float.NaN, 1);
        new Elementwise { Function = ElementFunction.NotEqual }.Evaluate(new([type, type], type), [input, input], output);
        Assert.Equal([1, 0], output.Float32.ToArray());
    }

    /// <summary>Logic of comparisons of two quantised tensors runs between bytes alone.</summary>
    [Fact]
    public void Compile_LogicOfIntegers_IsBytes()
    {
        var graph = ModelCompiler.Network(Logic().Read(), "net").Value;
        Assert.All(graph.Tensors, t => Assert.Equal(1, t.Type.Element.Size()));
        Assert.Equal(
            (ElementType.UInt8, new QuantizationParameters(1, 0)),
            (graph.Outputs[0].Element, graph[graph.Outputs[0].Tensor].Type.Quantization)
        );
    }

    [OnnxRuntimeFact]
    public void Evaluate_LogicOfIntegers_EqualsOnnxRuntime() => WholeOracle.Same(Logic(), 1);

    [OnnxRuntimeTheory]
    [InlineData("Less", "x w")]
    [InlineData("GreaterOrEqual", "w x")]
    [InlineData("Equal", "x x2")]
    [InlineData("Greater", "x2 x")]
    public void Evaluate_Reals_EqualOnnxRuntime(string function, string operands) =>
        WholeOracle.Same(
            new OnnxBytes { Opset = 16 }
                .Input("x", 1, 3, 5, 4)
                .Input("x2", 1, 1, 5, 4)
                .Tensor("w", OnnxType.Float, [3, 1, 1], -1f, 0f, 1f)
                .Node(function, operands, "c")
                .Node("Not", "c", "y")
                .Output("y", OnnxType.Bool, 1, 3, 5, 4),
            2
        );

    [Fact]
    public void Import_IntegersBetweenQuantisations_AreReported()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("Less", "q q", "y")
            .Output("y", OnnxType.Bool);
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1016");
    }

    private static OnnxBytes Logic() =>
        new OnnxBytes { Opset = 16 }
            .Input("x", 1, 3, 5, 4)
            .Input("x2", 1, 3, 5, 4)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("QuantizeLinear", "x2 s z", "q2")
            .Node("DequantizeLinear", "q2 s z", "d2")
            .Float("half", 0.5f)
            .Node("Greater", "d d2", "g")
            .Node("LessOrEqual", "d half", "l")
            .Node("And", "g l", "a")
            .Node("Xor", "a l", "o")
            .Node("Or", "o g", "r")
            .Node("Not", "r", "y")
            .Output("y", OnnxType.Bool, 1, 3, 5, 4);
}
