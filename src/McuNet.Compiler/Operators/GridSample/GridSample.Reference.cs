using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record GridSample
{
    /// <summary>Of cubic pieces, as ONNX has it.</summary>
    private const double Steepness = -0.75;

    /// <summary>Places farther out count as this far out, and what is no number too.</summary>
    private const double Farthest = 1 << 20;

    /// <summary>clamp(sum of pixels times row weight times column weight), rows before columns, in float32, every operation
    /// rounded.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        float[] result = [.. Samples(types, inputs[0].Float32.ToArray(), inputs[1].Float32.ToArray())];
        for (var i = 0; i < result.Length; i++)
            output.Float32[i] = Clamp.Limit(result[i]);
    }

    /// <summary>The same in double precision.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        double[] result = [.. Samples(types, inputs[0], inputs[1])];
        for (var i = 0; i < result.Length; i++)
            output[i] = Clamp.Apply(result[i]);
    }

    private IEnumerable<T> Samples<T>(NodeTypes types, T[] image, T[] places)
        where T : IFloatingPointIeee754<T>
    {
        var from = types.Inputs[0].Shape;
        for (var i = 0; i < types.Output.Shape.Elements; i++)
        {
            var (pixel, c) = (i / from.Channels, i % from.Channels);
            var (columns, rows) = (Taps(places[2 * pixel], from.Width), Taps(places[2 * pixel + 1], from.Height));
            var sum = T.Zero;
            foreach (var (row, byRow) in rows)
            {
                foreach (var (column, byColumn) in columns)
                {
                    var weight = byRow * byColumn;
                    var product = weight * image[(row * from.Width + column) * from.Channels + c];
                    sum += product;
                }
            }

            yield return sum;
        }
    }

    /// <summary>The rows or columns between which a place lies, with their weights; those that are zeros left out.</summary>
    private IEnumerable<(int Index, T Weight)> Taps<T>(T place, int size)
        where T : IFloatingPointIeee754<T>
    {
        var at = Coordinate(place, size);
        if (Interpolation == GridInterpolation.Nearest)
            at = T.Round(at, MidpointRounding.ToEven);
        at = Inside(at, size);
        var floor = T.Floor(at);
        var (way, first) = (at - floor, int.CreateChecked(floor) - (Interpolation == GridInterpolation.Cubic ? 1 : 0));
        return Enumerable
            .Range(0, (int)Interpolation)
            .Select(i => (Index(first + i, size), Weight(way, i)))
            .Where(t => t.Item1 >= 0)
            .ToArray();
    }

    private T Coordinate<T>(T place, int size)
        where T : IFloatingPointIeee754<T>
    {
        var (half, extent, most) = (T.CreateChecked(0.5), T.CreateChecked(AlignCorners ? size - 1 : size), T.CreateChecked(Farthest));
        var scaled = (place + T.One) * half * extent;
        var at = AlignCorners ? scaled : scaled - half;
        return at > -most
            ? at < most
                ? at
                : most
            : -most;
    }

    /// <summary>A coordinate beyond the ends where it is moved to.</summary>
    private T Inside<T>(T at, int size)
        where T : IFloatingPointIeee754<T>
    {
        var margin = T.CreateChecked(AlignCorners ? 0 : 0.5);
        var (low, high) = (-margin, T.CreateChecked(size - 1) + margin);
        if (Padding == GridPadding.Zeros || (at >= low && at <= high))
            return at;
        if (Padding == GridPadding.Border)
            return at < low ? T.Zero : T.CreateChecked(size - 1);
        var range = high - low;
        if (range == T.Zero)
            return low;
        var beyond = at < low ? low - at : at - high;
        var times = int.CreateTruncating(beyond / range);
        var way = T.CreateChecked(times) * range;
        var rest = beyond - way;
        return at < low == (times % 2 == 0) ? low + rest : high - rest;
    }

    /// <summary>The pixel of a number, or -1 where it is zeros.</summary>
    private int Index(int number, int size)
    {
        if (number >= 0 && number < size)
            return number;
        if (Padding != GridPadding.Reflection)
            return Padding == GridPadding.Zeros ? -1 : Math.Clamp(number, 0, size - 1);
        var period = Math.Max(1, AlignCorners ? 2 * size - 2 : 2 * size);
        var within = (number % period + period) % period;
        return within < size ? within : (AlignCorners ? period : period - 1) - within;
    }

    private T Weight<T>(T way, int tap)
        where T : IFloatingPointIeee754<T> =>
        Interpolation switch
        {
            GridInterpolation.Nearest => T.One,
            GridInterpolation.Linear => tap == 0 ? T.One - way : way,
            _ => tap switch
            {
                0 => Outer(way + T.One),
                1 => Inner(way),
                2 => Inner(T.One - way),
                _ => Outer((T.One - way) + T.One),
            },
        };

    /// <summary>((a + 2) d - (a + 3)) d d + 1.</summary>
    private static T Inner<T>(T d)
        where T : IFloatingPointIeee754<T>
    {
        var steep = T.CreateChecked(Steepness + 2) * d - T.CreateChecked(Steepness + 3);
        var squared = steep * d * d;
        return squared + T.One;
    }

    /// <summary>((a d - 5 a) d + 8 a) d - 4 a.</summary>
    private static T Outer<T>(T d)
        where T : IFloatingPointIeee754<T>
    {
        var inner = T.CreateChecked(Steepness) * d - T.CreateChecked(5 * Steepness);
        var middle = inner * d + T.CreateChecked(8 * Steepness);
        return middle * d - T.CreateChecked(4 * Steepness);
    }
}
