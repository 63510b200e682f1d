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

/// <summary>Every function, in all ways of calling, with ranges that saturate at both ends.</summary>
internal sealed class LookupCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    private static readonly UnaryFunction[] Functions =
    [
        new UnaryFunction.Identity(),
        new UnaryFunction.Scale(-1.7),
        new UnaryFunction.Abs(),
        new UnaryFunction.Elu(1.5),
        new UnaryFunction.HardSigmoid(0.2, 0.5),
        new UnaryFunction.HardSwish(),
        new UnaryFunction.LeakyRelu(0.1),
        new UnaryFunction.Sigmoid(),
        new UnaryFunction.Softplus(),
        new UnaryFunction.Softsign(),
        new UnaryFunction.Tanh(),
    ];

    /// <summary>Those that real numbers have kernels for beside the others.</summary>
    private static readonly UnaryFunction[] RealFunctions =
    [
        new UnaryFunction.Shift(0.75),
        new UnaryFunction.Difference(0.75),
        new UnaryFunction.Fraction(-3),
        new UnaryFunction.Quotient(2),
        new UnaryFunction.Power(3),
        new UnaryFunction.Power(-2),
        new UnaryFunction.Power(0.5),
        new UnaryFunction.Power(1.7),
        new UnaryFunction.Exp(),
        new UnaryFunction.Log(),
        new UnaryFunction.Sqrt(),
        new UnaryFunction.Floor(),
        new UnaryFunction.Ceil(),
        new UnaryFunction.Round(),
        new UnaryFunction.Erf(),
        new UnaryFunction.Gelu(ByTanh: false),
        new UnaryFunction.Gelu(ByTanh: true),
        new UnaryFunction.Mish(),
        new UnaryFunction.Selu(1.67, 1.05),
        new UnaryFunction.Celu(1.5),
        new UnaryFunction.ThresholdedRelu(0.5),
        new UnaryFunction.Sin(),
        new UnaryFunction.Cos(),
        new UnaryFunction.Tan(),
        new UnaryFunction.Truncate(),
        new UnaryFunction.Asin(),
        new UnaryFunction.Acos(),
        new UnaryFunction.Atan(),
        new UnaryFunction.Sinh(),
        new UnaryFunction.Cosh(),
        new UnaryFunction.Asinh(),
        new UnaryFunction.Acosh(),
        new UnaryFunction.Atanh(),
        new UnaryFunction.Sign(),
        new UnaryFunction.Shrink(0.5, 0.25),
    ];

    public override IEnumerable<KernelCase> All()
    {
        foreach (var function in Functions)
        {
            foreach (var calling in new[] { Calling.SplitColumns, Calling.Joined, Calling.InPlace })
            {
                var (shape, clamp) = (Shape(), Random.Next(2) == 0 ? Clamp.None : new Clamp(-0.5f, 1));
                yield return Case(new Lookup { Function = function, Clamp = clamp }, new([Int8(shape)], Int8(shape)), calling);
            }
        }

        foreach (var function in Functions.Concat(RealFunctions))
        {
            var shape = Shape();
            var (lowest, highest) = Domain(function);
            foreach (var calling in new[] { Calling.SplitColumns, Calling.Joined, Calling.InPlace })
                yield return Case(
                    new Lookup { Function = function, Clamp = Random.Next(2) == 0 ? Clamp.None : new(-0.5f, 1) },
                    new([Real(shape)], Real(shape)),
                    calling,
                    lowest,
                    highest
                );
            if (lowest < 0)
                yield return Case(new Lookup { Function = function }, new([Int8(shape, zero: 3)], Real(shape)), Calling.SplitColumns);
        }
    }

    /// <summary>Where results are numbers.</summary>
    internal static (float Lowest, float Highest) Domain(UnaryFunction function) =>
        function switch
        {
            UnaryFunction.Log or UnaryFunction.Sqrt or UnaryFunction.Power => (1e-3f, 4),
            UnaryFunction.Asin or UnaryFunction.Acos or UnaryFunction.Atanh => (1e-3f, 0.999f),
            UnaryFunction.Acosh => (1, 4),
            _ => (-4, 4),
        };

    internal static IEnumerable<UnaryFunction> OfReals => Functions.Concat(RealFunctions);
}

public sealed class LookupTests
{
    public static TheoryData<UnaryFunction> OfReals { get; } = new(LookupCases.OfReals);

