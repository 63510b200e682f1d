using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
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

/// <summary>One to five inputs, some in the output's scale and some in one scale of their own, scales that saturate.</summary>
internal sealed class ConcatCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 20; i++)
        {
            var (shape, shared) = (Shape(), Int8(Shape()));
            var output = Int8(shape);
            var inputs = Enumerable
                .Range(0, 1 + i % 5)
                .Select(_ =>
                {
                    var own = shape with { Channels = 1 + Random.Next(9) };
                    return Random.Next(3) switch
                    {
                        0 => output with { Shape = own },
                        1 => shared with { Shape = own },
                        _ => Int8(own),
                    };
                })
                .ToArray();
            var op = new Concat { Clamp = i % 4 == 3 ? Clamp.Relu : Clamp.None };
            yield return Case(
                op,
                new([.. inputs], output with { Shape = op.InferShape([.. inputs.Select(t => t.Shape)]) }),
                i % 2 == 0 ? Calling.SplitColumns : Calling.Joined
            );
        }

        for (var i = 0; i < 32; i++)
        {
            var (axis, type) = ((ConcatAxis)(i % 4), Any(KernelTypes.Activations[i % 4], Shape()));
            var parts = Enumerable
                .Range(0, 1 + Random.Next(5))
                .Select(_ =>
                    type with
                    {
                        Shape = axis switch
                        {
                            ConcatAxis.Channels => type.Shape with { Channels = 1 + Random.Next(40) },
                            ConcatAxis.Columns => type.Shape with { Width = 1 + Random.Next(6) },
                            ConcatAxis.Rows => type.Shape with { Height = 1 + Random.Next(4) },
                            _ => Shape(),
                        },
                    }
                )
                .ToArray();
            var join = new Concat { Axis = axis, Shape = new(1, parts.Sum(p => p.Shape.Elements), 1) };
            yield return Case(
                join,
                new([.. parts], type with { Shape = join.InferShape([.. parts.Select(p => p.Shape)]) }),
                axis == ConcatAxis.Channels && i % 8 == 0 ? Calling.Joined : Calling.SplitColumns
            );
        }

        for (var i = 0; i < 12; i++)
        {
            var type = Any(KernelTypes.Activations[i % 4], Shape());
            var parts = Enumerable
                .Range(0, 1 + Random.Next(3))
                .Select(_ => type with { Shape = type.Shape with { Height = 1 + Random.Next(6) } })
                .ToArray();
            var ranges = parts.Select(p =>
                Random.Next(p.Shape.Height) is var first ? new RowRange(first, first + 1 + Random.Next(p.Shape.Height - first)) : default
            );
            var join = new Concat { Axis = ConcatAxis.Rows, Ranges = [.. ranges] };
            yield return Case(
                join,
                new([.. parts], type with { Shape = join.InferShape([.. parts.Select(p => p.Shape)]) }),
                Calling.SplitColumns
            );
        }
    }
}

public sealed class ConcatTests
{
    [Fact]
    public void Evaluate_DifferentScales_BringsBothToTheOutput() =>
        Assert.Equal(
            [10, 20, 0, 30, 40, 62],
            Evaluate(
                new Concat(),
                Type(1, 2, 3, 0.5f, 0),
                Data(Type(1, 2, 2, 0.5f, 0), 10, 20, 30, 40),
                Data(Type(1, 2, 1, 0.25f, 3), 4, 127)
            )
        );

    [Theory]
    [InlineData(ConcatAxis.Columns, 2, 3, new[] { 1, 5, 6, 2, 7, 8 })]
    [InlineData(ConcatAxis.Elements, 2, 3, new[] { 1, 2, 5, 6, 7, 8 })]
    public void Evaluate_OneAndTwoColumns_ByHand(ConcatAxis axis, int height, int width, int[] expected) =>
        Assert.Equal(
            expected,
            Evaluate(
                new Concat { Axis = axis, Shape = new(height, width, 1) },
                Type(height, width, 1, 0.5f, 0),
                Data(Type(2, 1, 1, 0.5f, 0), 1, 2),
                Data(Type(2, 2, 1, 0.5f, 0), 5, 6, 7, 8)
            )
        );

    [Fact]
    public void Evaluate_RowsOfDifferentScales_ByHand() =>
        Assert.Equal(
            [1, 2, 3, 4, 2, 3],
            Evaluate(
                new Concat { Axis = ConcatAxis.Rows },
                Type(3, 2, 1, 0.5f, 0),
                Data(Type(2, 2, 1, 0.5f, 0), 1, 2, 3, 4),
                Data(Type(1, 2, 1, 0.25f, 0), 4, 6)
            )
        );

