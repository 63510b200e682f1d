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
