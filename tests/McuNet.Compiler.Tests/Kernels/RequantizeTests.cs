using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>The three variants of requantisation against float32 arithmetic with the C library's rounding.</summary>
public sealed class RequantizeTests
{
    private const string Program = """
        #include <math.h>
        #include <stdio.h>

        static int32_t expected(int32_t acc, float scale)
        {
            volatile float value = (float)acc;
            value = value * scale;
            const float rounded = nearbyintf(value);
            return rounded > 2097152.0f ? 2097152 : rounded < -2097152.0f ? -2097152 : (int32_t)rounded;
        }

        static int check(int32_t acc, float scale)
        {
            const int32_t actual = mn_clamp(mn_scale_round(acc, scale), -2097152, 2097152);
            if (actual == expected(acc, scale))
                return 0;
            printf("%d * %a = %d, not %d\n", (int)acc, (double)scale, (int)actual, (int)expected(acc, scale));
            return 1;
        }

        static uint32_t state = 1;

        static uint32_t next(void)
        {
            state ^= state << 13;
            state ^= state >> 17;
            return state ^= state << 5;
        }

        int main(void)
        {
            int failures = 0;
            for (int32_t i = 0; i < 4000000 && failures < 10; i++) {
                const int32_t exponent = (int32_t)(next() % 44u) - 40;
                const float scale = ldexpf((float)(next() | 0x80000000u) / 4294967296.0f, exponent);
                const int32_t acc = (int32_t)next() >> (next() % 32u);
                failures += check(acc, scale);
                /* Next to a tie: the accumulator whose product lies closest to k + 1/2, and its neighbours. */
                const float tie = ((float)(next() % 512u) - 256.5f) / scale;
                if (fabsf(tie) < 2147483000.0f)
                    failures += check((int32_t)tie, scale) + check((int32_t)tie + 1, scale) + check((int32_t)tie - 1, scale);
                failures += check(acc, ldexpf(1.0f, exponent)) + check((int32_t)(((uint32_t)acc | 1u) * 3u), ldexpf(0.5f, exponent));
                const float value = tie * scale * 0.5f;
                if (mn_round(value) != (int32_t)nearbyintf(value))
                    failures++, printf("round %a\n", (double)value);
            }
            if (mn_round(NAN) != 0 || mn_round(-NAN) != 0 || mn_round(INFINITY) < 2097152 || mn_round(-INFINITY) > -2097152)
                failures++, puts("round of what is no finite number");
            failures += check(INT32_MIN, 0.001f) + check(INT32_MAX, 0.001f) + check(0, 0.5f) + check(INT32_MIN, 1e-30f);
            if (failures == 0)
                puts("equal");
            return 0;
        }
        """;

    [GccFact]
    public void Magic_RandomAndTies_EqualsFloatArithmetic() => AssertEqual("-O2");

    [GccFact]
    public void Integer_RandomAndTies_EqualsFloatArithmetic() => AssertEqual("-O2 -DMN_REQUANTIZE_INTEGER");

    [GccFact]
    public void Integer_WithoutLongMultiplication_EqualsFloatArithmetic() => AssertEqual("-O2 -DMN_REQUANTIZE_INTEGER -D__ARM_ARCH_6M__=1");

    private static void AssertEqual(string options) =>
        Assert.Equal("equal\n", HostGcc.Run(KernelText.Of("mn_common.h") + Program, options, "-lm"));
}