    [Fact]
    public void Evaluate_SomeRowsOfEach_ByHand() =>
        Assert.Equal(
            [3, 4, 5, 6, 9, 10],
            Evaluate(
                new Concat { Axis = ConcatAxis.Rows, Ranges = [new(1, 3), new(1, 2)] },
                Type(3, 2, 1, 0.5f, 0),
                Data(Type(3, 2, 1, 0.5f, 0), 1, 2, 3, 4, 5, 6),
                Data(Type(2, 2, 1, 0.5f, 0), 7, 8, 9, 10)
            )
        );

    [Fact]
    public void Rows_OfSomeRowsOfEach_ReadOneAfterTheOther()
    {
        var rows = new StackedRows([new(1, 3), new(2, 3)]);
        Assert.Equal([(1, 2), (2, 3), (3, 3)], Enumerable.Range(0, 3).Select(s => (rows.Reads(0, s).Begin, rows.Reads(0, s).End)));
        Assert.Equal([(2, 2), (2, 2), (2, 3)], Enumerable.Range(0, 3).Select(s => (rows.Reads(1, s).Begin, rows.Reads(1, s).End)));
        Assert.Equal([1, 2], Enumerable.Range(0, 2).Select(rows.RowOf(0).At));
        Assert.Equal(2, rows.RowOf(1).At(2));
    }

    [Fact]
    public void Rows_OfStackedTensors_ReadOneAfterTheOther()
    {
        var rows = new StackedRows([new(0, 2), new(0, 1)]);
        Assert.Equal([(0, 1), (1, 2), (2, 2)], Enumerable.Range(0, 3).Select(s => (rows.Reads(0, s).Begin, rows.Reads(0, s).End)));
        Assert.Equal([(0, 0), (0, 0), (0, 1)], Enumerable.Range(0, 3).Select(s => (rows.Reads(1, s).Begin, rows.Reads(1, s).End)));
    }

    [Fact]
    public void Lower_InputsInTheScaleOfTheOutput_NeedNoTable()
    {
        var type = Type(2, 2, 3, 0.1f, 7);
        var types = new NodeTypes([type, type, Type(2, 2, 3, 0.2f, 7), Type(2, 2, 3, 0.2f, 7)], type with { Shape = new(2, 2, 12) });
        var kernel = OperatorTable.Lower(new Concat(), types, new(KernelLanguage.C, DeviceFeatures.None));
        var tables = kernel.Parameters.OfType<TableParameter>().ToDictionary(p => p.Name, p => p.Table);
        Assert.Equal([0, 0, 1, 1], tables["numbers"].As<ushort>().ToArray().Select(n => (int)n));
        Assert.Equal(256, tables["tables"].Bytes.Length);
    }

    [Fact]
    public void Import_ThreeTensors_JoinsTheirChannels()
    {
        var graph = Compile(Finish(Start().Node("Concat", "d e d", "f", ("axis", 1)), 8));
        Assert.Equal("Concat", Assert.Single(graph.Nodes).Operator.Kind);
        Assert.Equal(new TensorShape(16, 16, 8), graph[graph.Outputs[0].Tensor].Type.Shape);
        Assert.Equal([1, 8, 16, 16], graph.Outputs[0].Dims.AsEnumerable());
    }

    [Fact]
    public void Import_TransposedTensors_JoinsTheLastDimension()
    {
        var model = Start()
            .Node("Transpose", "d", "dt", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("Transpose", "e", "et", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("Concat", "dt et", "ft", ("axis", -1))
            .Node("Transpose", "ft", "f", ("perm", new[] { 0, 3, 1, 2 }));
        Assert.Equal(["Concat"], Compile(Finish(model, 5)).Nodes.Select(n => n.Operator.Kind));
    }

    [Fact]
    public void Import_ReluAfterConcat_IsItsClamp()
    {
        var graph = Compile(Finish(Start().Node("Concat", "d e", "c", ("axis", 1)).Node("Relu", "c", "f"), 5));
        Assert.Equal(Clamp.Relu, Assert.IsType<Concat>(Assert.Single(graph.Nodes).Operator).Clamp);
    }

    [Theory]
    [InlineData(1, "d g", "MCU1006")]
    [InlineData(4, "i i", "MCU1004")]
    public void Import_OtherSizesOrNoAxis_IsReported(int axis, string operands, string id)
    {
        var model = Start()
            .Input("x3", 1, 3, 8, 16)
            .Node("QuantizeLinear", "x3 s z", "q3")
            .Node("DequantizeLinear", "q3 s z", "g")
            .Node("MaxPool", "d", "i", ("kernel_shape", new[] { 1, 1 }))
            .Node("Concat", operands, "f", ("axis", axis));
        Assert.Contains(ModelImporter.Import(Finish(model, 6).Read(), "net").Diagnostics, d => d.Id == id);
    }

    [Fact]
    public void Import_QLinearForm_TakesScalesFromItsOperands()
    {
        var model = new OnnxBytes { Domain = "com.microsoft", Opset = 1 }
            .Input("x", OnnxType.Int8, 1, 3, 2, 2)
            .Float("s", 0.5f)
            .Zero("z", 4)
            .Float("t", 0.25f)
            .Zero("u", -7)
            .Node("QLinearConcat", "t u x s z x s z", "y", ("axis", 1))
            .Output("y");
        var graph = Compile(model);
        Assert.Equal(new TensorType(new(2, 2, 6), ElementType.Int8, new(0.25f, -7)), graph[graph.Outputs[0].Tensor].Type);
        Assert.Equal(2, Assert.Single(graph.Nodes).Inputs.Length);
    }

    [OnnxRuntimeFact]
    public void Evaluate_RandomTensors_EqualsOnnxRuntime()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var model = Start(0.3f + seed * 0.2f).Node("Concat", "d e d", "f", ("axis", 1));
            Assert.Equal(new OnnxDifference(8 * 256, 0, 0), OnnxOracle.Compare(Finish(model, 8), seed));
        }
    }

