using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Functions of one real number x with constants a and b, as kernels compute them. An expression is C#, every operation rounded on its own;
/// C has the same with its own spelling.
/// </summary>
internal static partial class RealFunctions
{
    /// <summary>Headers that hold functions of real numbers, each behind those it needs.</summary>
    private static readonly ImmutableArray<(string Header, ImmutableArray<string> Needs)> Headers =
    [
        ("mn_math", []),
        ("mn_math_exp", ["mn_math"]),
        ("mn_math_log", ["mn_math"]),
        ("mn_math_tanh", ["mn_math_exp"]),
        ("mn_math_erf", ["mn_math_exp"]),
        ("mn_math_sqrt", ["mn_math"]),
        ("mn_math_pow", ["mn_math_exp", "mn_math_log", "mn_math_sqrt"]),
        ("mn_math_mod", []),
        ("mn_math_round", []),
        ("mn_math_sigmoid", ["mn_math_exp"]),
        ("mn_math_softplus", ["mn_math_exp", "mn_math_log"]),
        ("mn_math_sin", ["mn_math"]),
        ("mn_math_atan", ["mn_math"]),
    ];

    public static readonly FrozenDictionary<string, string> Expressions = new Dictionary<string, string>
    {
        ["abs"] = "x < 0.0f ? -x : x",
        ["acos"] = "(float)(2.0f * MathAtan(MathSqrt((float)((float)(1.0f - x) / (float)(1.0f + x)))))",
        ["acosh"] = "MathLog((float)(x + (float)(MathSqrt((float)(x - 1.0f)) * MathSqrt((float)(x + 1.0f)))))",
        ["asin"] = "MathAtan((float)(x / MathSqrt((float)((float)(1.0f - x) * (float)(1.0f + x)))))",
        ["asinh"] =
            "x < 0.0f ? -MathLog((float)(MathSqrt((float)((float)(x * x) + 1.0f)) - x)) : MathLog((float)(MathSqrt((float)((float)(x * x) + 1.0f)) + x))",
        ["atan"] = "MathAtan(x)",
        ["atanh"] = "(float)(0.5f * MathLog((float)((float)(1.0f + x) / (float)(1.0f - x))))",
        ["ceil"] = "MathCeil(x)",
        ["celu"] = "x >= 0.0f ? x : (float)(a * (float)(MathExp((float)(x / a)) - 1.0f))",
        ["cos"] = "MathCos(x)",
        ["cosh"] = "(float)((float)(0.5f * MathExp(x)) + (float)(0.5f * MathExp(-x)))",
        ["difference"] = "(float)(a - x)",
        ["elu"] = "x >= 0.0f ? x : (float)(a * (float)(MathExp(x) - 1.0f))",
        ["erf"] = "MathErf(x)",
        ["exp"] = "MathExp(x)",
        ["floor"] = "MathFloor(x)",
        ["fraction"] = "(float)(x / a)",
        ["gelu"] = "(float)((float)(0.5f * x) * (float)(1.0f + MathErf((float)(x * 0.707106769f))))",
        ["gelu_tanh"] =
            "(float)((float)(0.5f * x) * (float)(1.0f + MathTanh((float)(0.797884583f * (float)(x + (float)((float)((float)(x * x) * x) * 0.0447149985f))))))",
        ["hard_sigmoid"] = "Limit((float)((float)(a * x) + b), 0.0f, 1.0f)",
        ["hard_swish"] = "(float)(x * Limit((float)((float)(x * 0.166666672f) + 0.5f), 0.0f, 1.0f))",
        ["identity"] = "x",
        ["leaky_relu"] = "x >= 0.0f ? x : (float)(a * x)",
        ["log"] = "MathLog(x)",
        ["mish"] = "(float)(x * MathTanh(MathSoftplus(x)))",
        ["power"] = "MathPow(x, a)",
        ["quotient"] = "(float)(a / x)",
        ["round"] = "MathRound(x)",
        ["scale"] = "(float)(a * x)",
        ["selu"] = "(float)(b * (x > 0.0f ? x : (float)(a * (float)(MathExp(x) - 1.0f))))",
        ["shift"] = "(float)(x + a)",
        ["shrink"] = "x < -a ? (float)(x + b) : x > a ? (float)(x - b) : 0.0f",
        ["sigmoid"] = "MathSigmoid(x)",
        ["sign"] = "x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x",
        ["sin"] = "MathSin(x)",
        ["sinh"] = "(float)(MathTanh(x) * (float)((float)(0.5f * MathExp(x)) + (float)(0.5f * MathExp(-x))))",
        ["softplus"] = "MathSoftplus(x)",
        ["softsign"] = "(float)(x / (float)(1.0f + (x < 0.0f ? -x : x)))",
        ["sqrt"] = "MathSqrt(x)",
        ["truncate"] = "x < 0.0f ? MathCeil(x) : MathFloor(x)",
        ["tan"] = "(float)(MathSin(x) / MathCos(x))",
        ["tanh"] = "MathTanh(x)",
        ["thresholded_relu"] = "x > a ? x : 0.0f",
    }.ToFrozenDictionary();

    /// <summary>The headers of some functions and of all that those need, in dependency order.</summary>
    /// <param name="functions">Headers without their ending.</param>
    public static ImmutableArray<string> HeadersOf(params IEnumerable<string> functions)
    {
        var needed = functions.ToHashSet();
        foreach (var (header, needs) in Headers.Reverse())
        {
            if (needed.Contains(header))
                needed.UnionWith(needs);
        }

        return [.. Headers.Where(h => needed.Contains(h.Header)).Select(h => $"{h.Header}.h")];
    }

    /// <summary>The headers that an expression needs.</summary>
    public static ImmutableArray<string> HeadersOfFunction(string function) =>
        HeadersOf(
            Call()
                .Matches(InC(Expressions[function]))
                .Select(m =>
                    m.Value switch
                    {
                        "mn_math_floor" or "mn_math_ceil" => "mn_math_round",
                        "mn_math_cos" => "mn_math_sin",
                        var name => name,
                    }
                )
        );

    /// <summary>An expression as C has it.</summary>
    public static string InC(string expression) =>
        Method()
            .Replace(
                expression.Replace("(float)(", "mn_rounded(", System.StringComparison.Ordinal),
                m => $"mn_{m.Value[..^1].Replace("Math", "math_", System.StringComparison.Ordinal).ToLowerInvariant()}("
            );

    [GeneratedRegex(@"\b(Math[A-Z]\w*|Limit)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"mn_math_[a-z]+")]
    private static partial Regex Call();
}
