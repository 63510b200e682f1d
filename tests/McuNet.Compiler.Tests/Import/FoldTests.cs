using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Shapes that exporters compute, and other arithmetic on constants, are known when a model is read.</summary>
public sealed class FoldTests
{
    /// <summary>Whatever the operators of a network are, they compute constants too: y = x + g(c) for a constant c of 2 x 3 x 4 real
    /// numbers.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Sin")]
    [InlineData("Sign")]
    [InlineData("Shrink")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Relu")]
    [InlineData("Softmax axis=1")]
    [InlineData("LogSoftmax axis=2")]
    [InlineData("InstanceNormalization k k")]
    [InlineData("MaxPool kernel_shape=1,1")]
    [InlineData("Conv w k")]
    public void Import_OperatorOfConstants_IsEvaluated(string text)
    {
        var words = text.Split(' ');
        (string, object)[] attributes =
        [
            .. words
                .Where(w => w.Contains('='))
                .Select(w => w.Split('='))
                .Select(p => (p[0], p[1].Contains(',') ? p[1].Split(',').Select(int.Parse).ToArray() : (object)int.Parse(p[1]))),
        ];
        var inputs = string.Join(' ', words[1..].Where(w => !w.Contains('=')).Prepend("c"));
        var values = Enumerable.Range(0, 24).Select(i => (i * 7 % 24 - 11) * 0.3f).ToArray();
        var model = new OnnxBytes()
            .Input("x", 1, 2, 3, 4)
            .Tensor("c", OnnxType.Float, [1, 2, 3, 4], values)
            .Float("k", 0.5f, -0.25f)
            .Tensor("w", OnnxType.Float, [2, 2, 1, 1], 1f, -2f, 0.5f, 3f)
            .Node(words[0], inputs, "g", attributes)
            .Node("Add", "x g", "y")
            .Output("y", 1, 2, 3, 4);

        Assert.InRange(OnnxOracle.CompareReals(model, seed: 1), 0, 2e-6f);
        Assert.Single(ModelCompiler.Network(model.Read(), "net").Value.Nodes);
    }

    [Fact]
    public void Import_OperatorOfQuantisedConstant_IsEvaluatedOnItsRealNumbers()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 3)
            .Tensor<sbyte>("c", OnnxType.Int8, [1, 3], 1, -4, 6)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("DequantizeLinear", "c s z", "d")
            .Node("Relu", "d", "g")
            .Node("Add", "x g", "y")
            .Output("y", 1, 3);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        Assert.Equal([0.5f, 0, 3], ReferenceEvaluator.Run(graph, [input])[0].Float32.ToArray());
    }

    /// <summary>As Brevitas stores weights of few bits, or of a range around zero.</summary>
    [Theory]
    [InlineData("Clip", "c low high", new[] { 0.5f, -1, 1.5f })]
    [InlineData("Clip", "c low", new[] { 0.5f, -1, 3 })]
    [InlineData("Clip", "c - high", new[] { 0.5f, -2, 1.5f })]
    [InlineData("Relu", "c", new[] { 0.5f, 0, 3 })]
    public void Import_IntegersLimitedBeforeTheirScale_AreEvaluated(string op, string inputs, float[] expected)
    {
        var model = new OnnxBytes { Opset = 14 }
            .Input("x", 1, 3)
            .Tensor<sbyte>("c", OnnxType.Int8, [1, 3], 1, -4, 6)
            .Float("s", 0.5f)
            .Zero("z")
            .Zero("low", -2)
            .Zero("high", 3)
            .Node(op, inputs, "g")
            .Node("DequantizeLinear", "g s z", "d")
            .Node("Add", "x d", "y")
            .Output("y", 1, 3);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        Assert.Equal(expected, ReferenceEvaluator.Run(graph, [input])[0].Float32.ToArray());
    }

    /// <summary>
    /// Nodes: operator, operands, results, attributes. The last one, "r", is the shape that [1, 4, 6, 2] takes. Constants: i8 a number, i8v
    /// a list of it.
    /// </summary>
    [OnnxRuntimeTheory]
    [InlineData("Shape d a; Gather a i23 c; ReduceProd c p keepdims=0; Unsqueeze p i0v g; Concat i1v i4v g r axis=0", new[] { 1, 4, 12 })]
    [InlineData("Shape d a start=1 end=-1; Slice a i0v i1v b; Concat i1v b in1v r axis=0", new[] { 1, 4, 12 })]
    [InlineData(
        "Shape d a; Cast a f to=1; Slice f i2v i3v g; Div g half h; Floor h k; Cast k m to=7; Concat i1v m in1v r axis=0",
        new[] { 1, 12, 4 }
    )]
    [InlineData("Shape d a; Slice a i1v bigv r", new[] { 4, 6, 2 })]
    [InlineData("Shape d a; Equal a i4v q; Where q in1v a r", new[] { 1, 4, 6, 2 })]
    [InlineData("Size d n; Div n i6 m; Unsqueeze m i0v e; Concat e i6v r axis=0", new[] { 8, 6 })]
    [InlineData("ConstantOfShape i1v o; Cast o c to=7; Add c i8v e; Concat e i6v r axis=0", new[] { 8, 6 })]
    [InlineData("Range i4 i13 i4 n; Slice n i1v i2v b; Concat i6v b r axis=0", new[] { 6, 8 })]
    [InlineData("Shape d a; Split a p q axis=0; Mul p q r", new[] { 6, 8 })]
    [InlineData("Shape d a; ReduceMax a m keepdims=1; Concat i8v m r axis=0", new[] { 8, 6 })]
    [InlineData("Tile i4v i3v n; ReduceSum n t keepdims=1; Concat i4v t r axis=0", new[] { 4, 12 })]
    [InlineData("Expand i4v i2v n; Neg n m; Abs m o; Sub o i2 p; Max p i1 q; Min q i3 t; Concat t i12v r axis=0", new[] { 2, 2, 12 })]
    [InlineData("Mod i13 i3 m; Unsqueeze m i0v e; Concat e i6v i8v r axis=0", new[] { 1, 6, 8 })]
    [InlineData("Clip i13 i1 i12 c; Unsqueeze c i0v e; Concat i4v e r axis=0", new[] { 4, 12 })]
    [InlineData("Greater i8 i6 g; Not g n; Where n i1v i12v w; Concat i4v w r axis=0", new[] { 4, 12 })]
    public void Import_ComputedShape_IsThatOfOnnxRuntime(string nodes, int[] expected)
    {
        var model = new OnnxBytes { Opset = 17 }
            .Input("x", 1, 4, 6, 2)
            .Float("s", 0.1f)
            .Zero("z", 3)
            .Node("QuantizeLinear", "x s z", "q0")
            .Node("DequantizeLinear", "q0 s z", "d");
        foreach (var node in nodes.Split("; "))
            Add(model, node.Split(' '));
        Constants(model)
            .Node("Reshape", "d r", "y0")
            .Node("QuantizeLinear", "y0 s z", "yq")
            .Node("DequantizeLinear", "yq s z", "y")
            .Output("y");
        Assert.Equal(expected, ModelCompiler.Network(model.Read(), "net").Value.Outputs[0].Dims);
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    [Fact]
    public void Import_DivisionOfIntegersByZero_IsReported()
    {
        var model = Constants(
                new OnnxBytes()
                    .Input("x", 1, 4)
                    .Float("s", 0.1f)
                    .Zero("z")
                    .Node("QuantizeLinear", "x s z", "q")
                    .Node("DequantizeLinear", "q s z", "d")
            )
            .Node("Div", "i8v i0v", "r")
            .Node("Reshape", "d r", "y")
            .Output("y");
        Assert.Equal("MCU1004", Assert.Single(ModelCompiler.Network(model.Read(), "net").Diagnostics).Id);
    }

    private static OnnxBytes Constants(OnnxBytes model)
    {
        foreach (var value in new[] { 0, 1, 2, 3, 4, 6, 8, 12, 13 })
            model.Tensor($"i{value}", OnnxType.Int64, [], (long)value).Tensor($"i{value}v", OnnxType.Int64, [1], (long)value);
        return model
            .Tensor("in1v", OnnxType.Int64, [1], -1L)
            .Tensor("i23", OnnxType.Int64, [2], 2L, 3L)
            .Tensor("bigv", OnnxType.Int64, [1], long.MaxValue)
            .Float("half", 0.5f);
    }

    private static void Add(OnnxBytes model, string[] words)
    {
        var attributes = words
            .Where(w => w.Contains('='))
            .Select(w => w.Split('='))
            .Select(w => (w[0], (object)int.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture)))
            .ToArray();
        var names = words.Skip(1).Where(w => !w.Contains('=')).ToArray();
        var results = words[0] == "Split" ? 2 : 1;
        model.Node(words[0], string.Join(' ', names.SkipLast(results)), string.Join(' ', names.TakeLast(results)), attributes);
    }
}