    /// <summary>Constants of several numbers, and of one, before, between and behind tensors, along every dimension; a transposed tensor
    /// too.</summary>
    [OnnxRuntimeTheory]
    [InlineData("k x", 0)]
    [InlineData("k x", 1)]
    [InlineData("x k", 2)]
    [InlineData("one k x one k", 3)]
    [InlineData("k one x k x one", 2)]
    [InlineData("one x one k", 1)]
    public void Evaluate_Constants_EqualsOnnxRuntime(string operands, int axis)
    {
        long[] dims = [2, 3, 4, 5];
        var small = dims.Select((d, i) => i == axis ? 2 : (int)d).ToArray();
        var elements = small.Aggregate(1, (a, b) => a * b);
        var joined = dims.Select((d, i) => i == axis ? operands.Split(' ').Sum(o => o == "x" ? d : 2) : d).ToArray();
        var model = new OnnxBytes()
            .Tensor("k", OnnxType.Float, small, [.. Enumerable.Range(0, elements).Select(i => i * 0.25f - 3)])
            .Tensor("one", OnnxType.Float, small, [.. Enumerable.Repeat(-1.5f, elements)]);
        WholeOracle.Same(model.Input("x", dims).Node("Concat", operands, "y", ("axis", axis)).Output("y", joined), 1);
        var turned = new OnnxBytes()
            .Tensor("k", OnnxType.Float, small, [.. Enumerable.Range(0, elements).Select(i => i * 0.25f - 3)])
            .Tensor("one", OnnxType.Float, small, [.. Enumerable.Repeat(-1.5f, elements)])
            .Input("t", 5, 4, 3, 2)
            .Node("Transpose", "t", "x");
        WholeOracle.Same(turned.Node("Concat", operands, "c", ("axis", axis)).Node("Relu", "c", "y").Output("y", joined), 1);
    }

    /// <summary>A known part before a sequence, as class tokens are: bytes like the sequence.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_ConstantBeforeIntegers_EqualsOnnxRuntimeInBytes()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 20, 15)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("o", 0.0313f)
            .Zero("p", 3)
            .Tensor("k", OnnxType.Float, [1, 1, 15], [.. Enumerable.Range(0, 15).Select(i => i * 0.1f - 0.7f)])
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("Concat", "k d", "f", ("axis", 1))
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y", 1, 21, 15);
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
        Assert.All(Compile(model).Tensors, t => Assert.Equal(ElementType.Int8, t.Type.Element));
    }

    /// <summary>"d" with 3 channels, "e" with 2 and another scale.</summary>
    private static OnnxBytes Start(float stretch = 1) =>
        new OnnxBytes()
            .Input("x", 1, 3, 16, 16)
            .Input("x2", 1, 2, 16, 16)
            .Float("s", 0.0234f * stretch)
            .Zero("z", 9)
            .Float("t", 0.0179f)
            .Zero("u", -11)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("QuantizeLinear", "x2 t u", "q2")
            .Node("DequantizeLinear", "q2 t u", "e");

    private static OnnxBytes Finish(OnnxBytes model, int channels) =>
        model
            .Float("o", 0.0213f)
            .Zero("p", 3)
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y", 1, channels, 16, 16);

    private static NetworkGraph Compile(OnnxBytes model) => ModelCompiler.Network(model.Read(), "net").Value;
}
