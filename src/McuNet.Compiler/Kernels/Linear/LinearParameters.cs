using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>The fields of <c>mn_conv</c> and <c>mn_dense</c> in declaration order.</summary>
internal static class LinearParameters
{
    /// <summary>Fields of the block that <see cref="Of"/> leaves out.</summary>
    public static int Unused(LinearShape layer) => layer.IsSymmetric ? 1 : 0;

    /// <summary>The tables that <see cref="Of"/> gives; packing reorders weights, or halves them.</summary>
    /// <param name="packing">Names the order of the weights.</param>
    /// <param name="bytes">Of the weights.</param>
    public static ImmutableArray<TableOutline> Tables(LinearShape layer, string packing, int bytes)
    {
        var channels = layer.Output.Channels;
        ImmutableArray<TableOutline> tables =
        [
            new($"{packing} weights", bytes),
            new("bias", channels * sizeof(int)),
            new("scale", channels * sizeof(float)),
        ];
        return layer.IsSymmetric ? tables : tables.Add(new("weight_zero", channels));
    }

    public static ImmutableArray<KernelParameter> Of(LinearLayer layer, sbyte[] packed)
    {
        var fields = ImmutableArray.CreateBuilder<KernelParameter>();
        fields.Add(new TableParameter("weights", ConstantTable.Of<sbyte>("weights", TableType.Int8, packed)));
        fields.Add(new TableParameter("bias", ConstantTable.Of<int>("bias", TableType.Int32, layer.Bias.AsSpan())));
        fields.Add(new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, layer.Scale.AsSpan())));
        fields.AddRange(Shape(layer));
        fields.AddRange(Range(layer));
        if (!layer.IsSymmetric)
            fields.Add(
                new TableParameter("weight_zero", ConstantTable.Of<sbyte>("weight_zero", TableType.Int8, layer.WeightZero.AsSpan()))
            );
        return fields.ToImmutable();
    }

    /// <summary>Sizes and window, or the counts of a dense layer.</summary>
    public static ImmutableArray<KernelParameter> Shape(LinearLayer layer) =>
        layer.Kind == LinearKind.Dense
            ? [new IntegerParameter("in_count", layer.Taps), new IntegerParameter("out_count", layer.Output.Channels)]
            :
            [
                new IntegerParameter("in_width", layer.Input.Width),
                new IntegerParameter("in_channels", layer.Input.Channels),
                new IntegerParameter("out_width", layer.Output.Width),
                new IntegerParameter("out_channels", layer.Output.Channels),
                .. Window(layer),
            ];

    public static ImmutableArray<KernelParameter> Window(LinearLayer layer) =>
        [
            new IntegerParameter("kernel_height", layer.Window.KernelHeight),
            new IntegerParameter("kernel_width", layer.Window.KernelWidth),
            new IntegerParameter("stride", layer.Window.StrideWidth),
            new IntegerParameter("dilation", layer.Window.DilationWidth),
            new IntegerParameter("pad_left", layer.Window.PadLeft),
        ];

    /// <summary>Zero points and clamp.</summary>
    public static ImmutableArray<KernelParameter> Range(LinearLayer layer) =>
        [
            new IntegerParameter("in_zero", layer.InputZero),
            new IntegerParameter("out_zero", layer.OutputZero),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
        ];
}
