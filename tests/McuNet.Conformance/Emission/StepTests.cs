using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Conformance.Models;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>The examples of docs/stepping.md, compiled as they stand there and run on an emulated core, give what the reference
/// gives.</summary>
public sealed class StepTests
{
    private const string Model = "mlperf_kws_dscnn_int8";

    /// <summary>What the examples leave to the application. A slice lasts five pieces; a row arrives when it has been asked about three
    /// times.</summary>
    private const string Application = """
        #include <stdbool.h>
        #include "person.c"

        static unsigned calls, polls;
        static uint32_t asked;
        static void *to;
        static const uint8_t *image;

        static bool slice_is_over(void) { return ++polls % 6u == 0u; }
        static void watchdog_feed(void) {}
        static void do_something_else(void) { memset(to, 0x77, PERSON_INPUT0_ROW_BYTES); }
        static void camera_begin_row(uint32_t row, void *destination)
        {
            asked = row;
            to = destination;
            polls = 0;
        }
        static bool camera_row_has_arrived(void)
        {
            if (++polls < 3u)
                return false;
            memcpy(to, image + asked * PERSON_INPUT0_ROW_BYTES, PERSON_INPUT0_ROW_BYTES);
            return true;
        }
        #define person_step(arena, progress) (calls++, person_step(arena, progress))

        """;

    [RealModelOnBoardTheory]
    [InlineData(
        InputMode.Resident,
        "classify_in_slice",
        "for (unsigned slices = 1; !classify_in_slice(arena); slices++)\n        if (slices > PERSON_PIECES / 5u + 1u)\n            __builtin_trap();"
    )]
    [InlineData(InputMode.Rows, "classify_camera", "classify_camera(arena);")]
    public void Example_OnACortexM4_GivesTheOutputsOfTheReference(InputMode input, string function, string use)
    {
        var real = RealModel.Of(Model);
        var model = ModelCompiler
            .Compile(
                real.Graph,
                new CompileOptions
                {
                    Name = "person",
                    Device = DeviceDatabase.Find("stm32l4r5").Value,
                    Objective = input == InputMode.Rows ? Objective.Memory : Objective.Fit,
                    Input = input,
                    Stepped = true,
                }
            )
            .Value.Model;
        var cases = real.Cases.Take(3).ToArray();
        var outputs = CompiledC.In(folder =>
            CompiledC.OnBoard(Write(folder, model, Example(function), use), QemuBoard.Find("cortex-m4f")!, cases)
        );
        real.Expected.AssertEqual(function, outputs.Value);
    }

    private static string Example(string function) =>
        Regex
            .Matches(File.ReadAllText(Path.Combine(Folders.Repository, "docs", "stepping.md")), "```c\n(.*?)```", RegexOptions.Singleline)
            .Select(m => m.Groups[1].Value)
            .Single(text => text.Contains($" {function}(", System.StringComparison.Ordinal));

    /// <summary>The application as a model of its own, whose image lies behind the arena.</summary>
    private static CArtifact Write(string folder, CompiledModel model, string example, string use)
    {
        foreach (var file in CEmitter.Emit(ProgramBuilder.C(model)))
            File.WriteAllText(Path.Combine(folder, file.Name), file.Text);
        var input = model.StreamsInput ? "(int8_t *)arena + APP_IMAGE" : "person_input0(arena)";
        File.WriteAllText(
            Path.Combine(folder, "app.h"),
            $$"""
            #include "person.h"
            #define APP_IMAGE ((PERSON_ARENA_BYTES + 15) / 16 * 16)
            #define APP_ARENA_BYTES (APP_IMAGE + PERSON_INPUT0_BYTES)
            #define APP_INPUT0_BYTES PERSON_INPUT0_BYTES
            #define APP_OUTPUT0_BYTES PERSON_OUTPUT0_BYTES
            static inline int8_t *app_input0(uint8_t *arena) { return {{input}}; }
            static inline const int8_t *app_output0(const uint8_t *arena) { return person_output0(arena); }
            void app_invoke(uint8_t *arena);

            """
        );
        File.WriteAllText(
            Path.Combine(folder, "app.c"),
            $$"""
            #include "app.h"
            {{Application}}
            {{example}}
            void app_invoke(uint8_t *arena)
            {
                calls = polls = 0;
                image = arena + APP_IMAGE;
                (void)slice_is_over;
                (void)do_something_else;
                (void)camera_begin_row;
                (void)camera_row_has_arrived;
                {{use}}
                if (calls != PERSON_PIECES + 1)
                    __builtin_trap();
            }

            """
        );
        return new CArtifact
        {
            Directory = folder,
            Name = "app",
            InputBytes = [model.Graph[model.Graph.Inputs[0].Tensor].Type.Bytes],
            OutputBytes = [model.Graph[model.Graph.Outputs[0].Tensor].Type.Bytes],
        };
    }
}
