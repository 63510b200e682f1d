using System;
using System.Linq;
using System.Reflection;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace McuNet.Generator.Tests.Facade;

/// <summary>The written class is compiled (every warning is a failure), loaded, and used.</summary>
public sealed class FacadeWriterTests
{
    private const string Probe = """
        using System;
        using P = My_App.@class.Person;

        /// <summary>Calls the façade, which reflection cannot because of the spans.</summary>
        public static class Probe
        {
            /// <summary>One call.</summary>
            public static string Run(float[] reals, byte[] pixels)
            {
                BODY
            }
        }
        """;

    [Theory]
    [InlineData(0f, -8)]
    [InlineData(0.125f, -8)]
    [InlineData(0.375f, -6)]
    [InlineData(-0.125f, -8)]
    [InlineData(-0.375f, -10)]
    [InlineData(0.1251f, -7)]
    [InlineData(33.75f, 127)]
    [InlineData(1e30f, 127)]
    [InlineData(-1e30f, -128)]
    [InlineData(float.NaN, -8)]
    [InlineData(float.NegativeInfinity, -128)]
    [InlineData(float.PositiveInfinity, 127)]
    public void Quantize_Value_RoundsHalfToEvenAndSaturates(float value, int expected) =>
        Assert.Equal($"{expected}", Run(SampleManifest.Person(), "return P.Quantize(reals[0]).ToString();", [value]));

    [Fact]
    public void Quantize_ManyValues_EqualsIeeeRounding()
    {
        var random = new Random(3);
        var values = Enumerable
            .Range(0, 4000)
            .Select(_ => (float)((random.NextDouble() - 0.5) * 80))
            .Concat(Enumerable.Range(-600, 1200).Select(i => i / 8f))
            .ToArray();
        var expected = string.Join(" ", values.Select(v => Math.Clamp(MathF.Round(v / 0.25f, MidpointRounding.ToEven) - 8, -128, 127)));
        Assert.Equal(
            expected,
            Run(SampleManifest.Person(), "return string.Join(\" \", Array.ConvertAll(reals, v => P.Quantize(v)));", values)
        );
    }

