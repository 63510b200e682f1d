using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.Tests.Networks;
using McuNet.Options;
using Xunit;

namespace McuNet.Compiler.Tests.Emit.C;

/// <summary>The conversions that a header offers for inputs: defined for every float, and what the reference gives.</summary>
public sealed class CInputHelpersTests
{
    private const float Scale = 0.25f;
    private const string Host = "#include <stdio.h>\nstatic void report(const char *text) { puts(text); }\n";

    [GccFact]
    public void Quantize_Int8OnHost_EqualsReference() => AssertEqual(ElementType.Int8, -8, OnHost);

    [GccFact]
    public void Quantize_UInt8OnHost_EqualsReference() => AssertEqual(ElementType.UInt8, 200, OnHost);

    [EmulatedCoreFact]
    public void Quantize_OnCortexM0_EqualsReference() => AssertEqual(ElementType.UInt8, 3, p => On(EmulatedCore.M0, p));

    [EmulatedCoreFact]
    public void Quantize_OnCortexM4_EqualsReference() => AssertEqual(ElementType.Int8, 127, p => On(EmulatedCore.M4, p));

    [EmulatedCoreFact]
    public void Quantize_OnCortexM55_EqualsReference() => AssertEqual(ElementType.Int8, -128, p => On(EmulatedCore.M55, p));

    [Theory]
    [InlineData(float.NaN, -128, 127, -8)]
    [InlineData(float.NaN, 3, 127, 3)]
    [InlineData(float.PositiveInfinity, -128, 100, 100)]
    [InlineData(float.NegativeInfinity, 0, 127, 0)]
    [InlineData(2.5f, -128, 127, -6)]
    public void Arithmetic_WhatIsNoFiniteNumber_IsDefined(float steps, int low, int high, int expected) =>
        Assert.Equal(expected, Arithmetic.Quantize(steps, -8, (low, high)));

    private static string OnHost(string program) =>
        HostGcc.Run(Host + program, "-O2 -fsanitize=undefined,float-cast-overflow -fno-sanitize-recover=all");

    private static string On(EmulatedCore core, string program) =>
        core.Run(EmulatedCore.Prologue + "\nstatic void report(const char *text) { semihost_print(text); }\n" + program);

    private static void AssertEqual(ElementType element, int zero, Func<string, string> run) =>
        Assert.Equal("equal\n", run(Program(element, zero)));

    /// <summary>Every value alone and as part of a row, and all bytes as pixels, against the reference.</summary>
    private static string Program(ElementType element, int zero)
    {
        var values = Values().ToArray();
        var range = element == ElementType.UInt8 ? (0, 255) : (-128, 127);
        int Expected(float value) => Arithmetic.Quantize(value / Scale, zero, range);
        var c = element == ElementType.UInt8 ? "uint8_t" : "int8_t";
        var files = ModelCompiler
            .Compile(
                Network(element, zero, values.Length),
                new CompileOptions { Name = "m", Device = DeviceDatabase.Find("stm32g0b1").Value }
            )
            .Value.Code();
        return $$"""
            {{files[0].Text}}
            {{files[1].Text.Replace("#include \"m.h\"\n", "", StringComparison.Ordinal)}}
            static const uint32_t bits[M_INPUT0_ROW_BYTES] = { {{string.Join(
                ",",
                values.Select(v => BitConverter.SingleToUInt32Bits(v).ToString(CultureInfo.InvariantCulture) + "u")
            )}} };
            static const {{c}} expected[M_INPUT0_ROW_BYTES] = { {{string.Join(",", values.Select(Expected))}} };
            static const {{c}} pixels_expected[256] = { {{string.Join(
                ",",
                Enumerable.Range(0, 256).Select(p => Expected(p * 0.5f - 64))
            )}} };
            int main(void)
            {
                static float values[M_INPUT0_ROW_BYTES];
                static {{c}} row[M_INPUT0_ROW_BYTES];
                static uint8_t pixels[M_INPUT0_ROW_BYTES];
                int failures = 0;
                memcpy(values, bits, sizeof values);
                m_quantize_row(values, row);
                for (uint32_t i = 0; i < M_INPUT0_ROW_BYTES; i++) {
                    failures += m_quantize(values[i]) != expected[i] || row[i] != expected[i];
                    pixels[i] = (uint8_t)i;
                }
                m_quantize_pixels(pixels, row, 0.5f, -64.0f);
                for (uint32_t i = 0; i < M_INPUT0_ROW_BYTES; i++)
                    failures += row[i] != pixels_expected[i & 255u];
                report(failures == 0 ? "equal" : "different");
                return 0;
            }

            """;
    }

    /// <summary>Ties, what saturates, and what is no number, in both signs.</summary>
    private static IEnumerable<float> Values()
    {
        float[] some =
        [
            0,
            float.Epsilon,
            1e-20f,
            1e9f,
            3e9f,
            1e30f,
            float.MaxValue,
            float.PositiveInfinity,
            float.NaN,
            127.99f,
            128,
            128.01f,
            2147483648f * Scale,
        ];
        return some.SelectMany(v => new[] { v, -v }).Concat(Enumerable.Range(-600, 1201).Select(i => i * Scale / 2));
    }

