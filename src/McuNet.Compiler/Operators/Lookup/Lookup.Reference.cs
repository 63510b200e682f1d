using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Lookup
{
    /// <summary>
    /// table[x], where table[x] = clamp(round_half_even(float(f(xs x float(x - zx))) / ys) + zy): the input's real value in float32, f in
    /// double precision rounded to float32, one float32 division. ONNX Runtime builds the tables of QLinearSigmoid and QLinearLeakyRelu by
    /// the same steps. Of real numbers the function in float32, limited; from integers to real numbers the same table without the last
    /// step.
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        if (!types.Input.IsQuantized)
        {
            for (var i = 0; i < types.Output.Shape.Elements; i++)
                output.Float32[i] = Clamp.Limit(Function.AtSingle(inputs[0].Float32[i]));
            return;
        }

        if (!types.Output.IsQuantized)
        {
            var reals = RealTable(types.Input, Function, Clamp);
            for (var i = 0; i < inputs[0].Bytes.Length; i++)
                output.Float32[i] = reals[inputs[0].Bytes[i]];
            return;
        }

        var table = Table(types.Input, types.Output, Function, Clamp);
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = table[inputs[0].Bytes[i]];
    }

    /// <summary>clamp(f(x)).</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        for (var i = 0; i < output.Length; i++)
            output[i] = Clamp.Apply(Function.At(inputs[0][i]));
    }

    /// <summary>The real result for every byte of an input, indexed by its bits: float(f(xs x float(x - zx))), limited.</summary>
    public static float[] RealTable(TensorType input, UnaryFunction function, Clamp clamp)
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++)
            table[i] = clamp.Limit(
                (float)function.At(input.Quantization!.Real(input.Element == ElementType.UInt8 ? i : unchecked((sbyte)i)))
            );
        return table;
    }

    /// <summary>The result for every byte of an input, indexed by its bits.</summary>
    public static byte[] Table(TensorType input, TensorType output, UnaryFunction function, Clamp clamp)
    {
        var table = new byte[256];
        var range = clamp.Quantized(output);
        for (var i = 0; i < table.Length; i++)
        {
            var q = input.Element == ElementType.UInt8 ? i : unchecked((sbyte)i);
            var real = input.Quantization!.Real(q);
            var result = (float)function.At(real);
            table[i] = unchecked((byte)Arithmetic.Quantize(result / output.Scale, output.ZeroPoint, range));
        }

        return table;
    }
}