    /// <summary>The kernel's function against the formula in double precision.</summary>
    [Theory]
    [MemberData(nameof(OfReals))]
    public void AtSingle_InItsDomain_IsWithinAMillionthOfTheFormula(UnaryFunction function)
    {
        var (lowest, highest) = LookupCases.Domain(function);
        for (var i = 0; i <= 10_000; i++)
        {
            var x = lowest + (highest - lowest) * i / 10_000;
            var (expected, actual) = (function.At(x), function.AtSingle(x));
            Assert.True(
                Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected))
                    || !double.IsFinite(expected)
                    || function is UnaryFunction.Tan or UnaryFunction.Quotient && Math.Abs(expected) > 100,
                $"{function} of {x:g9} is {actual:g9} instead of {expected:g9}"
            );
        }
    }

    [Fact]
    public void Evaluate_LeakyRelu_HalvesGoToEven()
    {
        var op = new Lookup { Function = new UnaryFunction.LeakyRelu(0.25) };
        Assert.Equal(
            [-1, -1, 1, 1, 2, 12, 127],
            Evaluate(op, Type(1, 7, 1, 0.5f, 1), Data(Type(1, 7, 1, 0.5f, 0), -8, -6, -2, 0, 1, 11, 127))
        );
    }

    [Fact]
    public void Evaluate_SigmoidOfZero_IsOneHalf()
    {
        var op = new Lookup { Function = new UnaryFunction.Sigmoid() };
        Assert.Equal([-128, 0, 127], Evaluate(op, Type(1, 3, 1, 1 / 256f, -128), Data(Type(1, 3, 1, 0.1f, 5), -128, 5, 127)));
    }

    [Fact]
    public void Evaluate_ClampedTanh_StopsAtTheClamp()
    {
        var op = new Lookup { Function = new UnaryFunction.Tanh(), Clamp = Clamp.Relu };
        Assert.Equal([3, 3, 103], Evaluate(op, Type(1, 3, 1, 0.01f, 3), Data(Type(1, 3, 1, 0.1f, 0), -100, -1, 100)));
    }

    [Fact]
    public void Import_ActivationBetweenQuantisations_IsOneTable()
    {
        var graph = Compile(Model("Tanh"));
        Assert.Equal(new UnaryFunction.Tanh(), Assert.IsType<Lookup>(Assert.Single(graph.Nodes).Operator).Function);
    }

    [Fact]
    public void Import_Attributes_ReachTheFunction()
    {
        Assert.Equal(new UnaryFunction.HardSigmoid(0.25, 0.75), Function(Model("HardSigmoid", 13, 1, ("alpha", 0.25f), ("beta", 0.75f))));
        Assert.Equal(new UnaryFunction.HardSigmoid(0.2f, 0.5), Function(Model("HardSigmoid")));
        Assert.Equal(new UnaryFunction.LeakyRelu(0.125), Function(Model("LeakyRelu", 13, 1, ("alpha", 0.125f))));
        Assert.Equal(new UnaryFunction.Elu(2), Function(Model("Elu", 13, 1, ("alpha", 2f))));
    }

    [Fact]
    public void Import_ReluAfterLookup_IsItsClamp()
    {
        var model = Start().Node("Tanh", "d", "f").Node("Relu", "f", "r");
        Assert.Equal(Clamp.Relu, Assert.IsType<Lookup>(Assert.Single(Compile(Finish(model, "r")).Nodes).Operator).Clamp);
    }

    [Theory]
    [InlineData("QLinearSigmoid", "Sigmoid")]
    [InlineData("QLinearLeakyRelu", "LeakyRelu")]
    public void Import_QLinearForm_TakesScalesFromItsOperands(string op, string kind)
    {
        var model = new OnnxBytes { Domain = "com.microsoft", Opset = 1 }
            .Input("x", OnnxType.Int8, 1, 3, 2, 2)
            .Float("s", 0.5f)
            .Zero("z", 4)
            .Float("t", 0.25f)
            .Zero("u", -7)
            .Node(op, "x s z t u", "y")
            .Output("y");
        var graph = Compile(model);
        Assert.Equal(kind, Assert.Single(graph.Nodes).Operator.Kind);
        Assert.Equal(new QuantizationParameters(0.25f, -7), graph[graph.Outputs[0].Tensor].Type.Quantization);
    }

    [Fact]
    public void Import_PaddedSigmoid_ComputesThePaddingToo()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 1, 16, 16)
            .Float("s", 0.05f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Tensor("pads", OnnxType.Int64, [8], 0L, 0, 1, 1, 0, 0, 1, 1)
            .Node("Pad", "d pads", "p")
            .Node("Sigmoid", "p", "y")
            .Output("y");
        Assert.Equal(
            ["Quantize", "Dequantize", "Pad", "Sigmoid"],
            ModelImporter.Import(model.Read(), "net").Value.Nodes.Select(n => n.Operator.Kind)
        );
    }

    /// <summary>
    /// All 256 inputs at twelve pairs of scales. ONNX Runtime's Sigmoid, Tanh and Elu are float32 approximations, so a result next to a tie
    /// may go the other way.
    /// </summary>
    [OnnxRuntimeTheory]
    [InlineData("Abs", 13, 0)]
    [InlineData("Ceil", 13, 0)]
    [InlineData("Celu", 13, 1)]
    [InlineData("Elu", 13, 1)]
    [InlineData("Erf", 13, 1)]
    [InlineData("Exp", 13, 1)]
    [InlineData("Floor", 13, 0)]
    [InlineData("Gelu", 20, 1)]
    [InlineData("HardSigmoid", 13, 1)]
    [InlineData("HardSwish", 14, 1)]
    [InlineData("LeakyRelu", 13, 0)]
    [InlineData("Mish", 18, 1)]
    [InlineData("Neg", 13, 0)]
    [InlineData("Round", 13, 0)]
    [InlineData("Selu", 13, 1)]
    [InlineData("Sigmoid", 13, 1)]
    [InlineData("Softplus", 13, 1)]
    [InlineData("Softsign", 13, 1)]
    [InlineData("Tanh", 13, 1)]
    [InlineData("ThresholdedRelu", 13, 0)]
    public void Evaluate_AllBytes_AgreesWithOnnxRuntime(string op, int opset, int allowed)
    {
        var differences = Enumerable.Range(0, 12).Select(i => OnnxOracle.Compare(Model(op, opset, 1 + i % 4 * 1.37f), i)).ToArray();
        Assert.Equal(12 * 256, differences.Sum(d => d.Elements));
        Assert.InRange(differences.Max(d => d.Largest), 0, allowed);
        Assert.InRange(differences.Sum(d => d.Mismatches), 0, 3 * allowed);
    }

    /// <summary>Where they are defined: at zero the logarithm and the quotient saturate.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Log")]
    [InlineData("Reciprocal")]
    [InlineData("Sqrt")]
    public void Evaluate_NonNegativeBytes_AgreesWithOnnxRuntime(string op)
    {
        var model = new OnnxBytes()
            .Input("x", 1, 1, 16, 16)
            .Float("s", 0.0234f)
            .Zero("z", -128)
            .Float("t", 0.0279f)
            .Zero("u", -11)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node(op, "d", "f");
        var difference = OnnxOracle.Compare(Finish(model, "f"), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, 2);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(4, 0.9999999845827421)]
    [InlineData(7, 1)]
    public void Erf_KnownValues_AreWithinTheLastDigits(double x, double expected) =>
        Assert.Equal(expected, new UnaryFunction.Erf().At(x), 1e-14);

    private static UnaryFunction Function(OnnxBytes model) => ((Lookup)Compile(model).Nodes[0].Operator).Function;

    private static OnnxBytes Start(int opset = 13, float stretch = 1) =>
        new OnnxBytes { Opset = opset }
            .Input("x", 1, 1, 16, 16)
            .Float("s", 0.0234f * stretch)
            .Zero("z", 9)
            .Float("t", 0.0079f * stretch)
            .Zero("u", -11)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model, string result) =>
        model.Node("QuantizeLinear", $"{result} t u", "oq").Node("DequantizeLinear", "oq t u", "y").Output("y", 1, 1, 16, 16);

    private static OnnxBytes Model(string op, int opset = 13, float stretch = 1, params (string, object)[] attributes) =>
        Finish(Start(opset, stretch).Node(op, "d", "f", attributes), "f");

    private static NetworkGraph Compile(OnnxBytes model) => ModelCompiler.Network(model.Read(), "net").Value;
}
