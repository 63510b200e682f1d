using System;
using System.Linq;
using Xunit;

namespace McuNet.Conformance.Nano;

/// <summary>The rules find what they are for, in code that the compiler lets pass.</summary>
public sealed class NanoRulesTests
{
    [Theory]
    [InlineData("public static int[,] Grid() { return new int[2, 2]; }", "Grid")]
    [InlineData("public static T Same<T>(T value) { return value; }", "generic method")]
    [InlineData("public static int Use() { return Pair<int>.Size; } private static class Pair<T> { public static int Size = 2; }", "generic")]
    [InlineData("public static unsafe int First(int[] a) { int* p = stackalloc int[4]; return p[0]; }", "localloc")]
    [InlineData("public static unsafe int First(int[] a) { fixed (int* p = a) return *p; }", "local")]
    [InlineData("public unsafe static int* Field;", "Int32*")]
    public void Check_WhatThePlatformLacks_IsFound(string member, string found)
    {
        var (module, complaints) = NanoAssembly.Compile($"public static class C {{ {member} }}");
        Assert.Empty(complaints);
        Assert.Contains(NanoRules.Check(module!), f => f.Contains(found, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_MuchData_IsFound()
    {
        var (module, _) = NanoAssembly.Compile($$"""public static class C { public static readonly byte[] Data = { {{string.Join(",", Enumerable.Repeat("1", 66_000))}} }; }""");
        Assert.Contains("bytes of initialisers", Assert.Single(NanoRules.Check(module!)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LargeMethod_IsFound()
    {
        var (module, _) = NanoAssembly.Compile($$"""public static class C { public static int M(int x) { {{string.Concat(Enumerable.Repeat("x = x * 3 + 1;", 6_000))}} return x; } }""");
        Assert.Contains(NanoRules.Check(module!), f => f.StartsWith("System.Int32 C::M", StringComparison.Ordinal)
            && f.EndsWith("bytes of code", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_PlainCode_IsClean()
    {
        var (module, complaints) = NanoAssembly.Compile("""
            using System;
            public static class C
            {
                private static readonly float[] Scales = { 1f, 2f, 3f };
                public static void Copy(sbyte[] from, sbyte[] to) { Array.Copy(from, 0, to, 0, 3); if (from.Length > 3) throw new ArgumentException("long", "from"); }
                public static int Scaled(int x) { return (int)((float)(x * Scales[1]) + 0.5f); }
            }
            """);
        Assert.Empty(complaints);
        Assert.Empty(NanoRules.Check(module!));
    }
}
