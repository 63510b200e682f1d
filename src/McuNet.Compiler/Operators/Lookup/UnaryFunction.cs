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
}
