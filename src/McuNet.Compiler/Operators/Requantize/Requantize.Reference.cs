using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Requantize
{
    /// <summary>
    /// From float32: clamp(round_half_even(x / ys) + zy), where NaN counts as 0. To float32: float(x - zx) x xs, clamped.
    /// Between quantised types one behind the other: clamp(round_half_even((float(x - zx) x xs) / ys) + zy).
    /// </summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var range = types.Output.IsQuantized ? Clamp.Quantized(types.Output) : default;
        for (var i = 0; i < types.Output.Shape.Elements; i++)
        {
            if (types.Output.IsQuantized)
                output.Bytes[i] = unchecked((byte)ToInteger(types, inputs[0], i, range));
            else
                output.Float32[i] = Math.Clamp(ToReal(types.Input, inputs[0], i), Clamp.Min, Clamp.Max);
        }
    }

    private static int ToInteger(NodeTypes types, TensorData input, int i, (int Min, int Max) range) =>
        Arithmetic.Quantize(ToReal(types.Input, input, i) / types.Output.Scale, types.Output.ZeroPoint, range);

    private static float ToReal(TensorType type, TensorData input, int i) =>
        type.Quantization?.Real(input[i]) ?? input.Float32[i];
}
