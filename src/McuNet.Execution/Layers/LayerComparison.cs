using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Execution.Layers;

/// <summary>What another executor gave for a value: its bytes by case, in the order and type of the ONNX value.</summary>
/// <param name="Missing">Why there are none; else null.</param>
public sealed record Observation(ImmutableArray<byte[]> Cases, string? Missing = null);

/// <summary>Compares the result of every node with what was observed of its ONNX value.</summary>
public static class LayerComparison
{
    /// <summary>How far from its step, in steps, float32 rounding may leave a dequantised value.</summary>
    private const float OffStep = 1e-3f;

    /// <param name="network">The network to which the counterparts belong.</param>
    /// <param name="inputs">For each case the network's inputs.</param>
    /// <returns>One per counterpart.</returns>
    public static ImmutableArray<LayerResult> Of(
        NetworkGraph network,
        ImmutableArray<Counterpart> counterparts,
        IReadOnlyList<IReadOnlyList<TensorData>> inputs,
        Func<OnnxView, Observation> observe
    )
    {
        var evaluated = counterparts
            .Select(c => c.Network)
            .Distinct()
            .ToDictionary(n => n, n => inputs.Select(i => ReferenceEvaluator.RunAll(n, i)).ToArray());
        return DifferenceCauses.Explain(
            network,
            [.. counterparts.Select(c => Compare(c, [.. evaluated[c.Network].Select(t => t[c.Result.Id.Value])], observe))]
        );
    }

    /// <summary>With the first of its values that was observed.</summary>
    private static LayerResult Compare(Counterpart counterpart, ImmutableArray<TensorData> ours, Func<OnnxView, Observation> observe)
    {
        LayerResult? unseen = null;
        foreach (var view in counterpart.Views)
        {
            var result = Compare(counterpart, view, ours, observe(view));
            if (result.IsObserved)
                return result;
            unseen ??= result;
        }

        return unseen ?? new(counterpart.Node, counterpart.Result.Name, null, [], counterpart.Missing);
    }

    private static LayerResult Compare(Counterpart counterpart, OnnxView view, ImmutableArray<TensorData> ours, Observation observed)
    {
        var (type, theirs) = (counterpart.Result.Type, observed.Cases);
        if (observed.Missing is not null)
            return Unseen(observed.Missing);
        if (theirs.Any(c => c.Length != view.Type.Bytes))
            return Unseen("it has other dimensions in ONNX Runtime");
        if (type.IsQuantized && !view.Type.IsQuantized)
        {
            if (theirs.Select(c => Steps(c, type)).ToImmutableArray() is var steps && steps.Contains(null))
                return Unseen("its values in ONNX Runtime are no steps of its quantisation");
            (view, theirs) = (view with { Type = type with { Shape = view.Type.Shape } }, steps!);
        }

        return new(counterpart.Node, view.Value, view, [.. theirs.Select((bytes, i) => TensorDifference.Of(ours[i], view, bytes))], null);

        LayerResult Unseen(string why) => new(counterpart.Node, view.Value, null, [], why);
    }

    /// <summary>The quantised form of real numbers that were quantised before; null where some lie between steps or beyond them.</summary>
    private static byte[]? Steps(byte[] reals, TensorType type)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(reals);
        var steps = new byte[numbers.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var exact = numbers[i] / type.Scale;
            var rounded = MathF.Round(exact, MidpointRounding.ToEven);
            if (!(MathF.Abs(exact - rounded) <= OffStep))
                return null;
            var step = (int)rounded + type.ZeroPoint;
            if (step != (type.Element == ElementType.UInt8 ? (byte)step : (sbyte)step))
                return null;
            steps[i] = unchecked((byte)step);
        }

        return steps;
    }
}
