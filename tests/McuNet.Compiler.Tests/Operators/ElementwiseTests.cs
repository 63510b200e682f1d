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

/// <summary>Every function, operands of every shape that repeats, constants of both types in both places, quotients by zero.</summary>
internal sealed class ElementwiseCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 63; i++)
        {
            var (shape, function) = (Shape(), (ElementFunction)(i % 7));
            var (first, second) =
                i % 3 == 0 ? (shape, shape)
                : i % 3 == 1 ? (shape, Part(shape))
                : (Part(shape), Part(shape));
            var op = new Elementwise { Function = function, Clamp = i % 4 == 0 ? Clamp.Relu : Clamp.None };
            if (i / 7 % 3 == 0)
            {
                yield return Case(
                    op,
                    new([Int8(first), Int8(second)], Int8(op.InferShape([first, second]), 0.04f)),
                    CallingOf(op, i, first, second)
                );
                yield return Case(
                    op,
                    new([Real(first), Real(second)], Real(op.InferShape([first, second]))),
                    CallingOf(op, i, first, second),
                    lowest: 0.25f
                );
                continue;
            }

            if (i % 3 == 1)
            {
                var ofNumbers = op with
                {
                    Function = i % 2 == 0 ? ElementFunction.Pow : ElementFunction.Mod,
                    Constant = i % 5 < 3 ? Reals(second, least: 0.5f) : null,
                    ConstantFirst = i % 5 < 3 && i % 4 == 1,
                };
                NodeTypes types = new(i % 5 < 3 ? [Real(first)] : [Real(first), Real(second)], Real(op.InferShape([first, second])));
                yield return Case(ofNumbers, types, CallingOf(op, i, first, second), lowest: 0.25f);
            }

            op = op with
            {
                Constant = i / 7 % 3 == 1 ? Integers(second) : Reals(second),
                ConstantFirst = i % 2 == 0 && function != ElementFunction.PRelu,
            };
            yield return Case(op, new([Int8(first)], Int8(op.InferShape([first]), 0.04f)), CallingOf(op, i, first, second));
            if (op.Constant.Element == ElementType.Float32)
                yield return Case(op, new([Real(first)], Real(op.InferShape([first]))), CallingOf(op, i, first, second), lowest: 0.25f);
        }
    }

    private static Calling CallingOf(Elementwise op, int i, TensorShape first, TensorShape second)
    {
        var types = new NodeTypes(op.Constant is null ? [Type(first), Type(second)] : [Type(first)], Type(op.InferShape([first, second])));
        var rows = op.Rows(types);
        return i % 5 == 0 && rows.Joinable ? Calling.Joined
            : i % 5 == 1 && rows.MayOverwrite(0) ? Calling.InPlace
            : Calling.SplitColumns;

        static TensorType Type(TensorShape shape) => new(shape, ElementType.Int8, new(1, 0));
    }

    private TensorShape Part(TensorShape shape) =>
        new(Random.Next(2) == 0 ? 1 : shape.Height, Random.Next(2) == 0 ? 1 : shape.Width, Random.Next(2) == 0 ? 1 : shape.Channels);

    private ConstantTensor Integers(TensorShape shape)
    {
        var data = new byte[shape.Elements];
        Random.NextBytes(data);
        return new([shape.Height, shape.Width, shape.Channels], ElementType.Int8, [.. data], [0.03f], [Random.Next(-128, 128)]);
    }

    /// <param name="least">What stands among the others now and then.</param>
    private ConstantTensor Reals(TensorShape shape, float least = 0)
    {
        var values = Enumerable
            .Range(0, shape.Elements)
            .Select(_ => Random.Next(9) == 0 ? least : (float)(4 * Random.NextDouble() - 2))
            .ToArray();
        return new([shape.Height, shape.Width, shape.Channels], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }
}