    [Fact]
    public void Input_OfNumbers_IsWrittenAsInt32()
    {
        var manifest = SampleManifest.Person();
        manifest = manifest with
        {
            Inputs = manifest
                .Inputs.Select(o => o with { Type = ElementType.Int32, Scale = 1, ZeroPoint = 0, Pixels = null })
                .ToEquatableArray(),
        };
        Assert.Equal(
            "2 2 -3 2147483647 -2147483648 0",
            Run(
                manifest,
                "return string.Join(\" \", Array.ConvertAll(reals, v => P.Quantize(v)));",
                [1.5f, 2.5f, -2.75f, 3e9f, float.NegativeInfinity, float.NaN]
            )
        );
        var arrays = FacadeWriter.Write(new(manifest, "Sample", "Person", FacadeDialect.Arrays));
        Assert.Contains("public void SetInputAt(int index, int value)", arrays, StringComparison.Ordinal);
        Assert.Contains("_arena[InputOffset + 4 * index + 3] = unchecked((sbyte)(value >> 24));", arrays, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_OfNumbers_IsReadAsInt32()
    {
        var manifest = SampleManifest.Person();
        manifest = manifest with
        {
            Outputs = manifest.Outputs.Select(o => o with { Type = ElementType.Int32, Scale = 1, ZeroPoint = 0 }).ToEquatableArray(),
        };
        Assert.Equal(
            "67305985 134678021 1 67305984",
            Run(
                manifest,
                """
                var arena = new sbyte[P.ArenaBytes];
                for (int i = 0; i < 24; i++)
                    arena[i] = (sbyte)(i + 1);
                var p = new P(arena);
                p.Invoke();
                var copied = new float[5];
                p.CopyOutput(copied);
                ReadOnlySpan<int> output = p.Output;
                return output[0] + " " + output[1] + " " + (p.ArgMax() == 4 ? 1 : 0) + " " + (int)copied[0];
                """
            )
        );
        var arrays = FacadeWriter.Write(new(manifest, "Sample", "Person", FacadeDialect.Arrays));
        Assert.Contains("public int GetOutputAt(int index)", arrays, StringComparison.Ordinal);
        Assert.Contains(
            "return (_arena[OutputOffset + 4 * index + 0] & 255) | (_arena[OutputOffset + 4 * index + 1] & 255) << 8 | (_arena[OutputOffset + 4 * index + 2] & 255) << 16 | (_arena[OutputOffset + 4 * index + 3] & 255) << 24;",
            arrays,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, LanguageVersion.CSharp12)]
    [InlineData(true, LanguageVersion.CSharp7_3)]
    public void Reset_OfStates_IsDoneByTheConstructorAndOnRequest(bool arrays, LanguageVersion language)
    {
        var manifest = SampleManifest.Person() with { States = SampleManifest.Person().Outputs };
        Assert.Equal(
            "1 2",
            Run(
                manifest,
                $"""
                var arena = new sbyte[{manifest.ArenaBytes}];
                var p = new P(arena);
                var before = arena[{manifest.ArenaBytes - 1}];
                p.Reset();
                return before + " " + arena[{manifest.ArenaBytes - 1}];
                """,
                language: language
            )
        );
        var dialect = arrays ? FacadeDialect.Arrays : FacadeDialect.Spans;
        Assert.Contains(
            "Kept in the arena from one run to the next: <c>scores</c>.",
            FacadeWriter.Write(new(manifest, "Sample", "Person", dialect)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Reset",
            FacadeWriter.Write(new(SampleManifest.Person(), "Sample", "Person", dialect)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Constants_OfAWindowThatMovesOn_SayItsHeightAndHowManyRunsFillIt()
    {
        var manifest = SampleManifest.Person() with { States = SampleManifest.Person().Outputs, Window = new(0, 49, 24) };
        Assert.Equal("49 24 4", Run(manifest, """return P.WindowHeight + " " + P.WarmUp + " " + P.InputHeight;"""));
        Assert.Contains(
            "Takes the 4 new rows of a window of 49; outputs count after the first 24 runs.",
            FacadeWriter.Write(new(manifest, "Sample", "Person", FacadeDialect.Spans)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "WarmUp",
            FacadeWriter.Write(new(SampleManifest.Person(), "Sample", "Person", FacadeDialect.Spans)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void SetInput_RealValues_ReachTheOutput() =>
        Assert.Equal(
            "-8 -4 4 -8.0:0 2",
            Run(
                SampleManifest.Person(),
                """
                var p = new P();
                p.SetInput(reals);
                p.Invoke();
                return $"{p.Output[0]} {p.Output[1]} {p.Output[2]} {p.Output[3]}.0:{P.Dequantize(p.Output[0])} {p.ArgMax()}";
                """,
                [0, 1, 3, .. new float[21]]
            )
        );

    [Fact]
    public void SetInputFromGrey_ThreeChannels_RepeatsThePixel() =>
        Assert.Equal(
            "-8 -8 -8 -4 -4 -4",
            Run(
                SampleManifest.Person(),
                """
                var p = new P();
                p.SetInputFromGrey(pixels, 1f / 255f, 0f);
                return string.Join(" ", p.Input.Slice(0, 6).ToArray());
                """,
                [],
                [0, 255, 0, 0, 0, 0, 0, 0]
            )
        );

    [Fact]
    public void SetInputFromRgb_OneChannel_TakesLuma() =>
        Assert.Equal(
            "-8 -4 112",
            Run(
                SampleManifest.Person(channels: 1),
                """
                var p = new P();
                p.SetInputFromRgb(pixels, 1f / 255f, 0f);
                var first = p.Input[0];
                var second = p.Input[1];
                p.SetInputFromRgb(pixels, scale: 10f / 85f, offset: 0f);
                return $"{first} {second} {p.Input[1]}";
                """,
                [],
                [0, 0, 0, 255, 255, 255, .. new byte[18]]
            )
        );

    /// <summary>An addition where that is all; else the real value of a byte in float32, stored as every real value is.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetInputFrom_KnownMapping_AppliesItWithoutBeingTold(bool arrays)
    {
        string Stored(ModelManifest manifest) =>
            Run(
                manifest,
                arrays
                    ? """var p = new P(); p.SetInputFromRgb(pixels); return p.Arena[0] + " " + p.Arena[1] + " " + p.Arena[2] + " " + p.Arena[5];"""
                    : """var p = new P(); p.SetInputFromRgb(pixels); return p.Input[0] + " " + p.Input[1] + " " + p.Input[2] + " " + p.Input[5];""",
                [],
                [0, 100, 255, 1, 2, 40, .. new byte[18]],
                arrays ? LanguageVersion.CSharp7_3 : LanguageVersion.CSharp12
            );

        Assert.Equal("-128 -28 127 -88", Stored(SampleManifest.Person().WithPixels([1f, 1f, 1f], [-120f, -120f, -120f], shift: -128)));
        Assert.Equal("-8 -4 2 -6", Stored(SampleManifest.Person().WithPixels([0.01f, 0.01f, 0.01f], [0f, 0f, 0f])));
        Assert.Equal("-8 -4 25 -1", Stored(SampleManifest.Person().WithPixels([0.01f, 0.02f, 0.03f], [0f, -1f, 0.5f])));
    }

    [Fact]
    public void SetInputFromGrey_UnknownMapping_HasToBeTold()
    {
        var text = FacadeWriter.Write(new(SampleManifest.Person(), "Sample", "Person", FacadeDialect.Spans));
        Assert.Contains(
            "void SetInputFromGrey(global::System.ReadOnlySpan<byte> pixels, float scale, float offset)",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("void SetInputFromGrey(global::System.ReadOnlySpan<byte> pixels)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "internal sealed partial class Person")]
    [InlineData(true, "public sealed partial class Person")]
    public void Write_Visibility_IsWhatIsAskedFor(bool isPublic, string declaration) =>
        Assert.Contains(
            declaration,
            FacadeWriter.Write(new(SampleManifest.Person(), "Sample", "Person", FacadeDialect.Spans, isPublic)),
            StringComparison.Ordinal
        );

    [Fact]
    public void SetInput_WrongLength_Throws() =>
        Assert.Equal(
            "values pixels arena",
            Run(
                SampleManifest.Person(),
                """
                static string? Name(Action action)
                {
                    try { action(); } catch (ArgumentException e) { return e.ParamName; }
                    return null;
                }
                var p = new P();
                return $"{Name(() => p.SetInput(reals))} {Name(() => p.SetInputFromGrey(pixels, 1f, 0f))} {Name(() => new P(new sbyte[5]))}";
                """,
                [1],
                [1]
            )
        );

    [Fact]
    public void Input_UnsignedModel_IsBytes() =>
        Assert.Equal(
            "120 255 0 33.75",
            Run(
                SampleManifest.Person(ElementType.UInt8),
                """
                var p = new P();
                ReadOnlySpan<byte> given = stackalloc byte[] { P.Quantize(0), P.Quantize(1000), P.Quantize(-1000) };
                given.CopyTo(p.Input);
                p.Invoke();
                ReadOnlySpan<byte> taken = p.Output;
                return FormattableString.Invariant($"{taken[0]} {taken[1]} {taken[2]} {P.Dequantize(taken[1])}");
                """
            )
        );

    [Fact]
    public void Input_FloatModel_IsFloats() =>
        Assert.Equal(
            "1.5 -2",
            Run(
                SampleManifest.Person(ElementType.Float32),
                """
                var p = new P();
                p.SetInput(reals);
                p.Invoke();
                Span<float> taken = stackalloc float[P.OutputLength];
                p.CopyOutput(taken);
                return FormattableString.Invariant($"{taken[0]} {p.Output[1]}");
                """,
                [1.5f, -2, .. new float[22]]
            )
        );

    [Theory]
    [InlineData(ElementType.Int8, "sbyte")]
    [InlineData(ElementType.UInt8, "byte")]
    public void InvokeRows_Reader_FillsEachRow(ElementType type, string element) =>
        Assert.Equal(
            "0 1 2 3 6",
            Run(
                SampleManifest.Person(type, rows: true),
                $$"""
                var p = new P();
                var length = 0;
                p.Invoke((int row, Span<{{element}}> destination) => { length = destination.Length; destination.Fill(({{element}})row); });
                return $"{p.Output[0]} {p.Output[1]} {p.Output[2]} {p.Output[3]} {length}";
                """
            )
        );

    [Fact]
    public void Members_SeveralTensors_AreNumberedAndTheFirstKeepsThePlainName() =>
        Assert.Equal(
            "24 24 24 5 7 7 2",
            Run(
                SampleManifest.Person(tensors: 2),
                """
                var p = new P();
                p.Input1[3] = 7;
                p.Output.ToArray();
                p.Output0.ToArray();
                p.SetInput0(new float[24]);
                p.SetInput(new float[24]);
                return $"{P.InputLength} {P.Input0Length} {P.Input1Length} {P.Output1Length} {p.Input1[3]} {P.Dequantize1(20)} {P.Dequantize0(0)}";
                """
            )
        );

    [Fact]
    public void Invoke_AfterConstruction_AllocatesNothing() =>
        Assert.Equal(
            "0",
            Run(
                SampleManifest.Person().WithPixels([0.01f, 0.02f, 0.03f], [0f, -1f, 0.5f]),
                """
                var p = new P(new sbyte[P.ArenaBytes + 1]);
                var image = new byte[24];
                for (var i = 0; i < 2; i++)
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    p.SetInput(reals);
                    p.SetInputFromGrey(pixels, 1f, 0f);
                    p.SetInputFromRgb(image);
                    p.Invoke();
                    p.ArgMax();
                    var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    if (i == 1)
                        return $"{allocated}";
                }
                return "";
                """,
                new float[24],
                new byte[8]
            )
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Constructor_SharedArena_TakesTheOneArray(bool spans)
    {
        var dialect = spans ? FacadeDialect.Spans : FacadeDialect.Arrays;
        var shared = FacadeWriter.Write(new(SampleManifest.Person() with { SharedArena = "my_vision" }, "Sample", "Person", dialect));
        Assert.Contains(": this(global::McuNet.Generated.MyVisionArena.Memory)", shared, StringComparison.Ordinal);
        Assert.Contains(
            "The arena <c>my_vision</c> is shared: outputs are valid until another of its models gets its input or runs.",
            shared,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("new sbyte[", shared, StringComparison.Ordinal);
    }

    [Fact]
    public void Docs_Class_ShowTheCosts()
    {
        var text = FacadeWriter.Write(new(SampleManifest.Person(), "Sample", "Person", FacadeDialect.Spans));
        Assert.Contains(
            "/// <para>Peak SRAM: 27,264 bytes of 262,144 bytes (arena 26,240, stack 1,024).</para>",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "/// <para>Flash: 251,000 bytes of 1,048,576 bytes (weights 230,000, code 21,000).</para>",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("/// <para>MACs: 7,500,000.</para>", text, StringComparison.Ordinal);
        Assert.Contains("142 ms, 9,100,000 cycles, 1.25 mJ", text, StringComparison.Ordinal);
        Assert.Contains("Nordic nRF52840 (<c>nrf52840</c>)", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InvokeRows_SeveralPasses_AreDocumentedAndAConstant(bool arrays)
    {
        var text = FacadeWriter.Write(
            new(
                SampleManifest.Person(rows: true) with
                {
                    InputPasses = 3,
                },
                "Sample",
                "Person",
                arrays ? FacadeDialect.Arrays : FacadeDialect.Spans
            )
        );
        Assert.Contains("public const int InputPasses = 3;", text, StringComparison.Ordinal);
        Assert.Contains("from row 0 on <see cref=\"InputPasses\"/> times, the same rows each time.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElementType.Int8, false, 1)]
    [InlineData(ElementType.UInt8, false, 2)]
    [InlineData(ElementType.Int8, true, 1)]
    [InlineData(ElementType.Float32, false, 1)]
    public void ArrayDialect_AnyModel_CompilesAsCSharp73WithoutSpans(ElementType type, bool rows, int tensors)
    {
        var manifest = SampleManifest.Person(type, rows, tensors: tensors).WithPixels([0.01f, 0.02f, 0.03f], [0f, -1f, 0.5f]);
        var text = FacadeWriter.Write(new(manifest, "Sample", "Person", FacadeDialect.Arrays));
        foreach (var absent in new[] { "Span", "Math", "stackalloc", "#nullable", "Memory" })
            Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
        var parse = new CSharpParseOptions(LanguageVersion.CSharp7_3, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(text, parse), CSharpSyntaxTree.ParseText(GeneratorRun.EngineFor(manifest), parse)],
            GeneratorRun.Framework,
            new(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999)
        );
        Assert.Empty(compilation.GetDiagnostics());
    }

    private static string Run(
        ModelManifest manifest,
        string body,
        float[]? reals = null,
        byte[]? pixels = null,
        LanguageVersion language = LanguageVersion.CSharp12
    )
    {
        var run = new GeneratorRun(language)
            .WithModel(manifest)
            .WithCode(Probe.Replace("BODY", body, StringComparison.Ordinal), "probe.cs")
            .Run();
        var method = run.Load().GetType("Probe")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
        return (string)method.Invoke(null, [reals ?? [], pixels ?? []])!;
    }
}
