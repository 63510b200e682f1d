using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.Tests.Networks;
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

    private static string OnHost(string program) => HostGcc.Run(Host + program, "-O2 -fsanitize=undefined,float-cast-overflow -fno-sanitize-recover=all");

    private static string On(EmulatedCore core, string program) =>
        core.Run(EmulatedCore.Prologue + "\nstatic void report(const char *text) { semihost_print(text); }\n" + program);

    private static void AssertEqual(ElementType element, int zero, Func<string, string> run) => Assert.Equal("equal\n", run(Program(element, zero)));

    /// <summary>Every value alone and as part of a row, and all bytes as pixels, against the reference.</summary>
    private static string Program(ElementType element, int zero)
    {
        var values = Values().ToArray();
        var range = element == ElementType.UInt8 ? (0, 255) : (-128, 127);
        int Expected(float value) => Arithmetic.Quantize(value / Scale, zero, range);
        var c = element == ElementType.UInt8 ? "uint8_t" : "int8_t";
        var files = ModelCompiler.Compile(Network(element, zero, values.Length), new CompileOptions { Name = "m", Device = DeviceDatabase.Find("stm32g0b1").Value }).Value.Code();
        return $$"""
            {{files[0].Text}}
            {{files[1].Text.Replace("#include \"m.h\"\n", "", StringComparison.Ordinal)}}
            static const uint32_t bits[M_INPUT0_ROW_BYTES] = { {{string.Join(",", values.Select(v => BitConverter.SingleToUInt32Bits(v).ToString(CultureInfo.InvariantCulture) + "u"))}} };
            static const {{c}} expected[M_INPUT0_ROW_BYTES] = { {{string.Join(",", values.Select(Expected))}} };
            static const {{c}} pixels_expected[256] = { {{string.Join(",", Enumerable.Range(0, 256).Select(p => Expected(p * 0.5f - 64)))}} };
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
        float[] some = [0, float.Epsilon, 1e-20f, 1e9f, 3e9f, 1e30f, float.MaxValue, float.PositiveInfinity, float.NaN, 127.99f, 128, 128.01f, 2147483648f * Scale];
        return some.SelectMany(v => new[] { v, -v }).Concat(Enumerable.Range(-600, 1201).Select(i => i * Scale / 2));
    }

    private static NetworkGraph Network(ElementType element, int zero, int width)
    {
        var net = new NetworkBuilder(1);
        var x = net.Input(new TensorType(new(1, width, 1), element, new(Scale, zero)));
        return net.Build("m", net.Apply(new Rescale(), new TensorType(new(1, width, 1), ElementType.Int8, new(Scale, 0)), x));
    }
}
