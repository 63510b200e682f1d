using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>What results mean, by the operand whose elements they are: a quotient behind them is one of whole numbers or of real
/// ones.</summary>
public sealed class WholeNumbersTests
{
    /// <summary>The elements of OneHot are those of its values, whatever its indices are.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Div", "y", OnnxType.Float)]
    [InlineData("Softmax", "", OnnxType.Float)]
    [InlineData("Sigmoid", "", OnnxType.Float)]
    [InlineData("Div", "y", OnnxType.Int64)]
    public void Evaluate_OneHot_IsOfItsValues(string behind, string second, OnnxType values)
    {
        var start = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 4, 5)
            .Node("ArgMax", "x", "i", ("axis", 1), ("keepdims", 0))
            .Tensor("depth", OnnxType.Int64, [], 4L);
        start =
            values == OnnxType.Float
                ? start.Tensor("values", values, [2], 0f, 1f).Tensor("y", values, [], 2f)
                : start.Tensor("values", values, [2], 3L, 8L).Tensor("y", values, [], 2L);
        var hot = start.Node("OneHot", "i depth values", "hot", ("axis", 1));
        WholeOracle.Same(hot.Node(behind, $"hot {second}".TrimEnd(), "r").Output("r", values), 1, tolerance: 1e-6);
    }

    /// <summary>Indices of an input, from the end where negative, and such as are bytes with a scale of one.</summary>
    [OnnxRuntimeTheory]
    [InlineData(OnnxType.Int64)]
    [InlineData(OnnxType.Int32)]
    public void Evaluate_OneHotOfAnInput_IsOfItsValues(OnnxType type) =>
        WholeOracle.Same(
            new OnnxBytes { Opset = 16 }
                .Input("i", type, 1, 6)
                .Tensor("values", OnnxType.Float, [2], 0.5f, 2f)
                .Float("depth", 4)
                .Float("three", 3)
                .Node("OneHot", "i depth values", "hot")
                .Node("Div", "hot three", "y")
                .Output("y"),
            2,
            -5,
            5
        );

    /// <summary>Choices and parts of whole numbers are whole, of real numbers real.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Gather", "n at", OnnxType.Int64)]
    [InlineData("Gather", "n arg", OnnxType.Int64)]
    [InlineData("Gather", "whole arg", OnnxType.Int64)]
    [InlineData("Gather", "real arg", OnnxType.Float)]
    [InlineData("Gather", "real n", OnnxType.Float)]
    [InlineData("Where", "is whole n", OnnxType.Int64)]
    [InlineData("Where", "is real x", OnnxType.Float)]
    [InlineData("Where", "is n whole", OnnxType.Int64)]
    [InlineData("Concat", "sevens n", OnnxType.Int64)]
    [InlineData("Max", "whole n", OnnxType.Int64)]
    [InlineData("Sub", "whole n", OnnxType.Int64)]
    [InlineData("ReduceSum", "n", OnnxType.Int64)]
    [InlineData("ReduceL1", "n", OnnxType.Int64)]
    [InlineData("ReduceMax", "arg", OnnxType.Int64)]
    [InlineData("Slice", "arg from to", OnnxType.Int64)]
    [InlineData("Expand", "n shape", OnnxType.Int64)]
    [InlineData("Clip", "n low high", OnnxType.Int64)]
    [InlineData("Clip", "n low three", OnnxType.Int64)]
    [InlineData("Clip", "arg low high", OnnxType.Int64)]
    [InlineData("Pow", "n two", OnnxType.Int64)]
    [InlineData("Pow", "n half", OnnxType.Int64)]
    [InlineData("Pow", "x two", OnnxType.Float)]
    [InlineData("Pow", "n x", OnnxType.Int64)]
    public void Evaluate_QuotientBehind_IsOfTheSameKind(string function, string operands, OnnxType type)
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 6)
            .Input("n", OnnxType.Int64, 6)
            .Tensor("at", OnnxType.Int64, [2], 0L, -1L)
            .Node("ArgMax", "x", "arg", ("axis", 0))
            .Node("Less", "x real", "is")
            .Float("half", 0.5f)
            .Tensor("two", OnnxType.Int64, [], 2L)
            .Tensor("whole", OnnxType.Int64, [6], 3L, 5L, 7L, 9L, 11L, 13L)
            .Tensor("real", OnnxType.Float, [6], 0.5f, -1f, 1f, 0f, 2f, -2f)
            .Tensor("sevens", OnnxType.Int64, [2], 7L, 7L)
            .Tensor("from", OnnxType.Int64, [1], 0L)
            .Tensor("to", OnnxType.Int64, [1], 1L)
            .Tensor("shape", OnnxType.Int64, [2], 3L, 6L)
            .Node("ReduceMax", "n", "three", ("keepdims", 0))
            .Tensor("low", OnnxType.Int64, [], 2L)
            .Tensor("high", OnnxType.Int64, [], 3L);
        model = type == OnnxType.Int64 ? model.Tensor("divisor", type, [], 2L) : model.Tensor("divisor", type, [], 2f);
        model = function == "Concat" ? model.Node(function, operands, "v", ("axis", 0)) : model.Node(function, operands, "v");
        WholeOracle.Same(model.Node("Div", "v divisor", "y").Output("v", type).Output("y", type), 3, 0, 6, tolerance: 1e-6);
    }
}
