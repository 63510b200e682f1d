using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Cli.Nano;
using Xunit;

namespace McuNet.Conformance.Nano;

/// <summary>The check finds what it is for, in code that the compiler lets pass.</summary>
public sealed class NanoCodeTests
{
    private const string Generic =
        "public static int Use() { return Pair<int>.Size; } private static class Pair<T> { public static int Size = 2; }";

    [Theory]
    [InlineData("public static int[,] Grid() { return new int[2, 2]; }", "C.Grid returns Int32[,]")]
    [InlineData("public static int Corner(object grid) { return ((int[,])grid)[0, 0]; }", "C.Corner uses Int32[,]")]
    [InlineData("public static T Same<T>(T value) { return value; }", "C.Same is generic")]
    [InlineData(Generic, "C.Use uses C/Pair`1<Int32>")]
    [InlineData(Generic, "C/Pair`1 is generic")]
    [InlineData(
        "public static unsafe int First(int[] a) { int* p = stackalloc int[4]; return p[0]; }",
        "C.First uses the instruction 'localloc'"
    )]
    [InlineData("public static unsafe int First(int[] a) { fixed (int* p = a) return *p; }", "C.First has a local of the type Int32*")]
    [InlineData("public unsafe static int* Field;", "C.Field has the type Int32*")]
    [InlineData(
        "public static byte[] Large() { return new byte[800000]; }",
        "C.Large makes an array of 800,000 bytes, of which one may have 786,420"
    )]
    [InlineData(
        "public static long[] Large() { return new long[100000]; }",
        "C.Large makes an array of 800,000 bytes, of which one may have 786,420"
    )]
    public void Check_WhatThePlatformLacks_IsFound(string member, string found) =>
        Assert.Contains(Check(member), f => $"{f.Place} {f.What}" == found);

    [Fact]
    public void Check_Fault_HasTheLineOfTheSource()
    {
        var found = Assert.Single(
            Check(
                """
                public static int Corner(object grid)
                {
                    var corner = ((int[,])grid)[0, 0];
                    return corner;
                }
                """
            ),
            f => f.Instead.StartsWith("Use an array of one dimension", StringComparison.Ordinal)
        );

        Assert.Equal(("File0.cs", 3), (found.Location!.File, found.Location.Line));
    }

    [Fact]
    public void Check_CheckedSum_IsToldApart() =>
        Assert.True(
            Assert
                .Single(
                    Check("public static int Sum(int a, int b) { return checked(a + b); }"),
                    f => f.What == "checks for overflow (add.ovf)"
                )
                .IsOverflow
        );

    [Fact]
    public void Check_MuchData_IsCounted()
    {
        var (image, _) = NanoAssembly.Compile(
            $$"""public static class C { public static readonly byte[] Data = { {{string.Join(",", Enumerable.Repeat("1", 66_000))}} }; }"""
        );

        Assert.InRange(NanoAssembly.Check(image!).Sizes.Data, 66_000, 66_100);
    }

    [Fact]
    public void Check_LargeMethod_IsFound()
    {
        var found = Check($$"""public static int M(int x) { {{string.Concat(Enumerable.Repeat("x = x * 3 + 1;", 6_000))}} return x; }""");

        Assert.Contains(
            found,
            f => f.Place == "C.M" && f.What.EndsWith("bytes of IL, of which a method may have 32,767", StringComparison.Ordinal)
        );
    }

    /// <summary>Names and texts, of which one counts once.</summary>
    [Fact]
    public void Check_Texts_AreCounted()
    {
        const string Text = "The text is told twice and kept once.";
        int Strings(string member) =>
            NanoAssembly.Check(NanoAssembly.Compile($"public static class C {{ {member} }}").Image!).Sizes.Strings;

        Assert.Equal(
            Text.Length + 1,
            Strings($"public static string[] A() {{ return new[] {{ \"{Text}\", \"{Text}\" }}; }}")
                - Strings("public static string[] A() { return new[] { \"A\" }; }")
        );
    }

    [Fact]
    public void Check_MemberOfNoLibrary_IsFound()
    {
        var (image, _) = NanoAssembly.Compile("public class C { }");
        var core = NanoAssembly.CompileCore(
            "namespace System { public class Object { internal Object(int x) { } } public struct Void { } public struct Int32 { } public class ValueType { ValueType() : base(0) { } } }"
        );

        Assert.Equal(
            "uses System.Object..ctor, which no referenced library has",
            Assert.Single(NanoAssembly.Check(image!, core).Found).What
        );
    }

    /// <summary>The second version of the platform has generic types, and its core library says which it is.</summary>
    [Fact]
    public void Check_GenericsOfTheSecondVersion_AreClean()
    {
        const string Core = """
            [assembly: System.Reflection.AssemblyVersion("2.0.0.0")]
            namespace System
            {
                public class Object { }
                public struct Void { }
                public class ValueType { }
                public struct Int32 { }
                public class String { }
                public class Attribute { }
                namespace Reflection { public class AssemblyVersionAttribute : Attribute { public AssemblyVersionAttribute(string version) { } } }
            }
            """;
        var (image, _) = NanoAssembly.Compile($"public class C {{ {Generic} }}");

        Assert.Empty(NanoAssembly.Check(image!, NanoAssembly.CompileCore(Core)).Found);
    }

    [Fact]
    public void Check_PlainCode_IsClean()
    {
        var (image, complaints) = NanoAssembly.Compile(
            """
            using System;
            public static class C
            {
                private static readonly float[] Scales = { 1f, 2f, 3f };
                public static void Copy(sbyte[] from, sbyte[] to) { Array.Copy(from, 0, to, 0, 3); if (from.Length > 3) throw new ArgumentException("long", "from"); }
                public static int Scaled(int x) { return (int)((float)(x * Scales[1]) + 0.5f); }
                public static int Cases(int x) { switch (x) { case 0: return 3; case 1: return 5; case 2: return 8; case 3: return 1; default: return 0; } }
                public static double Longs(long x) { return x * 0.5 + 1234567890123L; }
            }
            """
        );
        Assert.Empty(complaints);
        Assert.Empty(NanoAssembly.Check(image!).Found);
    }

    private static IReadOnlyList<NanoFinding> Check(string member)
    {
        var (image, complaints) = NanoAssembly.Compile($"public static class C {{ {member} }}");
        Assert.Empty(complaints);
        return NanoAssembly.Check(image!).Found;
    }
}
