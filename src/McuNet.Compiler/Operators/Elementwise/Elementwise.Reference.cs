using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Elementwise
{
    /// <summary>
    /// clamp(round_half_even(f(float(a - za) x as, float(b - zb) x bs) / ys) + zy), every product, sum, quotient and f itself rounded to
    /// float32: the steps of ONNX Runtime without optimisation. Infinities saturate; what is not a number is the zero point. Of real
    /// numbers clamp(f(a, b)).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var operands = InOrder(inputs.Select(Reals).ToArray(), Constant is null ? null : ConstantReals());
        var shapes = Shapes(types);
        var range = types.Output.IsQuantized ? Clamp.Quantized(types.Output) : default;
        for (var i = 0; i < types.Output.Shape.Elements; i++)
        {
            var value = Of(operands.A[Place(shapes.A, types.Output.Shape, i)], operands.B[Place(shapes.B, types.Output.Shape, i)]);
            if (!types.Output.IsQuantized)
                output.Float32[i] = Clamp.Limit(value);
            else
                output[i] = Arithmetic.Quantize(value / types.Output.Scale, types.Output.ZeroPoint, range);
        }
    }

    /// <summary>clamp(f(a, b)).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var operands = InOrder(inputs, Constant?.Reals(_ => 0));
        var shapes = Shapes(types);
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(
                Of(operands.A[Place(shapes.A, types.Output.Shape, i)], operands.B[Place(shapes.B, types.Output.Shape, i)])
            );
    }

    private (T[] A, T[] B) InOrder<T>(IReadOnlyList<T[]> inputs, T[]? constant) =>
        constant is null ? (inputs[0], inputs[1])
        : ConstantFirst ? (constant, inputs[0])
        : (inputs[0], constant);

    private (TensorShape A, TensorShape B) Shapes(NodeTypes types) =>
        Constant is null ? (types.Inputs[0].Shape, types.Inputs[1].Shape)
        : ConstantFirst ? (ConstantShape, types.Input.Shape)
        : (types.Input.Shape, ConstantShape);

    private static float[] Reals(TensorData data) =>
        data.Type.Quantization is { } q
            ? [.. Enumerable.Range(0, data.Type.Shape.Elements).Select(i => q.Real(data[i]))]
            : data.Float32.ToArray();

    private float[] ConstantReals() =>
        Constant!.Element == ElementType.Float32
            ? MemoryMarshal.Cast<byte, float>(Constant.Data.AsSpan()).ToArray()
            : [.. Constant.Data.Select(b => new QuantizationParameters(Constant.Scales[0], Constant.ZeroPoints[0]).Real((sbyte)b))];

    /// <summary>Where an operand has the element that the result's element at an index comes from.</summary>
    private static int Place(TensorShape operand, TensorShape output, int index)
    {
        var (y, x, c) = (index / output.RowElements, index / output.Channels % output.Width, index % output.Channels);
        return (Math.Min(y, operand.Height - 1) * operand.Width + Math.Min(x, operand.Width - 1)) * operand.Channels
            + Math.Min(c, operand.Channels - 1);
    }

    private float Of(float a, float b) =>
        Function switch
        {
            ElementFunction.Add => a + b,
            ElementFunction.Sub => a - b,
            ElementFunction.Mul => a * b,
            ElementFunction.Div => a / b,
            ElementFunction.Min => a < b ? a : b,
            ElementFunction.Max => a > b ? a : b,
            ElementFunction.Pow => global::Kernels.MathPow(a, b),
            ElementFunction.Mod => global::Kernels.MathMod(a, b),
            >= ElementFunction.Equal => Holds(a, b) ? 1 : 0,
            _ => a < 0 ? a * b : a,
        };

    private bool Holds<T>(T a, T b)
        where T : IComparisonOperators<T, T, bool> =>
        Function switch
        {
            ElementFunction.Equal => a == b,
            ElementFunction.NotEqual => a != b,
            ElementFunction.Less => a < b,
            ElementFunction.LessOrEqual => a <= b,
            ElementFunction.Greater => a > b,
            _ => a >= b,
        };

    private double Of(double a, double b) =>
        Function switch
        {
            ElementFunction.Add => a + b,
            ElementFunction.Sub => a - b,
            ElementFunction.Mul => a * b,
            ElementFunction.Div => a / b,
            ElementFunction.Min => Math.Min(a, b),
            ElementFunction.Max => Math.Max(a, b),
            ElementFunction.Pow => Math.Pow(a, b),
            ElementFunction.Mod => a % b,
            >= ElementFunction.Equal => Holds(a, b) ? 1 : 0,
            _ => a < 0 ? a * b : a,
        };
}