public sealed class ElementwiseTests
{
    /// <summary>Whole exponents of negative numbers, small and large, and remainders with the sign of the first.</summary>
    [Theory]
    [InlineData(ElementFunction.Pow, -2, 3, -8)]
    [InlineData(ElementFunction.Pow, -2, 17, -131072)]
    [InlineData(ElementFunction.Pow, -2, 18, 262144)]
    [InlineData(ElementFunction.Pow, -2, 0.5f, float.NaN)]
    [InlineData(ElementFunction.Pow, 9, 0.5f, 3)]
    [InlineData(ElementFunction.Pow, 4, -1, 0.25f)]
    [InlineData(ElementFunction.Mod, 5.75f, 0.5f, 0.25f)]
    [InlineData(ElementFunction.Mod, -5.75f, 0.5f, -0.25f)]
    [InlineData(ElementFunction.Mod, 5.75f, -2, 1.75f)]
    [InlineData(ElementFunction.Mod, 1e30f, 3, 0)]
    [InlineData(ElementFunction.Mod, 5, 0, float.NaN)]
    public void Evaluate_PowersAndRemainders_AreThoseOfRealNumbers(ElementFunction function, float a, float b, float expected)
    {
        var type = new TensorType(new(1, 1, 1), ElementType.Float32);
        var (first, second, output) = (new TensorData(type), new TensorData(type), new TensorData(type));
        (first.Float32[0], second.Float32[0]) = (a, b);
        new Elementwise { Function = function }.Evaluate(new([type, type], type), [first, second], output);
        Assert.True(
            expected.Equals(output.Float32[0]) || Math.Abs(expected - output.Float32[0]) <= Math.Abs(expected) * 2e-6f,
            $"{output.Float32[0]}"
        );
    }

    /// <summary>Two rows of two pixels less one value per row, in steps of 0.5: 1 - 0.5, 2 - 0.5 and 3 + 1, 4 + 1.</summary>
    [Fact]
    public void Evaluate_OneValuePerRow_IsReadAgainByEveryColumn() =>
        Assert.Equal(
            [1, 3, 8, 10],
            Evaluate(
                new Elementwise { Function = ElementFunction.Sub },
                Type(2, 2, 1, 0.5f, 0),
                Data(Type(2, 2, 1, 1, 0), 1, 2, 3, 4),
                Data(Type(2, 1, 1, 0.5f, 1), 2, -1)
            )
        );

    /// <summary>A half to even, -4 / 2, -16 / 2 and the sign of a quotient by zero; zero by zero is no number and gives the zero point,
    /// 3.</summary>
    [Fact]
    public void Evaluate_QuotientByZero_Saturates() =>
        Assert.Equal(
            [3, 1, -5, 127, -128, 3],
            [.. Quotients(1, 2), .. Quotients(-4, 2), .. Quotients(-16, 2), .. Quotients(1, 0), .. Quotients(-1, 0), .. Quotients(0, 0)]
        );

    [Fact]
    public void Evaluate_PRelu_ScalesNegativeValuesByChannel() =>
        Assert.Equal(
            [4, -2, -8, 5],
            Evaluate(
                new Elementwise { Function = ElementFunction.PRelu, Constant = Weights([1, 1, 2], 0.5f, 1, 4) },
                Type(1, 2, 2, 1, 0),
                Data(Type(1, 2, 2, 1, 0), 4, -1, -16, 5)
            )
        );

    [Fact]
    public void Slice_ConstantOfColumns_TakesTheirPart()
    {
        var op = new Elementwise { Function = ElementFunction.Add, Constant = Weights([1, 4, 1], 1, 10, 20, 30, 40) };
        var slice = op.Slice(new([Type(1, 4, 1, 1, 0)], Type(1, 4, 1, 1, 0)), new(1, 3))!;
        Assert.Equal(new ColumnRange(1, 3), slice.Inputs[0]);
        Assert.Equal([22, 33], Evaluate(slice.Operator, Type(1, 2, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 2, 3)));
    }

    public static TheoryData<string, string, string> Shapes { get; } =
        new()
        {
            { "Add", "1 3 5 4", "1 1 5 4" },
            { "Sub", "1 3 5 4", "1 3 5 4" },
            { "Sub", "1 3 1 1", "1 1 5 4" },
            { "Mul", "1 3 5 4", "1 1 5 4" },
            { "Mul", "1 3 5 4", "1 3 1 4" },
            { "Div", "1 3 5 4", "1 3 5 1" },
            { "Min", "1 3 5 4", "1 3 5 4" },
            { "Max", "1 3 5 4", "1 1 1 4" },
            { "Add", "1 6", "1 6 5 6" },
            { "Add", "1 12 8", "1 1 8" },
            { "PRelu", "1 3 5 4", "1 3 1 1" },
        };

