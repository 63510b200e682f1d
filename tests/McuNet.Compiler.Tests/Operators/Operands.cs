using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Builds small tensors and constants, and evaluates one operator on them.</summary>
internal static class Operands
{
    public static TensorType Type(int height, int width, int channels, float scale, int zero, ElementType element = ElementType.Int8) =>
        new(new(height, width, channels), element, new(scale, zero));

    public static TensorData Data(TensorType type, params int[] values) => new(type, values.Select(v => unchecked((byte)v)).ToArray());

    public static ConstantTensor Weights(int[] dims, float scale, params int[] values) =>
        new([.. dims], ElementType.Int8, [.. values.Select(v => unchecked((byte)v))], [scale], [0]);

    public static ConstantTensor Bias(float scale, params int[] values) =>
        new([values.Length], ElementType.Int32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [scale], [0]);

    /// <summary>Random int8 values.</summary>
    public static int[] Values(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(-128, 128)).ToArray();

    /// <summary>Elements of the result as integers.</summary>
    public static int[] Evaluate(Operator op, TensorType output, params TensorData[] inputs)
    {
        var result = Run(op, output, inputs);
        return Enumerable.Range(0, output.Shape.Elements).Select(i => result[i]).ToArray();
    }

    public static TensorData Run(Operator op, TensorType output, params TensorData[] inputs)
    {
        var types = new NodeTypes(inputs.Select(i => i.Type).ToImmutableArray(), output);
        Assert(op.InferShape([.. types.Inputs.Select(t => t.Shape)]), output.Shape);
        var result = new TensorData(output);
        op.Evaluate(types, inputs, result);
        return result;
    }

    private static void Assert(TensorShape inferred, TensorShape given) => Xunit.Assert.Equal(given, inferred);
}
