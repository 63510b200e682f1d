using System;

namespace McuNet.Compiler.Operators;

/// <summary>
/// A function of one real number: of integers evaluated in double precision at compile time and rounded once to float32, of real numbers
/// computed by a kernel in float32. The formulas are those of the ONNX operators of the same names.
/// </summary>
public abstract record UnaryFunction
{
    public abstract double At(double x);

    /// <summary>Its name among <see cref="RealFunctions"/> and its constants there; null of a function that is defined on integers
    /// alone.</summary>
    internal virtual RealForm? Form => null;

    /// <summary>What the kernel gives: every operation rounded to float32.</summary>
    public virtual float AtSingle(float x) => throw new NotSupportedException($"{GetType().Name} has no form on real numbers");

    /// <summary>A function without constants: the formula, and what its kernel gives.</summary>
    public abstract record Plain(string Name, Func<double, double> Formula, Func<float, float> Kernel) : UnaryFunction
    {
        internal override RealForm Form => new(Name);

        public override double At(double x) => Formula(x);

        public override float AtSingle(float x) => Kernel(x);
    }

    internal sealed record RealForm(string Name, float A = 0, float B = 0);

    public sealed record Identity() : Plain("identity", x => x, x => x);

    public sealed record Scale(double Factor) : UnaryFunction
    {
        public override double At(double x) => Factor * x;

        internal override RealForm Form => new("scale", (float)Factor);

        public override float AtSingle(float x) => (float)Factor * x;
    }

    public sealed record Abs() : Plain("abs", Math.Abs, x => x < 0 ? -x : x);

    /// <summary>Of integers of eight bits with a sign.</summary>
    public sealed record WrappedAbs : UnaryFunction
    {
        public override double At(double x) => x == sbyte.MinValue ? x : Math.Abs(x);
    }

    /// <summary>A function of the integers q that stand for real numbers (q - zero point) x scale; results that the element type does not
    /// hold saturate.</summary>
    public sealed record OfStored(UnaryFunction Function, float InputScale, int ZeroPoint) : UnaryFunction
    {
        public override double At(double x) => (Function.At(Math.Round(x / InputScale) + ZeroPoint) - ZeroPoint) * InputScale;
    }

    public sealed record Elu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x >= 0 ? x : Alpha * (Math.Exp(x) - 1);

        internal override RealForm Form => new("elu", (float)Alpha);

