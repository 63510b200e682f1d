using System;

namespace McuNet.Compiler.Operators;

/// <summary>
/// A function of one real number, evaluated in double precision at compile time and rounded once to float32. The formulas are those of the
/// ONNX operators of the same names.
/// </summary>
public abstract record UnaryFunction
{
    public abstract double At(double x);

    public sealed record Identity : UnaryFunction
    {
        public override double At(double x) => x;
    }

    public sealed record Scale(double Factor) : UnaryFunction
    {
        public override double At(double x) => Factor * x;
    }

    public sealed record Abs : UnaryFunction
    {
        public override double At(double x) => Math.Abs(x);
    }

    /// <summary>Of integers of eight bits with a sign.</summary>
    public sealed record WrappedAbs : UnaryFunction
    {
        public override double At(double x) => x == sbyte.MinValue ? x : Math.Abs(x);
    }

    /// <summary>A function of the integers q that stand for real numbers (q - zero point) x scale; results that the element type does not hold saturate.</summary>
    public sealed record OfStored(UnaryFunction Function, float InputScale, int ZeroPoint) : UnaryFunction
    {
        public override double At(double x) => (Function.At(Math.Round(x / InputScale) + ZeroPoint) - ZeroPoint) * InputScale;
    }

    public sealed record Elu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x >= 0 ? x : Alpha * (Math.Exp(x) - 1);
    }

    public sealed record HardSigmoid(double Alpha, double Beta) : UnaryFunction
    {
        public override double At(double x) => Math.Clamp(Alpha * x + Beta, 0, 1);
    }

    public sealed record HardSwish : UnaryFunction
    {
        public override double At(double x) => x * Math.Clamp(x / 6 + 0.5, 0, 1);
    }

    public sealed record LeakyRelu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x >= 0 ? x : Alpha * x;
    }

    public sealed record Sigmoid : UnaryFunction
    {
        public override double At(double x) => 1 / (1 + Math.Exp(-x));
    }

    public sealed record Softplus : UnaryFunction
    {
        public override double At(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }

    public sealed record Softsign : UnaryFunction
    {
        public override double At(double x) => x / (1 + Math.Abs(x));
    }

    public sealed record Tanh : UnaryFunction
    {
        public override double At(double x) => Math.Tanh(x);
    }

    /// <summary>x + addend.</summary>
    public sealed record Shift(double Addend) : UnaryFunction
    {
        public override double At(double x) => x + Addend;
    }

    /// <summary>minuend - x.</summary>
    public sealed record Difference(double Minuend) : UnaryFunction
    {
        public override double At(double x) => Minuend - x;
    }

    /// <summary>x / divisor.</summary>
    public sealed record Fraction(double Divisor) : UnaryFunction
    {
        public override double At(double x) => x / Divisor;
    }

    /// <summary>dividend / x.</summary>
    public sealed record Quotient(double Dividend) : UnaryFunction
    {
        public override double At(double x) => Dividend / x;
    }

    /// <summary>x to the power of a constant.</summary>
    public sealed record Power(double Exponent) : UnaryFunction
    {
        public override double At(double x) => Math.Pow(x, Exponent);
    }

    public sealed record Exp : UnaryFunction
    {
        public override double At(double x) => Math.Exp(x);
    }

    public sealed record Log : UnaryFunction
    {
        public override double At(double x) => Math.Log(x);
    }

    public sealed record Sqrt : UnaryFunction
    {
        public override double At(double x) => Math.Sqrt(x);
    }

    public sealed record Floor : UnaryFunction
    {
        public override double At(double x) => Math.Floor(x);
    }

    public sealed record Ceil : UnaryFunction
    {
        public override double At(double x) => Math.Ceiling(x);
    }

    /// <summary>To the nearest integer, halves to the even one.</summary>
    public sealed record Round : UnaryFunction
    {
        public override double At(double x) => Math.Round(x);
    }

    /// <summary>By Kummer's series, all of whose terms are positive; beyond 6 it is one in double precision.</summary>
    public sealed record Erf : UnaryFunction
    {
        public override double At(double x) => Of(x);

        public static double Of(double x)
        {
            if (Math.Abs(x) > 6)
                return Math.Sign(x);
            var (term, sum) = (x, x);
            for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
                sum += term *= 2 * x * x / (2 * n + 1);
            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
    }

    /// <param name="ByTanh">The approximation by tanh that ONNX defines.</param>
    public sealed record Gelu(bool ByTanh) : UnaryFunction
    {
        public override double At(double x) => ByTanh
            ? 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
            : 0.5 * x * (1 + Erf.Of(x / Math.Sqrt(2)));
    }

    public sealed record Mish : UnaryFunction
    {
        public override double At(double x) => x * Math.Tanh(Math.Log(1 + Math.Exp(x)));
    }

    public sealed record Selu(double Alpha, double Gamma) : UnaryFunction
    {
        public override double At(double x) => Gamma * (x > 0 ? x : Alpha * (Math.Exp(x) - 1));
    }

    public sealed record Celu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => Math.Max(0, x) + Math.Min(0, Alpha * (Math.Exp(x / Alpha) - 1));
    }

    public sealed record ThresholdedRelu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x > Alpha ? x : 0;
    }
}
