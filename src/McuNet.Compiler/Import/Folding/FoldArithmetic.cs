using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.Folding;

/// <summary>Element-wise operators on constants, their dimensions broadcast against one another.</summary>
internal static class FoldArithmetic
{
    public static void Add(NodeImport node) => Fold(node, (a, b) => a + b, (a, b) => unchecked(a + b));

    public static void Sub(NodeImport node) => Fold(node, (a, b) => a - b, (a, b) => unchecked(a - b));

    public static void Mul(NodeImport node) => Fold(node, (a, b) => a * b, (a, b) => unchecked(a * b));

    /// <summary>Of integers the quotient without its fraction.</summary>
    public static void Div(NodeImport node) =>
        Fold(
            node,
            (a, b) => a / b,
            (a, b) =>
                b switch
                {
                    0 => throw NoDivisor(node),
                    -1 => unchecked(-a),
                    _ => a / b,
                }
        );

    /// <summary>With the sign of the divisor, or that of the dividend where the node says so.</summary>
    public static void Mod(NodeImport node)
    {
        var ofDividend = node.Int("fmod", 0) != 0;
        Fold(
            node,
            (a, b) => ofDividend ? a % b : a - b * Math.Floor(a / b),
            (a, b) =>
                b switch
                {
                    0 => throw NoDivisor(node),
                    -1 => 0,
                    _ => ofDividend || a % b == 0 || (a % b < 0) == (b < 0) ? a % b : a % b + b,
                }
        );
    }

    public static void Pow(NodeImport node) => Fold(node, Math.Pow, (a, b) => (long)Math.Pow(a, b));

    public static void Min(NodeImport node) => Fold(node, Math.Min, Math.Min);

    public static void Max(NodeImport node) => Fold(node, Math.Max, Math.Max);

    public static void Equal(NodeImport node) => Compare(node, (a, b) => a == b, (a, b) => a == b);

    public static void Less(NodeImport node) => Compare(node, (a, b) => a < b, (a, b) => a < b);

    public static void LessOrEqual(NodeImport node) => Compare(node, (a, b) => a <= b, (a, b) => a <= b);

    public static void Greater(NodeImport node) => Compare(node, (a, b) => a > b, (a, b) => a > b);

    public static void GreaterOrEqual(NodeImport node) => Compare(node, (a, b) => a >= b, (a, b) => a >= b);

    public static void And(NodeImport node) => Compare(node, (a, b) => a != 0 && b != 0, (a, b) => (a & b) != 0);

    public static void Or(NodeImport node) => Compare(node, (a, b) => a != 0 || b != 0, (a, b) => (a | b) != 0);

    public static void Xor(NodeImport node) => Compare(node, (a, b) => (a != 0) != (b != 0), (a, b) => a != b);

    public static void Not(NodeImport node) => Each(node, v => v == 0 ? 1 : 0, v => v == 0 ? 1 : 0);

    public static void Neg(NodeImport node) => Each(node, v => -v, v => unchecked(-v));

    public static void Relu(NodeImport node) => Each(node, v => v < 0 ? 0 : v, v => Math.Max(v, 0));

    /// <summary>Between limits of the same type, of which either may be missing; before opset 11 they are attributes.</summary>
    public static void Clip(NodeImport node)
    {
        var type = Operand(node, 0).Type;
        var (low, high) = (Limit(1, "min"), Limit(2, "max"));
        Each(
            node,
            v => Math.Min(Math.Max(v, low?.Reals[0] ?? double.NegativeInfinity), high?.Reals[0] ?? double.PositiveInfinity),
            v => Math.Min(Math.Max(v, low?.Integers[0] ?? long.MinValue), high?.Integers[0] ?? long.MaxValue)
        );

        ConstantArray? Limit(int index, string attribute)
        {
            var limit =
                node.Has(index) ? Operand(node, index)
                : node.Attribute(attribute) is { } a ? ConstantArray.Real([], OnnxType.Float, [a.Float])
                : null;
            return limit is null or { Count: 1 }
                ? limit?.As(type)
                : throw node.Unsupported(attribute, $"{limit.Count} values", "It is one number.");
        }
    }

    public static void Abs(NodeImport node) => Each(node, Math.Abs, v => v < 0 ? unchecked(-v) : v);

    public static void Sign(NodeImport node) => Each(node, v => double.IsNaN(v) ? v : Math.Sign(v), v => Math.Sign(v));

    public static void Floor(NodeImport node) => Each(node, Math.Floor, v => v);

    public static void Ceil(NodeImport node) => Each(node, Math.Ceiling, v => v);

    public static void Round(NodeImport node) => Each(node, Math.Round, v => v);

    public static void Sqrt(NodeImport node) => Each(node, Math.Sqrt, v => (long)Math.Sqrt(v));

    public static void Exp(NodeImport node) => Each(node, Math.Exp, v => (long)Math.Exp(v));

    public static void Log(NodeImport node) => Each(node, Math.Log, v => (long)Math.Log(v));

    public static void Reciprocal(NodeImport node) => Each(node, v => 1 / v, v => v == 0 ? throw NoDivisor(node) : 1 / v);