        public override float AtSingle(float x) => x >= 0 ? x : (float)Alpha * (global::Kernels.MathExp(x) - 1);
    }

    public sealed record HardSigmoid(double Alpha, double Beta) : UnaryFunction
    {
        public override double At(double x) => Math.Clamp(Alpha * x + Beta, 0, 1);

        internal override RealForm Form => new("hard_sigmoid", (float)Alpha, (float)Beta);

        public override float AtSingle(float x) => global::Kernels.Limit((float)Alpha * x + (float)Beta, 0, 1);
    }

    public sealed record HardSwish()
        : Plain("hard_swish", x => x * Math.Clamp(x / 6 + 0.5, 0, 1), x => x * global::Kernels.Limit(x * 0.166666672f + 0.5f, 0, 1));

    public sealed record LeakyRelu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x >= 0 ? x : Alpha * x;

        internal override RealForm Form => new("leaky_relu", (float)Alpha);

        public override float AtSingle(float x) => x >= 0 ? x : (float)Alpha * x;
    }

    public sealed record Sigmoid() : Plain("sigmoid", x => 1 / (1 + Math.Exp(-x)), global::Kernels.MathSigmoid);

    public sealed record Softplus()
        : Plain("softplus", x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), global::Kernels.MathSoftplus);

    public sealed record Softsign() : Plain("softsign", x => x / (1 + Math.Abs(x)), x => x / (1 + (x < 0 ? -x : x)));

    public sealed record Tanh() : Plain("tanh", Math.Tanh, global::Kernels.MathTanh);

    /// <summary>x + addend.</summary>
    public sealed record Shift(double Addend) : UnaryFunction
    {
        public override double At(double x) => x + Addend;

        internal override RealForm Form => new("shift", (float)Addend);

        public override float AtSingle(float x) => x + (float)Addend;
    }

    /// <summary>minuend - x.</summary>
    public sealed record Difference(double Minuend) : UnaryFunction
    {
        public override double At(double x) => Minuend - x;

        internal override RealForm Form => new("difference", (float)Minuend);

        public override float AtSingle(float x) => (float)Minuend - x;
    }

    /// <summary>x / divisor.</summary>
    public sealed record Fraction(double Divisor) : UnaryFunction
    {
        public override double At(double x) => x / Divisor;

        internal override RealForm Form => new("fraction", (float)Divisor);

        public override float AtSingle(float x) => x / (float)Divisor;
    }

    /// <summary>dividend / x.</summary>
    public sealed record Quotient(double Dividend) : UnaryFunction
    {
        public override double At(double x) => Dividend / x;

        internal override RealForm Form => new("quotient", (float)Dividend);

        public override float AtSingle(float x) => (float)Dividend / x;
    }

    /// <summary>x to the power of a constant.</summary>
    public sealed record Power(double Exponent) : UnaryFunction
    {
        public override double At(double x) => Math.Pow(x, Exponent);

        internal override RealForm Form => new("power", (float)Exponent);

        public override float AtSingle(float x) => global::Kernels.MathPow(x, (float)Exponent);
    }

    public sealed record Exp() : Plain("exp", Math.Exp, global::Kernels.MathExp);

    public sealed record Log() : Plain("log", Math.Log, global::Kernels.MathLog);

    public sealed record Sqrt() : Plain("sqrt", Math.Sqrt, global::Kernels.MathSqrt);

    public sealed record Floor() : Plain("floor", Math.Floor, global::Kernels.MathFloor);

    public sealed record Ceil() : Plain("ceil", Math.Ceiling, global::Kernels.MathCeil);

    /// <summary>To the nearest integer, halves to the even one.</summary>
    public sealed record Round() : Plain("round", Math.Round, global::Kernels.MathRound);

    /// <summary>By Kummer's series, all of whose terms are positive; beyond 6 it is one in double precision.</summary>
    public sealed record Erf : UnaryFunction
    {
        public override double At(double x) => Of(x);

        internal override RealForm Form => new("erf");

        public override float AtSingle(float x) => global::Kernels.MathErf(x);

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
        public override double At(double x) =>
            ByTanh
                ? 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
                : 0.5 * x * (1 + Erf.Of(x / Math.Sqrt(2)));

        internal override RealForm Form => new(ByTanh ? "gelu_tanh" : "gelu");

        public override float AtSingle(float x) =>
            ByTanh
                ? 0.5f * x * (1 + global::Kernels.MathTanh(0.797884583f * (x + x * x * x * 0.0447149985f)))
                : 0.5f * x * (1 + global::Kernels.MathErf(x * 0.707106769f));
    }

    public sealed record Mish()
        : Plain("mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))), x => x * global::Kernels.MathTanh(global::Kernels.MathSoftplus(x)));

    public sealed record Selu(double Alpha, double Gamma) : UnaryFunction
    {
        public override double At(double x) => Gamma * (x > 0 ? x : Alpha * (Math.Exp(x) - 1));

        internal override RealForm Form => new("selu", (float)Alpha, (float)Gamma);

        public override float AtSingle(float x) => (float)Gamma * (x > 0 ? x : (float)Alpha * (global::Kernels.MathExp(x) - 1));
    }

    public sealed record Celu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => Math.Max(0, x) + Math.Min(0, Alpha * (Math.Exp(x / Alpha) - 1));

        internal override RealForm Form => new("celu", (float)Alpha);

        public override float AtSingle(float x) => x >= 0 ? x : (float)Alpha * (global::Kernels.MathExp(x / (float)Alpha) - 1);
    }

    public sealed record ThresholdedRelu(double Alpha) : UnaryFunction
    {
        public override double At(double x) => x > Alpha ? x : 0;

        internal override RealForm Form => new("thresholded_relu", (float)Alpha);

        public override float AtSingle(float x) => x > (float)Alpha ? x : 0;
    }

    public sealed record Acos() : Plain("acos", Math.Acos, x => 2 * global::Kernels.MathAtan(global::Kernels.MathSqrt((1 - x) / (1 + x))));

    public sealed record Acosh()
        : Plain("acosh", Math.Acosh, x => global::Kernels.MathLog(x + global::Kernels.MathSqrt(x - 1) * global::Kernels.MathSqrt(x + 1)));

    public sealed record Asin() : Plain("asin", Math.Asin, x => global::Kernels.MathAtan(x / global::Kernels.MathSqrt((1 - x) * (1 + x))));

    public sealed record Asinh()
        : Plain(
            "asinh",
            Math.Asinh,
            x =>
                x < 0
                    ? -global::Kernels.MathLog(global::Kernels.MathSqrt(x * x + 1) - x)
                    : global::Kernels.MathLog(global::Kernels.MathSqrt(x * x + 1) + x)
        );

    public sealed record Atan() : Plain("atan", Math.Atan, global::Kernels.MathAtan);

    public sealed record Atanh() : Plain("atanh", Math.Atanh, x => 0.5f * global::Kernels.MathLog((1 + x) / (1 - x)));

    public sealed record Cos() : Plain("cos", Math.Cos, global::Kernels.MathCos);

    public sealed record Cosh() : Plain("cosh", Math.Cosh, x => 0.5f * global::Kernels.MathExp(x) + 0.5f * global::Kernels.MathExp(-x));

    public sealed record Sign()
        : Plain(
            "sign",
            x =>
                x > 0 ? 1
                : x < 0 ? -1
                : x,
            x =>
                x > 0 ? 1
                : x < 0 ? -1
                : x
        );

    public sealed record Sin() : Plain("sin", Math.Sin, global::Kernels.MathSin);

    public sealed record Sinh()
        : Plain(
            "sinh",
            Math.Sinh,
            x => global::Kernels.MathTanh(x) * (0.5f * global::Kernels.MathExp(x) + 0.5f * global::Kernels.MathExp(-x))
        );

    public sealed record Truncate()
        : Plain("truncate", Math.Truncate, x => x < 0 ? global::Kernels.MathCeil(x) : global::Kernels.MathFloor(x));

    public sealed record Tan() : Plain("tan", Math.Tan, x => global::Kernels.MathSin(x) / global::Kernels.MathCos(x));

    /// <summary>Towards zero by a bias, and zero up to a limit on both sides.</summary>
    public sealed record Shrink(double Limit, double Bias) : UnaryFunction
    {
        public override double At(double x) =>
            x < -Limit ? x + Bias
            : x > Limit ? x - Bias
            : 0;

        internal override RealForm Form => new("shrink", (float)Limit, (float)Bias);

        public override float AtSingle(float x) =>
            x < -(float)Limit ? x + (float)Bias
            : x > (float)Limit ? x - (float)Bias
            : 0;
    }
}
