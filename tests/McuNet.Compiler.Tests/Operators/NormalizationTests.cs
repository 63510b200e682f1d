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

/// <summary>Means of a pixel, of runs of channels and of everything, gains of channels and of values, and values that are all the
/// same.</summary>
internal sealed class NormalizationCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 32; i++)
        {
            var groups = 1 + Random.Next(3);
            var shape = Shape() with { Channels = groups * (1 + Random.Next(5)) };
            var whole = i % 4 == 3;
            var op = new Normalization
            {
                OverPixels = i % 2 == 1,
                Groups = i % 2 == 0 || whole ? 1 : groups,
                Epsilon = i % 3 == 0 ? 1e-5f : 0.001f,
                Clamp = i % 5 == 0 ? Clamp.Relu : Clamp.None,
                Gain = Reals(whole ? shape : TensorShape.Vector(shape.Channels)),
                Offset = Reals(whole ? shape : TensorShape.Vector(shape.Channels)),
            };
            yield return Case(op, new([Int8(shape)], Int8(shape, 0.03f)), i % 2 == 1 ? Calling.SplitColumns : (Calling)(i / 2 % 3));
            yield return Case(op, new([Real(shape)], Real(shape)), i % 2 == 1 ? Calling.SplitColumns : (Calling)(i / 2 % 3), lowest: 0.1f);
        }

        var alone = new Normalization
        {
            OverPixels = false,
            Epsilon = 1e-5f,
            Gain = Reals(TensorShape.Vector(1)),
            Offset = Reals(TensorShape.Vector(1)),
        };
        yield return Case(alone, new([Int8(new(2, 3, 1))], Int8(new(2, 3, 1))), Calling.SplitColumns);
    }

    private ConstantTensor Reals(TensorShape shape)
    {
        var values = Enumerable.Range(0, shape.Elements).Select(_ => (float)(3 * Random.NextDouble() - 1)).ToArray();
        return new([shape.Height, shape.Width, shape.Channels], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }
}

public sealed class NormalizationTests
{
    /// <summary>-3 -1 1 3 has the deviation sqrt 5, and three of the same have none; a gain of 2 and an offset of 0.5 in steps of
    /// 0.25.</summary>
    [Fact]
    public void Evaluate_Channels_HaveTheirOwnMean() =>
        Assert.Equal(
            [-9, -2, 6, 13, 2, 2, 2, 2],
            Evaluate(
                new Normalization
                {
                    OverPixels = false,
                    Epsilon = 1e-6f,
                    Gain = Same(4, 2),
                    Offset = Same(4, 0.5f),
                },
                Type(1, 2, 4, 0.25f, 0),
                Data(Type(1, 2, 4, 0.5f, 2), -1, 1, 3, 5, 9, 9, 9, 9)
            )
        );

    [Theory]
    [InlineData(1e-6f)]
    [InlineData(0.0432f)]
    [InlineData(1f)]
    [InlineData(7e5f)]
    public void InverseRoot_Values_IsWithinAFewUnitsOfTheLastPlace(float value) =>
        Assert.InRange(Normalization.InverseRoot(value) * Math.Sqrt(value), 1 - 5e-7, 1 + 5e-7);

    [OnnxRuntimeTheory]
    [InlineData("1 12 8", "8", "LayerNormalization")]
    [InlineData("1 12 8", "12 8", "LayerNormalization axis=1")]
    [InlineData("1 3 6 7", "3 6 7", "LayerNormalization axis=1")]
    [InlineData("1 20", "20", "LayerNormalization")]
    [InlineData("1 6 5 7", "6", "InstanceNormalization")]
    [InlineData("1 6 30", "6", "InstanceNormalization")]
    [InlineData("1 6 5 7", "3", "GroupNormalization num_groups=3")]
    public void Evaluate_Attributes_AreWithinOneStepOfOnnxRuntime(string input, string parameters, string function)
    {
        var words = function.Split(' ');
        var dims = parameters.Split(' ').Select(int.Parse).ToArray();
        var count = dims.Aggregate((a, b) => a * b);
        var model = Start(input, words[0] == "GroupNormalization" ? 18 : 17)
            .Tensor("g", OnnxType.Float, dims, [.. Enumerable.Range(0, count).Select(i => 0.5f + i % 7 * 0.2f)])
            .Tensor("b", OnnxType.Float, dims, [.. Enumerable.Range(0, count).Select(i => i % 5 * 0.1f - 0.2f)])
            .Node(
                words[0],
                "d g b",
                "f",
                [
                    .. words
                        .Skip(1)
                        .Select(w =>
                            (w.Split('=')[0], (object)int.Parse(w.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))
                        ),
                ]
            );
        var difference = OnnxOracle.Compare(Finish(model), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    [Fact]
    public void Compile_LayerOfTokens_RunsByRows()
    {
        var graph = ModelCompiler
            .Network(Finish(Start("1 12 8", 17).Float("g", 1, 1, 1, 1, 1, 1, 1, 1).Node("LayerNormalization", "d g", "f")).Read(), "net")
            .Value;
        var node = Assert.Single(graph.Nodes);
        Assert.Equal(12, node.Operator.Rows(graph.TypesOf(node)).Steps);
    }

    [Fact]
    public void Import_GroupsThatDivideNothing_AreReported()
    {
        var model = Finish(Start("1 6 5 7", 21).Float("g", 1, 1, 1, 1, 1, 1).Node("GroupNormalization", "d g g", "f", ("num_groups", 4)));
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }

    /// <summary>
    /// A factor and an addend for each channel: of a layer they are scales and bias, negative ones too; alone they are a layer of one
    /// weight per channel.
    /// </summary>
    [OnnxRuntimeTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Evaluate_BatchNormalization_IsWithinOneStepOfOnnxRuntime(bool behindALayer)
    {
        var model = Start("1 4 6 7", 15)
            .Float("g", 0.8f, -0.6f, 1.3f, 0)
            .Float("b", 0.1f, 0, -0.3f, 0.2f)
            .Float("m", 0.05f, -0.2f, 0.3f, 0)
            .Float("v", 1.2f, 0.7f, 0.4f, 1)
            .Tensor("wq", OnnxType.Int8, [4, 4, 1, 1], [.. Enumerable.Range(0, 16).Select(i => (sbyte)(i * 53 % 200 - 100))])
            .Float("ws", 0.01f)
            .Zero("wz")
            .Node("DequantizeLinear", "wq ws wz", "w")
            .Node("Conv", "d w", "c")
            .Node("BatchNormalization", behindALayer ? "c g b m v" : "d g b m v", "f");
        var difference = OnnxOracle.Compare(Finish(model), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
        Assert.Single(ModelCompiler.Network(model.Read(), "net").Value.Nodes);
    }

    private static ConstantTensor Same(int count, float value) =>
        new([1, 1, count], ElementType.Float32, [.. MemoryMarshal.AsBytes(Enumerable.Repeat(value, count).ToArray().AsSpan())], [1], [0]);

    private static OnnxBytes Start(string dims, int opset) =>
        new OnnxBytes { Opset = opset }
            .Input("x", [.. dims.Split(' ').Select(long.Parse)])
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model) =>
        model.Float("o", 0.0313f).Zero("p", 3).Node("QuantizeLinear", "f o p", "oq").Node("DequantizeLinear", "oq o p", "y").Output("y");
}
