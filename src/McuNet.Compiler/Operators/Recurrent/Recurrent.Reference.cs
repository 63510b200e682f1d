using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Recurrent
{
    /// <summary>The formulas of ONNX in float32: x + R h added up in the order of h, every operation rounded on its own.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var result = new float[types.Output.Shape.Elements];
        Run(types, inputs[0].Float32.ToArray(), RealLinear.Numbers(Weights).ToArray(), [.. Initial], [.. Extra], Apply, result);
        result.CopyTo(output.Float32);
    }

    /// <summary>The same in double precision.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) =>
        Run(types, inputs[0], Weights.Reals(_ => 0), [.. Initial.Select(v => (double)v)], [.. Extra.Select(v => (double)v)], Apply, output);

    private float Apply(RecurrentFunction function, float x)
    {
        x = global::Kernels.Limit(x, -Clip, Clip);
        return function switch
        {
            RecurrentFunction.Sigmoid => global::Kernels.MathSigmoid(x),
            RecurrentFunction.Tanh => global::Kernels.MathTanh(x),
            RecurrentFunction.Relu => x < 0 ? 0 : x,
            RecurrentFunction.HardSigmoid => global::Kernels.Limit(Alpha * x + Beta, 0, 1),
            _ => x,
        };
    }

    private double Apply(RecurrentFunction function, double x)
    {
        x = Math.Clamp(x, -Clip, Clip);
        return function switch
        {
            RecurrentFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
            RecurrentFunction.Tanh => Math.Tanh(x),
            RecurrentFunction.Relu => Math.Max(x, 0),
            RecurrentFunction.HardSigmoid => Math.Clamp((double)Alpha * x + Beta, 0, 1),
            _ => x,
        };
    }

    private void Run<T>(NodeTypes types, T[] input, T[] weights, T[] initial, T[] extra, Func<RecurrentFunction, T, T> apply, T[] output)
        where T : INumber<T>
    {
        var (rows, n, values) = (types.Input.Shape.Height, Hidden, Weights.Dims[0]);
        var (hidden, cells) = (initial[..n], Cell == RecurrentCell.Lstm ? initial[n..] : []);
        for (var t = 0; t < rows; t++)
        {
            var at = Reverse ? rows - 1 - t : t;
            var x = input.AsSpan(at * values, values);
            hidden = Cell switch
            {
                RecurrentCell.Lstm => Lstm(x, weights, hidden, cells, extra, apply),
                RecurrentCell.Gru => Gru(x, weights, hidden, extra, apply),
                _ => Simple(x, weights, hidden, apply),
            };
            if (!LastOnly || t == rows - 1)
                (GivesCells ? cells : hidden).CopyTo(output, LastOnly ? 0 : at * n);
        }
    }

    private T[] Simple<T>(ReadOnlySpan<T> x, T[] weights, T[] hidden, Func<RecurrentFunction, T, T> apply)
        where T : INumber<T>
    {
        var next = new T[Hidden];
        for (var j = 0; j < next.Length; j++)
            next[j] = apply(Gate, Products(x[j], weights, j, hidden));
        return next;
    }

    private T[] Lstm<T>(ReadOnlySpan<T> x, T[] weights, T[] hidden, T[] cells, T[] peepholes, Func<RecurrentFunction, T, T> apply)
        where T : INumber<T>
    {
        var (n, next) = (Hidden, new T[Hidden]);
        for (var j = 0; j < n; j++)
        {
            var past = cells[j];
            var input = apply(Gate, peepholes[j] * past + Products(x[j], weights, j, hidden));
            var forget = CoupledGates
                ? T.One - input
                : apply(Gate, peepholes[2 * n + j] * past + Products(x[2 * n + j], weights, 2 * n + j, hidden));
            var candidate = apply(Candidate, Products(x[3 * n + j], weights, 3 * n + j, hidden));
            var (kept, added) = (forget * past, input * candidate);
            cells[j] = Within(kept + added, T.CreateSaturating(CellLimit));
            next[j] = apply(Gate, peepholes[n + j] * cells[j] + Products(x[n + j], weights, n + j, hidden)) * apply(Result, cells[j]);
        }

        return next;
    }

    /// <summary>The nearest number of [-limit, limit]; NaN stays.</summary>
    private static T Within<T>(T value, T limit)
        where T : INumber<T> =>
        value < -limit ? -limit
        : value > limit ? limit
        : value;

    private T[] Gru<T>(ReadOnlySpan<T> x, T[] weights, T[] hidden, T[] bias, Func<RecurrentFunction, T, T> apply)
        where T : INumber<T>
    {
        var (n, next, open, reset) = (Hidden, new T[Hidden], new T[Hidden], new T[Hidden]);
        for (var j = 0; j < n; j++)
        {
            open[j] = apply(Gate, Products(x[n + j], weights, n + j, hidden));
            reset[j] = open[j] * hidden[j];
        }

        for (var j = 0; j < n; j++)
        {
            var update = apply(Gate, Products(x[j], weights, j, hidden));
            var candidate = apply(
                Candidate,
                ResetsProduct
                    ? open[j] * Products(bias[j], weights, 2 * n + j, hidden) + x[2 * n + j]
                    : Products(x[2 * n + j], weights, 2 * n + j, reset)
            );
            var (fresh, kept) = ((T.One - update) * candidate, update * hidden[j]);
            next[j] = fresh + kept;
        }

        return next;
    }

    private static T Products<T>(T sum, T[] weights, int value, T[] hidden)
        where T : INumber<T>
    {
        for (var k = 0; k < hidden.Length; k++)
            sum += hidden[k] * weights[value * hidden.Length + k];
        return sum;
    }
}
