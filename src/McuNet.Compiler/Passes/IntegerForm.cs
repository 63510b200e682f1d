using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Passes;

/// <summary>The form of a real operator on integers, constants included: int8 weights, and an int32 bias with scale input x
/// weight.</summary>
internal static class IntegerForm
{
    private const float ScaleTolerance = 1e-3f;

    /// <returns>The operator on integers, or null where its weights are real numbers, or its bias leaves 32 bits in the small steps of
    /// int16.</returns>
    public static Operator? Of(Node node, TensorType input, PassContext context) =>
        node.Operator switch
        {
            ILinear o => o.Weights.Element == ElementType.Int8 && !(input.Element == ElementType.Int16 && LeavesWord(o, input))
                ? o.WithConstants(o.Weights, Bias(node, o.Bias, o.Weights, input, context))
                : null,
            ResizeLinear o => o with
            {
                RowTaps = o.RowTaps.Within(LinearTaps.MostUnits),
                ColumnTaps = o.ColumnTaps.Within(LinearTaps.MostUnits),
            },
            Clip o => new Rescale { Clamp = o.Clamp },
            var other => other,
        };

    private static bool LeavesWord(ILinear layer, TensorType input) =>
        layer.Bias is { } bias
        && bias.Reals(c => c)
            .Select((b, c) => Math.Abs(b / (input.Scale * layer.Weights.ScaleOf(c))))
            .Any(steps => !(steps < int.MaxValue));

    private static ConstantTensor? Bias(Node node, ConstantTensor? bias, ConstantTensor weights, TensorType input, PassContext context)
    {
        if (bias is null)
            return null;
        var channels = bias.Dims[0];
        var scales = weights.Scales.Select(w => input.Scale * w).ToImmutableArray();
        var exact = bias with { Scales = scales };
        var isInteger = bias.Element == ElementType.Int32;
        var isExact = isInteger;
        for (var c = 0; c < channels && isInteger; c++)
        {
            if (MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan())[c] == 0)
                continue;
            var ratio = bias.ScaleOf(c) / exact.ScaleOf(c);
            if (MathF.Abs(ratio - 1) <= ScaleTolerance)
                continue;
            if (isExact)
                context.Report(DiagnosticCatalog.BiasRescaled, node.Name, bias.ScaleOf(c), exact.ScaleOf(c));
            isExact = false;
        }

        return isExact ? exact : Rescaled(node, bias, exact, context);
    }

    private static ConstantTensor Rescaled(Node node, ConstantTensor bias, ConstantTensor target, PassContext context)
    {
        var values = new int[bias.Dims[0]];
        var integers = MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan());
        var reals = MemoryMarshal.Cast<byte, float>(bias.Data.AsSpan());
        for (var c = 0; c < values.Length; c++)
        {
            var real = bias.Element == ElementType.Int32 ? integers[c] * (double)bias.ScaleOf(c) : reals[c];
            var steps = Math.Round(real / target.ScaleOf(c));
            if (!(Math.Abs(steps) <= int.MaxValue))
            {
                context.Report(
                    DiagnosticCatalog.QuantizationInvalid,
                    node.Name,
                    $"bias of channel {c}",
                    real,
                    System.FormattableString.Invariant($"in units of {target.ScaleOf(c)}, input scale x weight scale, that leaves 32 bits.")
                );
                return target;
            }

            values[c] = (int)steps;
        }

        return target with
        {
            Element = ElementType.Int32,
            Data = [.. MemoryMarshal.AsBytes(values.AsSpan())],
        };
    }
}
