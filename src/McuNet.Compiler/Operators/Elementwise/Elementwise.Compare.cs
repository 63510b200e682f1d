using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Elementwise
{
    /// <summary>Operations in float32 of an integer operand that becomes the real number that it stands for.</summary>
    private const int ComparedFloats = 2;

    /// <summary>Steps of comparing two integers, two real numbers, and of going on to the next pixel.</summary>
    private const double IntegerSteps = 4.3,
        RealSteps = 3.5,
        PixelSteps = 3;

    /// <summary>Functions that give 1 or 0. A constant is real numbers, also for integers.</summary>
    private static ImmutableArray<OperatorKernel<Layer<Elementwise>>> Comparisons =>
        [
            Comparison("mn_compare_s8_portable", "mn_compare", ofConstant: false),
            Comparison("mn_compare_s8_portable_constant", "mn_compare_constant", ofConstant: true),
            Comparison("mn_compare_f32_portable", "mn_compare_f32", ofConstant: false),
            Comparison("mn_compare_f32_portable_constant", "mn_compare_constant_f32", ofConstant: true),
        ];

    private static OperatorKernel<Layer<Elementwise>> Comparison(string function, string block, bool ofConstant) =>
        new()
        {
            Function = function,
            Sources = ["mn_compare.h", $"{function}.c"],
            ParameterType = block,
            Applies = l => l.Operator.IsComparison && l.Operator.Constant is not null == ofConstant,
            Parameters = Compared,
            Arguments = ofConstant
                ? [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step]
                : [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => PortableCost.Call + ComparedRow(l, t),
            JoinedCycles = ComparedRow,
            AloneShare = l => l.Operator.Constant is { Count: 1 } ? 0.4 : 0.46,
        };

    private static double ComparedRow(Layer<Elementwise> layer, KernelTarget target)
    {
        var isInteger = layer.Output.IsQuantized;
        var floats =
            1
            + (
                !isInteger ? 0
                : layer.Operator.Constant is null ? 2 * ComparedFloats
                : ComparedFloats
            );
        return ElementCost.OfJoinedRow(layer.Output.Shape, target, isInteger ? IntegerSteps : RealSteps, floats)
            + ElementCost.OfPixels(layer.Output.Shape, target, PixelSteps);
    }

    private static ImmutableArray<KernelParameter> Compared(Layer<Elementwise> layer)
    {
        var (op, to) = (layer.Operator, layer.Output.Shape);
        var second = op.Constant is null ? layer.Types.Inputs[1].Shape : op.ConstantShape;
        ImmutableArray<KernelParameter> steps =
        [
            .. Steps("a", layer.Input.Shape, to),
            .. Steps("b", second, to),
            new IntegerParameter("channels", to.Channels),
            new IntegerParameter("function", (int)(op.ConstantFirst ? Turned(op.Function) : op.Function)),
        ];
        ImmutableArray<KernelParameter> constant = op.Constant is null
            ? []
            : [Table(op.RealConstant, TableType.Float32), RowOf(second, to)];
        if (!layer.Output.IsQuantized)
            return [.. constant, new RealParameter("yes", op.Clamp.Limit(1)), new RealParameter("no", op.Clamp.Limit(0)), .. steps];
        var range = op.Clamp.Quantized(layer.Output);
        return
        [
            .. constant,
            new RealParameter("scale_a", layer.Input.Scale),
            .. op.Constant is null ? [new RealParameter("scale_b", layer.Types.Inputs[1].Scale)] : ImmutableArray<KernelParameter>.Empty,
            .. steps,
            new IntegerParameter("zero_a", layer.Input.ZeroPoint),
            .. op.Constant is null
                ? [new IntegerParameter("zero_b", layer.Types.Inputs[1].ZeroPoint)]
                : ImmutableArray<KernelParameter>.Empty,
            new IntegerParameter("yes", Arithmetic.Quantize(1 / layer.Output.Scale, layer.Output.ZeroPoint, range)),
            new IntegerParameter("no", Arithmetic.Quantize(0, layer.Output.ZeroPoint, range)),
        ];
    }

    private ConstantTensor RealConstant =>
        Constant! with
        {
            Element = ElementType.Float32,
            Data = [.. MemoryMarshal.AsBytes(ConstantReals().AsSpan())],
        };

    /// <summary>The comparison of the same operands in the other order.</summary>
    private static ElementFunction Turned(ElementFunction function) =>
        function switch
        {
            ElementFunction.Less => ElementFunction.Greater,
            ElementFunction.LessOrEqual => ElementFunction.GreaterOrEqual,
            ElementFunction.Greater => ElementFunction.Less,
            ElementFunction.GreaterOrEqual => ElementFunction.LessOrEqual,
            _ => function,
        };
}
