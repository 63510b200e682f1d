using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Elementwise
{
    /// <summary>Operations in float32 of a sum, those that a constant of float32 saves, and what a quotient of operands adds.</summary>
    private const int FloatOperations = 13;
    private const int RealOperations = 3;
    private const int QuotientOperations = 7;
    private const int MathOperations = 60;
    private const double ElementSteps = 4,
        OperandSteps = 3.3;

    /// <summary>What is left of the cycles where one layer calls the kernel, for which the function is a constant.</summary>
    private const double AloneIntegers = 0.69,
        AloneReals = 0.52;

    /// <summary>A constant that comes first: the function in <c>mn_elementwise.h</c> of its operands in the other order.</summary>
    private const int ReversedSub = 7;
    private const int ReversedDiv = 8;
    private const int ReversedPow = 10;
    private const int ReversedMod = 12;

    internal static ImmutableArray<OperatorKernel<Layer<Elementwise>>> Kernels { get; } =
    [
        Row(
            "mn_elementwise_s8_portable",
            "mn_elementwise",
            [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns]
        ) with
        {
            Applies = l => l.Operator is { IsOperation: true, Constant: null },
        },
        Row(
            "mn_elementwise_s8_portable_constant",
            "mn_elementwise_constant",
            [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step]
        ) with
        {
            Applies = l => l.Operator is { IsOperation: true, Constant.Element: ElementType.Int8 },
        },
        Row(
            "mn_elementwise_s8_portable_real",
            "mn_elementwise_real",
            [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step]
        ) with
        {
            Applies = l => l.Operator is { IsOperation: true, Constant.Element: ElementType.Float32 },
        },
        Row(
            "mn_elementwise_f32_portable",
            "mn_elementwise_f32",
            [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns]
        ) with
        {
            Sources = ["mn_elementwise.h", "mn_elementwise_f32.h", "mn_real_limit.h", "mn_elementwise_f32_portable.c"],
            Applies = l => l.Operator is { IsOperation: true, Constant: null },
            Parameters = Reals,
        },
        Row(
            "mn_elementwise_f32_portable_constant",
            "mn_elementwise_constant_f32",
            [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step]
        ) with
        {
            Sources = ["mn_elementwise.h", "mn_elementwise_f32.h", "mn_real_limit.h", "mn_elementwise_f32_portable_constant.c"],
            Applies = l => l.Operator is { IsOperation: true, Constant.Element: ElementType.Float32 },
            Parameters = Reals,
        },
        Row(
            "mn_elementwise_f32_portable_math",
            "mn_elementwise_f32",
            [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns]
        ) with
        {
            Sources = [.. MathSources, "mn_elementwise_f32_portable_math.c"],
            Applies = l => l.Operator is { IsMath: true, Constant: null },
            Parameters = Reals,
        },
        Row(
            "mn_elementwise_f32_portable_constant_math",
            "mn_elementwise_constant_f32",
            [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step]
        ) with
        {
            Sources = [.. MathSources, "mn_elementwise_f32_portable_constant_math.c"],
            Applies = l => l.Operator is { IsMath: true, Constant.Element: ElementType.Float32 },
            Parameters = Reals,
        },
        .. Comparisons,
    ];

    private static ImmutableArray<string> MathSources =>
        ["mn_elementwise_f32.h", "mn_real_limit.h", .. RealFunctions.HeadersOf("mn_math_pow", "mn_math_mod"), "mn_elementwise_math.h"];

    private bool IsMath => Function is ElementFunction.Pow or ElementFunction.Mod;

    /// <summary>Whether the function is one operation, or a choice, which integers have too.</summary>
    private bool IsOperation => !IsMath && !IsComparison;

    private static OperatorKernel<Layer<Elementwise>> Row(string function, string block, ImmutableArray<KernelArgument> arguments) =>
        new()
        {
            Function = function,
            Sources = ["mn_elementwise.h", $"{function}.c"],
            ParameterType = block,
            Parameters = Parameters,
            Arguments = arguments,
            Cycles = (l, t) => PortableCost.Call + RowCycles(l, t),
            JoinedCycles = RowCycles,
            AloneShare = l =>
                l.Operator.IsMath ? 1
                : l.Output.IsQuantized ? AloneIntegers
                : AloneReals,
        };

    private static double RowCycles(Layer<Elementwise> layer, KernelTarget target) =>
        ElementCost.OfJoinedRow(layer.Output.Shape, target, ElementSteps, Floats(layer))
        + ElementCost.OfPixels(layer.Output.Shape, target, OperandSteps);

    private static int Floats(Layer<Elementwise> layer) =>
        layer.Operator is var op && !layer.Output.IsQuantized
            ? op.IsMath
                ? MathOperations
                : op.Function == ElementFunction.Div
                    ? QuotientOperations
                    : 1
            : FloatOperations
                - (op.Constant is { Element: ElementType.Float32 } ? RealOperations : 0)
                + (
                    op.IsOperation
                        ? op.Function == ElementFunction.Div
                            ? QuotientOperations
                            : 0
                        : MathOperations
                );

    private static ImmutableArray<KernelParameter> Parameters(Layer<Elementwise> layer)
    {
        var (op, to) = (layer.Operator, layer.Output.Shape);
        var second = op.Constant is null ? layer.Types.Inputs[1].Shape : op.ConstantShape;
        var (min, max) = op.Clamp.Quantized(layer.Output);
        ImmutableArray<KernelParameter> common =
        [
            .. Steps("a", layer.Input.Shape, to),
            .. Steps("b", second, to),
            new RealParameter("scale_a", layer.Input.Scale),
            new RealParameter("scale", layer.Output.Scale),
            new IntegerParameter("zero_a", layer.Input.ZeroPoint),
            new IntegerParameter("zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
            new IntegerParameter("channels", to.Channels),
            new IntegerParameter("function", Number(op)),
        ];
        return op.Constant switch
        {
            null => [.. common, .. Quantization(layer.Types.Inputs[1].Scale, layer.Types.Inputs[1].ZeroPoint)],
            { Element: ElementType.Float32 } => [Table(op.Constant, TableType.Float32), RowOf(second, to), .. common],
            _ =>
            [
                Table(op.Constant, TableType.Int8),
                RowOf(second, to),
                .. common,
                .. Quantization(op.Constant.Scales[0], op.Constant.ZeroPoints[0]),
            ],
        };
    }

    private static ImmutableArray<KernelParameter> Reals(Layer<Elementwise> layer)
    {
        var (op, to) = (layer.Operator, layer.Output.Shape);
        var second = op.Constant is null ? layer.Types.Inputs[1].Shape : op.ConstantShape;
        return
        [
            .. op.Constant is null ? ImmutableArray<KernelParameter>.Empty : [Table(op.Constant, TableType.Float32), RowOf(second, to)],
            .. RealKernels.Limits(op.Clamp),
            .. Steps("a", layer.Input.Shape, to),
            .. Steps("b", second, to),
            new IntegerParameter("channels", to.Channels),
            new IntegerParameter("function", Number(op)),
        ];
    }

    /// <summary>The function as <c>mn_elementwise.h</c> numbers it, a constant that comes first as the second operand.</summary>
    private static int Number(Elementwise op) =>
        (op.ConstantFirst, op.Function) switch
        {
            (true, ElementFunction.Sub) => ReversedSub,
            (true, ElementFunction.Div) => ReversedDiv,
            (true, ElementFunction.Pow) => ReversedPow,
            (true, ElementFunction.Mod) => ReversedMod,
            _ => (int)op.Function,
        };

    private static TableParameter Table(ConstantTensor constant, TableType type) => new("constant", new("constant", type, constant.Data));

    private static IntegerParameter RowOf(TensorShape constant, TensorShape output) =>
        new("row", constant.Height == output.Height ? constant.RowElements : 0);

    private static ImmutableArray<KernelParameter> Quantization(float scale, int zero) =>
        [new RealParameter("scale_b", scale), new IntegerParameter("zero_b", zero)];

    /// <summary>From one column and one channel of an operand to the next.</summary>
    private static ImmutableArray<KernelParameter> Steps(string operand, TensorShape shape, TensorShape output) =>
        [
            new IntegerParameter(
                $"column_{operand}",
                shape.Width == output.Width && (shape.Height == output.Height || shape.Width > 1) ? shape.Channels : 0
            ),
            new IntegerParameter($"channel_{operand}", shape.Channels == output.Channels ? 1 : 0),
        ];
}
