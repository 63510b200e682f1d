using System.Numerics;

namespace McuNet.Compiler.Streaming;

/// <summary>Arithmetic of strides.</summary>
internal static class Multiples
{
    /// <summary>The least common multiple.</summary>
    public static int Least(int a, int b) => a / (int)BigInteger.GreatestCommonDivisor(a, b) * b;
}
