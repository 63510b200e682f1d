using System;
using System.IO;
using System.Linq;
using System.Reflection;
using McuNet.Compiler.Kernels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Bits of a float by those of a double, for a library that has no other.</summary>
public sealed class RealBitsTests
{
    /// <summary>Of a NaN; a conversion may set it.</summary>
    private const int QuietBit = 0x400000;

    /// <summary>Every kind of float: zeros, the least and the largest of each exponent, infinities, numbers that are none, and
    /// noise.</summary>
    [Fact]
    public void BitsOfReals_OnNano_AreThoseOfTheFloat()
    {
        var kernels = Kernels("Real32Nano.cs");
        var (toBits, toReal) = (Function<Func<float, int>>("SingleToBits"), Function<Func<int, float>>("BitsToSingle"));
        var random = new Random(3);
        var bits = Enumerable
            .Range(0, 256)
            .SelectMany(e => new[] { 0, 1, 0x400000, 0x7fffff }.SelectMany(f => new[] { e << 23 | f, int.MinValue | e << 23 | f }))
            .Concat(Enumerable.Range(0, 10_000).Select(_ => random.Next(int.MinValue, int.MaxValue)));
        foreach (var b in bits)
        {
            var real = BitConverter.Int32BitsToSingle(b);
            var expected = float.IsNaN(real) ? b | QuietBit : b;
            Assert.Equal(expected, toBits(real) | (float.IsNaN(real) ? QuietBit : 0));
            Assert.Equal(expected, BitConverter.SingleToInt32Bits(toReal(b)) | (float.IsNaN(real) ? QuietBit : 0));
        }

        T Function<T>(string name)
            where T : Delegate =>
            kernels.GetMethod(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.CreateDelegate<T>();
    }

    /// <summary>Zeros of both signs, the smallest numbers, infinities and NaN among them.</summary>
    [Theory]
    [InlineData("Real32.cs")]
    [InlineData("Real32Nano.cs")]
    public void PackedHalf_OfEveryFloat16_IsTheSameNumber(string reals)
    {
        var widen = Kernels(reals, "Packed.cs")
            .GetMethod("PackedHalf", BindingFlags.NonPublic | BindingFlags.Static)!
            .CreateDelegate<Func<int, float>>();
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var (expected, actual) = ((float)BitConverter.UInt16BitsToHalf((ushort)bits), widen(bits));
            var isSame = float.IsNaN(expected)
                ? float.IsNaN(actual)
                : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
            Assert.True(isSame, $"{bits:x4}");
        }
    }

    private static Type Kernels(params string[] sources)
    {
        var compilation = CSharpCompilation.Create(
            "Bits",
            sources.Select(s => CSharpSyntaxTree.ParseText(KernelText.Of(s))),
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return System.Reflection.Assembly.Load(image.ToArray()).GetType("Kernels")!;
    }
}
