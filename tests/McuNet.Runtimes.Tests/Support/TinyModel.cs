using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Runtimes.Tests.Support;

/// <summary>
/// A hand-written model with the generated interface. Input 0 is 16 int8 values (4 rows of 4 when streamed), input 1 one int8
/// value; output 0 is the weighted sum of input 0 plus input 1 as int32, output 1 half of that as float.
/// Operator 0 is the sum, operator 1 runs <see cref="LoopCount"/> rounds of subs and bne, operator 2 halves, nested in operator 1.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    public const int LoopCount = 1000;
    private static readonly int[] Weights = Enumerable.Range(0, 16).Select(i => i * 7 - 50).ToArray();
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet tést ").FullName;

    /// <param name="fault">C statements at the end of the inference; <c>arena</c> is in scope.</param>
    public TinyModel(string fault = "", bool streamed = false, string functions = "", int arenaBytes = 100)
    {
        File.WriteAllText(Path.Combine(_folder, "tiny.h"), Header(streamed, arenaBytes));
        File.WriteAllText(Path.Combine(_folder, "tiny.c"), Source(fault, streamed, functions));
        Artifact = new CArtifact
        {
            Directory = _folder,
            Name = "tiny",
            InputBytes = [16, 1],
            OutputBytes = [4, 4],
            Streamed = streamed ? new StreamedRows(4, 4) : null,
        };
    }

    public CArtifact Artifact { get; }

    public static IReadOnlyList<IReadOnlyList<byte[]>> Cases(int count) =>
        Enumerable
            .Range(0, count)
            .Select(c =>
                (IReadOnlyList<byte[]>)
                    [Enumerable.Range(0, 16).Select(i => unchecked((byte)(c * 37 + i * i))).ToArray(), [unchecked((byte)(c * 91))]]
            )
            .ToArray();

    public static byte[][] Expected(IReadOnlyList<byte[]> inputs)
    {
        var sum = inputs[0].Select((b, i) => (sbyte)b * Weights[i]).Sum() + (sbyte)inputs[1][0];
        return [BitConverter.GetBytes(sum), BitConverter.GetBytes(sum * 0.5f)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Header(bool streamed, int arenaBytes) =>
        $$"""
        #ifndef TINY_H
        #define TINY_H
        #include <stdint.h>
        #define TINY_ARENA_BYTES {{arenaBytes}}
        #define TINY_INPUT0_BYTES 16
        #define TINY_INPUT0_ROW_BYTES 4
        #define TINY_INPUT1_BYTES 1
        #define TINY_OUTPUT0_BYTES 4
        #define TINY_OUTPUT1_BYTES 4
        int8_t *tiny_input1(uint8_t *arena);
        const int32_t *tiny_output0(const uint8_t *arena);
        const float *tiny_output1(const uint8_t *arena);
        {{(streamed
            ? "typedef void (*tiny_row_source)(void *context, uint32_t row, void *destination);\nvoid tiny_invoke_rows(uint8_t *arena, tiny_row_source source, void *context);"
            : "int8_t *tiny_input0(uint8_t *arena);\nvoid tiny_invoke(uint8_t *arena);")}}
        #endif

        """;

    private static string Source(string fault, bool streamed, string functions) =>
        $$"""
        #include "tiny.h"
        #ifdef MN_PROFILE
        extern void mn_profile_begin(unsigned op);
        extern void mn_profile_end(unsigned op);
        #else
        #define mn_profile_begin(op) ((void)0)
        #define mn_profile_end(op) ((void)0)
        #endif

        static const int8_t tiny_weights_0[16] = { {{string.Join(", ", Weights)}} };

        int8_t *tiny_input1(uint8_t *arena) { return (int8_t *)arena + 16; }
        const int32_t *tiny_output0(const uint8_t *arena) { return (const int32_t *)(const void *)(arena + 32); }
        const float *tiny_output1(const uint8_t *arena) { return (const float *)(const void *)(arena + 36); }
        void tiny_unused(uint8_t *arena);
        void tiny_unused(uint8_t *arena) { for (int i = 0; i < 7; i++) arena[i] ^= (uint8_t)(i * 3); }

        static __attribute__((noinline)) void loop(uint32_t n)
        {
        #ifdef __arm__
            __asm volatile(".syntax unified\n1: subs %0, %0, #1\n bne 1b" : "+l"(n) : : "cc");
        #else
            (void)n;
        #endif
        }

        {{functions}}
        static __attribute__((noinline)) int32_t dot(const int8_t *x, const int8_t *w, uint32_t n)
        {
            int32_t sum = 0;
            for (uint32_t i = 0; i < n; i++)
                sum += x[i] * w[i];
            return sum;
        }

        {{(streamed
            ? "void tiny_invoke_rows(uint8_t *arena, tiny_row_source source, void *context)"
            : "int8_t *tiny_input0(uint8_t *arena) { return (int8_t *)arena; }\n\nvoid tiny_invoke(uint8_t *arena)")}}
        {
            int32_t sum = *tiny_input1(arena);
            for (uint32_t row = 0; row < 4; row++) {
                const int8_t *x = (const int8_t *)arena + {{(streamed ? "20" : "row * 4")}};
                {{(streamed ? "source(context, row, arena + 20);" : "")}}
                mn_profile_begin(0);
                sum += dot(x, tiny_weights_0 + row * 4, 4);
                mn_profile_end(0);
            }
            *(int32_t *)(void *)(arena + 32) = sum;
            mn_profile_begin(1);
            loop({{LoopCount}});
            mn_profile_begin(2);
            *(float *)(void *)(arena + 36) = (float)sum * 0.5f;
            mn_profile_end(2);
            mn_profile_end(1);
            {{fault}}
        }

        """;
}
