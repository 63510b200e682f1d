using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Requantize
{
    private const int FloatOperations = 3;

    /// <summary>Between 8-bit types a table of all 256 results, else arithmetic.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<Requantize>>> Kernels { get; } =
    [
        .. from input in KernelTypes.Integers
           from output in KernelTypes.Integers
           select Row(input, output, "mn_lookup", 0, l => [new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, l.Operator.Table(l.Types)))]),
        .. KernelTypes.Integers.SelectMany(e => new[]
        {
            Row(ElementType.Float32, e, "mn_quantize", FloatOperations, l => l.Operator.Arithmetics(l.Output)),
            Row(e, ElementType.Float32, "mn_quantize", FloatOperations, l => l.Operator.Arithmetics(l.Input)),
        }),
    ];

    private static OperatorKernel<Layer<Requantize>> Row(
        ElementType input, ElementType output, string block, int floats, Func<Layer<Requantize>, ImmutableArray<KernelParameter>> parameters)
    {
        var function = $"mn_requantize_{KernelTypes.NameOf(input)}{KernelTypes.NameOf(output)}_portable";
        return new()
        {
            Function = function,
            Sources = [$"{block}.h", $"{function}.c"],
            ParameterType = block,
            Applies = l => (l.Input.Element, l.Output.Element) == (input, output),
            Parameters = l => [.. parameters(l), new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1, floats),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1, floats),
        };
    }

    /// <summary>The reference's result for every byte.</summary>
    private byte[] Table(NodeTypes types)
    {
        var all = TensorShape.Vector(256);
        var input = new TensorData(types.Input with { Shape = all });
        for (var i = 0; i < input.Bytes.Length; i++)
            input.Bytes[i] = (byte)i;
        var output = new TensorData(types.Output with { Shape = all });
        Evaluate(new([input.Type], output.Type), [input], output);
        return output.Bytes;
    }

    private ImmutableArray<KernelParameter> Arithmetics(TensorType quantized)
    {
        var (min, max) = Clamp.Quantized(quantized);
        return
        [
            new RealParameter("scale", quantized.Scale),
            new RealParameter("low", Math.Max(Clamp.Min, float.MinValue)),
            new RealParameter("high", Math.Min(Clamp.Max, float.MaxValue)),
            new IntegerParameter("zero", quantized.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
        ];
    }
}
