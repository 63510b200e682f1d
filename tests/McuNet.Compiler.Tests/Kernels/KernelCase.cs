using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>How a case hands a kernel its steps.</summary>
internal enum Calling
{
    /// <summary>Row by row, the columns of each row cut into two calls.</summary>
    SplitColumns,

    /// <summary>All rows as one long row, or one block.</summary>
    Joined,

    /// <summary>Row by row, the output laid over input 0.</summary>
    InPlace,

    /// <summary>Blocks of rows, input and output in rings.</summary>
    Blocks,
}

/// <summary>An operator on random inputs with the result that its reference gives, and a kernel that should give the same.</summary>
internal sealed record KernelCase(
    string Name,
    Operator Operator,
    NodeTypes Types,
    KernelCall Kernel,
    ImmutableArray<TensorData> Inputs,
    TensorData Expected,
    Calling Calling,
    int Cut
)
{
    /// <param name="lowest">Of real inputs; special ones are among them where it is negative.</param>
    public static KernelCase Of(
        string name,
        Operator op,
        NodeTypes types,
        KernelCall kernel,
        Calling calling,
        Random random,
        float lowest = -4,
        float highest = 4
    )
    {
        var inputs = types
            .Inputs.Select(type =>
                type.Element == ElementType.Float32
                    ? Reals(type, random, types.Output.IsQuantized ? Special : Finite, lowest, highest)
                    : Values(type, random)
            )
            .ToImmutableArray();
        var expected = new TensorData(types.Output);
        op.Evaluate(types, inputs, expected);
        return new(
            $"{name} {kernel.Function} {types.Inputs.FirstOrDefault()?.Shape} to {types.Output.Shape} {calling}",
            op,
            types,
            kernel,
            inputs,
            expected,
            calling,
            random.Next(types.Output.Shape.Width + 1)
        );
    }

    private static readonly float[] Special =
    [
        float.NaN,
        -float.NaN,
        float.PositiveInfinity,
        float.NegativeInfinity,
        float.MaxValue,
        float.MinValue,
        float.Epsilon,
        -0f,
    ];

    /// <summary>From which real arithmetic gives numbers: the bits of what is none are not promised.</summary>
    private static readonly float[] Finite = [0, -0f, float.Epsilon, -1e-30f, 100, -100, 0.5f, -2.5f, 1e6f];

    private static TensorData Reals(TensorType type, Random random, float[] special, float lowest, float highest)
    {
        var data = new TensorData(type);
        for (var i = 0; i < type.Shape.Elements; i++)
            data.Float32[i] =
                lowest < 0 && random.Next(8) == 0
                    ? special[random.Next(special.Length)]
                    : (float)(random.NextDouble() * (highest - lowest) + lowest);
        return data;
    }

    private static TensorData Values(TensorType type, Random random)
    {
        var data = new TensorData(type);
        random.NextBytes(data.Bytes);
        for (var i = 0; i < data.Bytes.Length; i++)
        {
            if (random.Next(8) == 0)
                data.Bytes[i] = random.Next(2) == 0 ? (byte)0x80 : (byte)0x7f;
        }

        return data;
    }
}
