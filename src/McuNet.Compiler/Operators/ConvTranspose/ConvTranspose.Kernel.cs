using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record ConvTranspose
{
    /// <summary>What a product, a tap of an output and the taps of a pixel cost, in multiply-accumulates of a dense layer.</summary>
    private const double ProductMacs = 1.6;
    private const double TapMacs = 8;
    private const double PixelMacs = 4;

    internal static ImmutableArray<OperatorKernel<Layer<ConvTranspose>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_conv_transpose_s8_portable",
            Sources = ["mn_conv_transpose.h", "mn_conv_transpose_first.h", "mn_conv_transpose_s8_portable.c"],
            ParameterType = "mn_conv_transpose",
            Parameters = l => Parameters(l.Operator, l.Types),
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) => PortableCost.Call + Work(l.Operator, l.Types, PortableCost.Of(t)),
        },
        new()
        {
            Function = "mn_conv_transpose_f32_portable",
            Sources =
            [
                "mn_conv_transpose_f32.h",
                "mn_conv_transpose_first.h",
                "mn_real_limit.h",
                "mn_real_sums.h",
                "mn_conv_transpose_f32_portable.c",
            ],
            ParameterType = "mn_conv_transpose_f32",
            Applies = l => l.Operator.Weights.Form is null,
            Parameters = Reals,
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) =>
                PortableCost.Call
                + Work(l.Operator, l.Types, PortableCost.Of(t) with { SingleMac = RealCost.SingleMac(t), Output = RealCost.Output(t) }),
        },
        new()
        {
            Function = "mn_conv_transpose_f32_portable_packed",
            Sources =
            [
                "mn_conv_transpose_packed.h",
                "mn_conv_transpose_first.h",
                "mn_real_limit.h",
                .. PackedWeights.Headers,
                "mn_conv_transpose_f32_portable_packed.c",
            ],
            ParameterType = "mn_conv_transpose_packed",
            Applies = l => l.Operator.Weights.Form is not null,
            Parameters = Packed,
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) =>
                PortableCost.Call
                + Work(
                    l.Operator,
                    l.Types,
                    PortableCost.Of(t) with
                    {
                        SingleMac = RealCost.SingleMac(t) + RealCost.Widening(t, l.Operator.Weights.Form!.IsFloat16),
                        Output = RealCost.Output(t),
                    }
                ),
        },
    ];

    private static ImmutableArray<KernelParameter> Reals(Layer<ConvTranspose> layer)
    {
        var (op, channels) = (layer.Operator, layer.Output.Shape.Channels);
        return
        [
            new TableParameter("weights", ConstantTable.Of("weights", TableType.Float32, RealLinear.Numbers(op.Weights))),
            new TableParameter("bias", ConstantTable.Of<float>("bias", TableType.Float32, RealLinear.Bias(op, channels))),
            .. RealKernels.Limits(op.Clamp),
            .. Sizes(op, layer.Input.Shape, channels),
        ];
    }

    private static ImmutableArray<KernelParameter> Packed(Layer<ConvTranspose> layer)
    {
        var (op, channels) = (layer.Operator, layer.Output.Shape.Channels);
        var packed = PackedWeights.InRows(op.Weights, channels);
        return
        [
            .. packed.Tables,
            new TableParameter("bias", ConstantTable.Of<float>("bias", TableType.Float32, RealLinear.Bias(op, channels))),
            .. RealKernels.Limits(op.Clamp),
            .. packed.Groups,
            .. Sizes(op, layer.Input.Shape, channels),
            .. packed.Format,
        ];
    }

    /// <summary>The layer in the numbers of a convolution that has the same weights.</summary>
    public LinearLayer Layer(NodeTypes types)
    {
        var input = types.Input with { Shape = types.Input.Shape with { Channels = types.Input.Shape.Channels / Groups } };
        return LinearLayers.Of(LinearKind.Convolution, types with { Inputs = [input] }, Weights, Bias, Window, Clamp);
    }

    /// <summary>Of an output row, on average.</summary>
    private static double Work(ConvTranspose op, NodeTypes types, PortableCost cost)
    {
        var (shape, strides) = (types.Output.Shape, op.Window.StrideHeight * op.Window.StrideWidth);
        var taps = (double)op.Window.Taps / strides;
        return shape.Width
            * (
                PixelMacs * cost.SingleMac
                + shape.Channels * (cost.Output + taps * (TapMacs + ProductMacs * types.Input.Shape.Channels / op.Groups) * cost.SingleMac)
            );
    }

    private static int Common(int a, int b) => (int)BigInteger.GreatestCommonDivisor(a, b);

    private static ImmutableArray<KernelParameter> Parameters(ConvTranspose op, NodeTypes types)
    {
        var (layer, input) = (op.Layer(types), types.Input.Shape);
        sbyte[] zeros = [.. Enumerable.Range(0, layer.Output.Channels).Select(c => (sbyte)op.Weights.ZeroPointOf(c))];
        var bias = op.Bias?.Data ?? [.. new byte[layer.Output.Channels * sizeof(int)]];
        return
        [
            new TableParameter("weights", new("weights", TableType.Int8, op.Weights.Data)),
            new TableParameter("bias", new("bias", TableType.Int32, bias)),
            new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, layer.Scale.AsSpan())),
            new TableParameter("weight_zero", ConstantTable.Of<sbyte>("weight_zero", TableType.Int8, zeros)),
            .. Sizes(op, input, layer.Output.Channels),
            new IntegerParameter("in_zero", layer.InputZero),
            new IntegerParameter("out_zero", layer.OutputZero),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
        ];
    }

    /// <summary>The fields that the blocks of integers and of real numbers both have.</summary>
    private static ImmutableArray<KernelParameter> Sizes(ConvTranspose op, TensorShape input, int channels)
    {
        var window = op.Window;
        var (rows, columns) = (Common(window.StrideHeight, window.DilationHeight), Common(window.StrideWidth, window.DilationWidth));
        return
        [
            new IntegerParameter("in_height", input.Height),
            new IntegerParameter("in_width", input.Width),
            new IntegerParameter("in_channels", input.Channels),
            new IntegerParameter("group_inputs", input.Channels / op.Groups),
            new IntegerParameter("group_outputs", channels / op.Groups),
            new IntegerParameter("out_channels", channels),
            new IntegerParameter("kernel_height", window.KernelHeight),
            new IntegerParameter("kernel_width", window.KernelWidth),
            new IntegerParameter("stride_height", window.StrideHeight),
            new IntegerParameter("stride_width", window.StrideWidth),
            new IntegerParameter("dilation_height", window.DilationHeight),
            new IntegerParameter("dilation_width", window.DilationWidth),
            new IntegerParameter("tap_rows", window.StrideHeight / rows),
            new IntegerParameter("tap_columns", window.StrideWidth / columns),
            new IntegerParameter("place_rows", window.DilationHeight / rows),
            new IntegerParameter("place_columns", window.DilationWidth / columns),
            new IntegerParameter("pad_top", window.PadTop),
            new IntegerParameter("pad_left", window.PadLeft),
        ];
    }
}