    public static void Cast(NodeImport node)
    {
        var type = (OnnxType)node.Int("to", 0);
        if (
            node.Value(0) is Constant { Type: OnnxType.Float, IsQuantized: false } same
            && (type is OnnxType.Float || (type is OnnxType.Float16 && same.IsFloat16))
        )
        {
            node.Return(same);
            return;
        }

        if (type is OnnxType.Float16)
        {
            var reals = Operand(node, 0).As(OnnxType.Float);
            Return(node, ConstantArray.Real(reals.Dims, OnnxType.Float, [.. reals.Reals.Select(v => (double)(Half)v)]));
            return;
        }

        if (ConstantArray.Holds(type) is null)
            throw node.Unsupported("to", type, "Constants are cast to float16, float32, float64, bool, int8, uint8, int32 and int64.");
        Return(node, Operand(node, 0).As(type));
    }

    /// <summary>From the second operand where the first is true, else from the third.</summary>
    public static void Where(NodeImport node)
    {
        var (condition, a, b) = (Operand(node, 0), Operand(node, 1), Operand(node, 2));
        var dims = Broadcast(node, Broadcast(node, condition.Dims, a.Dims), b.Dims);
        var (places, ofA, ofB) = (Places(condition.Dims, dims), Places(a.Dims, dims), Places(b.Dims, dims));
        var isTrue = places.Select(p => condition.As(OnnxType.Bool).Integers[p] != 0).ToArray();
        Return(
            node,
            a.IsReal
                ? ConstantArray.Real(dims, a.Type, [.. isTrue.Select((t, i) => t ? a.Reals[ofA[i]] : b.As(a.Type).Reals[ofB[i]])])
                : ConstantArray.Integer(dims, a.Type, [.. isTrue.Select((t, i) => t ? a.Integers[ofA[i]] : b.As(a.Type).Integers[ofB[i]])])
        );
    }

    internal static ConstantArray Operand(NodeImport node, int index) => ConstantArray.Of(node.Constant(index, $"operand {index}"));

    internal static void Return(NodeImport node, ConstantArray value) => node.Return(value.ToConstant(node.OutputName));

    /// <summary>For each element of the wider dimensions, its place in the narrower ones.</summary>
    internal static int[] Places(ImmutableArray<int> dims, ImmutableArray<int> wide)
    {
        var places = new int[Limits.Product(wide)];
        for (var i = 0; i < places.Length; i++)
        {
            var (rest, stride) = (i, 1);
            for (var d = wide.Length - 1; d >= 0; d--)
            {
                var own = d - (wide.Length - dims.Length);
                if (own >= 0)
                {
                    places[i] += dims[own] == 1 ? 0 : rest % wide[d] * stride;
                    stride *= dims[own];
                }

                rest /= wide[d];
            }
        }

        return places;
    }

    internal static ImmutableArray<int> Broadcast(NodeImport node, ImmutableArray<int> a, ImmutableArray<int> b)
    {
        var rank = Math.Max(a.Length, b.Length);
        var dims = ImmutableArray.CreateBuilder<int>(rank);
        for (var d = 0; d < rank; d++)
        {
            var (x, y) = (d < rank - a.Length ? 1 : a[d - rank + a.Length], d < rank - b.Length ? 1 : b[d - rank + b.Length]);
            if (x != y && x != 1 && y != 1)
                throw node.Unsupported(
                    "operands",
                    $"[{string.Join(", ", a)}] and [{string.Join(", ", b)}]",
                    "Their dimensions must be equal or 1."
                );
            dims.Add(x == 1 ? y : x);
        }

        return Limits.Product([.. dims]) <= ConstantArray.MostElements
            ? dims.MoveToImmutable()
            : throw node.Unsupported(
                "operands",
                string.Join(", ", dims),
                $"A constant may have {ConstantArray.MostElements} elements here."
            );
    }

    private static void Fold(NodeImport node, Func<double, double, double> real, Func<long, long, long> integer)
    {
        var result = Operand(node, 0);
        for (var i = 1; i < node.InputCount; i++)
        {
            var (a, b) = (result, Operand(node, i).As(result.Type));
            var dims = Broadcast(node, a.Dims, b.Dims);
            var (ofA, ofB) = (Places(a.Dims, dims), Places(b.Dims, dims));
            result = a.IsReal
                ? ConstantArray.Real(dims, a.Type, [.. ofA.Select((p, n) => real(a.Reals[p], b.Reals[ofB[n]]))])
                : ConstantArray.Integer(dims, a.Type, [.. ofA.Select((p, n) => integer(a.Integers[p], b.Integers[ofB[n]]))]);
        }

        Return(node, result);
    }

    private static void Compare(NodeImport node, Func<double, double, bool> real, Func<long, long, bool> integer)
    {
        var (a, b) = (Operand(node, 0), Operand(node, 1));
        var dims = Broadcast(node, a.Dims, b.Dims);
        var (ofA, ofB) = (Places(a.Dims, dims), Places(b.Dims, dims));
        Return(
            node,
            ConstantArray.Integer(
                dims,
                OnnxType.Bool,
                [
                    .. ofA.Select(
                        (p, n) => (a.IsReal ? real(a.Reals[p], b.Reals[ofB[n]]) : integer(a.Integers[p], b.Integers[ofB[n]])) ? 1L : 0L
                    ),
                ]
            )
        );
    }

    private static void Each(NodeImport node, Func<double, double> real, Func<long, long> integer)
    {
        var a = Operand(node, 0);
        Return(
            node,
            a.IsReal
                ? ConstantArray.Real(a.Dims, a.Type, [.. a.Reals.Select(real)])
                : ConstantArray.Integer(a.Dims, a.Type, [.. a.Integers.Select(integer)])
        );
    }

    private static ImportFailure NoDivisor(NodeImport node) => node.Unsupported("divisor", 0, "Integers cannot be divided by it.");
}