    private static NetworkGraph Network(ElementType element, int zero, int width)
    {
        var net = new NetworkBuilder(1);
        var x = net.Input(new TensorType(new(1, width, 1), element, new(Scale, zero)));
        return net.Build("m", net.Apply(new Rescale(), new TensorType(new(1, width, 1), ElementType.Int8, new(Scale, 0)), x));
    }

    /// <summary>
    /// Whole images and rows against the reference, for a mapping that is an addition, one that is not, and one by channel; grey, colour,
    /// and their luma.
    /// </summary>
    [GccTheory]
    [InlineData(1 / 255f, -128, null, 3)]
    [InlineData(1 / 128f, 0, null, 1)]
    [InlineData(0.0078f, -1, null, 3)]
    [InlineData(0.02f, -14, "0.485,0.456,0.406/0.229,0.224,0.225", 3)]
    [InlineData(0.02f, -14, "0.1307/0.3081", 1)]
    public void Pixels_OnHost_EqualTheReference(float scale, int zero, string? preprocess, int channels)
    {
        var type = new TensorType(new(16, 16, channels), ElementType.Int8, new(scale, zero));
        var net = new NetworkBuilder(1);
        var x = net.Input(type);
        var graph = net.Build("m", net.Apply(new Rescale(), type with { Quantization = new(scale * 2, 0) }, x));
        var options = new CompileOptions
        {
            Name = "m",
            Device = DeviceDatabase.Find("stm32g0b1").Value,
            Preprocess = preprocess is null ? null : PixelRange.Parse(preprocess),
        };
        var files = ModelCompiler.Compile(graph, options).Value.Code();
        var pixels = PixelMapping.Of(type, options.Preprocess)!;
        var rgb = Enumerable.Range(0, 768).Select(i => (i * 7 + i / 256) & 255).ToArray();
        var luma = Enumerable.Range(0, 256).Select(i => (77 * rgb[3 * i] + 150 * rgb[3 * i + 1] + 29 * rgb[3 * i + 2] + 128) >> 8);
        var fromRgb = channels == 3 ? rgb.Select((b, i) => pixels.Stored(type, i % 3, b)) : luma.Select(b => pixels.Stored(type, 0, b));
        var fromGrey = rgb[..256].SelectMany(b => Enumerable.Range(0, channels).Select(c => pixels.Stored(type, c, b)));
        Assert.Equal(
            "equal\n",
            OnHost(
                $$"""
                {{files[0].Text}}
                {{files[1].Text.Replace("#include \"m.h\"\n", "", StringComparison.Ordinal)}}
                static const uint8_t pixels[768] = { {{string.Join(",", rgb)}} };
                static const int8_t rgb[M_INPUT0_BYTES] = { {{string.Join(",", fromRgb)}} };
                static const int8_t grey[M_INPUT0_BYTES] = { {{string.Join(",", fromGrey)}} };
                int main(void)
                {
                    int8_t row[M_INPUT0_ROW_BYTES];
                    uint8_t *const arena = m_static_arena();
                    m_set_input0_from_rgb(arena, pixels);
                    int failures = memcmp(m_input0(arena), rgb, sizeof rgb) != 0;
                    m_set_input0_from_grey(arena, pixels);
                    failures += memcmp(m_input0(arena), grey, sizeof grey) != 0;
                    m_quantize_grey(pixels + M_INPUT0_WIDTH, M_INPUT0_WIDTH, row);
                    failures += memcmp(row, grey + M_INPUT0_ROW_BYTES, sizeof row) != 0;
                    report(failures == 0 ? "equal" : "different");
                    return 0;
                }

                """
            )
        );
    }

    /// <summary>Class and real value of the largest score, the first of equal ones.</summary>
    [GccFact]
    public void Output_OnHost_IsReadAsInCSharp()
    {
        var type = new TensorType(new(1, 1, 4), ElementType.Int8, new(0.5f, -3));
        var net = new NetworkBuilder(1);
        var x = net.Input(type);
        var graph = net.Build("m", net.Apply(new Rescale(), type with { Quantization = new(0.25f, 1) }, x));
        var files = ModelCompiler
            .Compile(graph, new CompileOptions { Name = "m", Device = DeviceDatabase.Find("stm32g0b1").Value })
            .Value.Code();
        Assert.Equal(
            "equal\n",
            OnHost(
                $$"""
                {{files[0].Text}}
                {{files[1].Text.Replace("#include \"m.h\"\n", "", StringComparison.Ordinal)}}
                int main(void)
                {
                    const float values[4] = { 1.0f, 5.5f, -2.0f, 5.5f };
                    uint8_t *const arena = m_static_arena();
                    m_set_input0(arena, values);
                    m_invoke(arena);
                    report(m_argmax(arena) == 1 && m_dequantize(m_output0(arena)[1]) == 5.5f && m_dequantize(m_output0(arena)[2]) == -2.0f ? "equal" : "different");
                    return 0;
                }

                """
            )
        );
    }
}