    [OnnxRuntimeTheory]
    [MemberData(nameof(Shapes))]
    public void Evaluate_TwoActivations_EqualOnnxRuntimeOrDifferOnTies(string function, string first, string second) =>
        Same(
            Finish(
                Start(first)
                    .Input("x2", Dims(second))
                    .Node("QuantizeLinear", "x2 t u", "q2")
                    .Node("DequantizeLinear", "q2 t u", "d2")
                    .Node(function, "d d2", "f")
            )
        );

    [OnnxRuntimeTheory]
    [InlineData("Add", "1 3 5 4", "5 4", false)]
    [InlineData("Sub", "1 3 5 4", "1 3 5 4", true)]
    [InlineData("Div", "1 3 5 4", "3 1 1", false)]
    [InlineData("Div", "1 3 5 4", "1 1 4", true)]
    [InlineData("Mul", "1 3 5 4", "3 5 4", false)]
    [InlineData("Max", "1 3 5 4", "3 1 1", false)]
    [InlineData("Min", "1 12 8", "8", false)]
    [InlineData("Add", "1 12 8", "12 8", false)]
    [InlineData("Sub", "1 3 1 1", "3 5 4", true)]
    [InlineData("PRelu", "1 3 5 4", "3 1 1", false)]
    public void Evaluate_Constants_EqualOnnxRuntimeOrDifferOnTies(string function, string first, string second, bool reversed)
    {
        int[] dims = [.. Dims(second).Select(d => (int)d)];
        var random = new Random(3);
        var reals = Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(2 * random.NextDouble() + 0.1)).ToArray();
        var operands = reversed ? "c d" : "d c";
        Same(Finish(Start(first).Tensor("c", OnnxType.Float, dims, reals).Node(function, operands, "f")));
        var bytes = reals.Select(r => (byte)(100 + 50 * r)).ToArray();
        Same(
            Finish(
                Start(first)
                    .Tensor("cq", OnnxType.UInt8, dims, bytes)
                    .Tensor("cz", OnnxType.UInt8, [], (byte)90)
                    .Node("DequantizeLinear", "cq t cz", "c")
                    .Node(function, operands, "f")
            )
        );
    }

    [Fact]
    public void Compile_SpatialMap_RunsByRows()
    {
        var model = Finish(
            Start("1 3 5 4")
                .Input("x2", 1, 1, 5, 4)
                .Node("QuantizeLinear", "x2 t u", "q2")
                .Node("DequantizeLinear", "q2 t u", "d2")
                .Node("Mul", "d d2", "f")
        );
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var node = Assert.Single(graph.Nodes);
        Assert.IsType<Elementwise>(node.Operator);
        Assert.Equal(5, node.Operator.Rows(graph.TypesOf(node)).Steps);
    }

    [Fact]
    public void Import_DimensionsThatDiffer_AreReported()
    {
        var model = Finish(
            Start("1 3 5 4")
                .Input("x2", 1, 3, 5, 3)
                .Node("QuantizeLinear", "x2 t u", "q2")
                .Node("DequantizeLinear", "q2 t u", "d2")
                .Node("Sub", "d d2", "f")
        );
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1006");
    }

    /// <summary>ONNX Runtime without optimisation takes the same steps; optimised it computes sums and products on integers.</summary>
    private static void Same(OnnxBytes model)
    {
        var (optimised, plain) = (
            OnnxOracle.Compare(model, 1),
            OnnxOracle.Compare(model, 1, McuNet.Runtimes.OnnxRuntime.OnnxOptimisation.Disabled)
        );
        Assert.InRange(Math.Max(optimised.Largest, plain.Largest), 0, 1);
        Assert.InRange(Math.Min(plain.Mismatches, optimised.Mismatches), 0, 0);
    }

    private static int[] Quotients(int a, int b) =>
        Evaluate(
            new Elementwise { Function = ElementFunction.Div },
            Type(1, 1, 1, 1, 3),
            Data(Type(1, 1, 1, 1, 0), a),
            Data(Type(1, 1, 1, 1, 0), b)
        );

    private static long[] Dims(string dims) => [.. dims.Split(' ').Select(long.Parse)];

    private static OnnxBytes Start(string dims) =>
        new OnnxBytes { Opset = 16 }
            .Input("x", Dims(dims))
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("t", 0.0179f)
            .Zero("u", -11)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model) =>
        model.Float("o", 0.0313f).Zero("p", 3).Node("QuantizeLinear", "f o p", "oq").Node("DequantizeLinear", "oq o p", "y").Output("y");
}
