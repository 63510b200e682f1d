using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Requantize
{
    private const int FloatOperations = 3;

    /// <summary>Between 8-bit types a table of all 256 results, else arithmetic.</summary>
    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var byTable = types.Input.IsQuantized && types.Output.IsQuantized;
        var function = $"mn_requantize_{KernelTypes.NameOf(types.Input)}{KernelTypes.NameOf(types.Output)}_portable";
        var parameters = byTable ? "mn_lookup" : "mn_quantize";
        var cycles = ElementCost.OfRow(types.Output.Shape, target, 1, byTable ? 0 : FloatOperations);
        return new()
        {
            Function = function,
            Sources = ["mn_common.h", $"{parameters}.h", $"{function}.c"],
            ParameterType = parameters,
            Parameters =
            [
                .. byTable ? [new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, Table(types)))] : Arithmetics(types),
                new IntegerParameter("channels", types.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = cycles - PortableCost.Call,
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

    private ImmutableArray<KernelParameter> Arithmetics(NodeTypes types)
    {
        var quantized = types.Output.IsQuantized ? types.Output : types.Input;
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
