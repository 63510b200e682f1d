using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The header of a model: constants, typed access to inputs and outputs, the invoke function.</summary>
internal static class CHeader
{
    /// <summary>Of the address of an arena, in bytes.</summary>
    public const int ArenaAlignment = 16;

    public static string Write(DeviceProgram program, StatedFigures? figures)
    {
        var writer = new CodeWriter();
        var (name, upper) = (program.Name, program.Name.ToUpperInvariant());
        writer.Line(Overview(program));
        writer.Line($"#ifndef {upper}_H");
        writer.Line($"#define {upper}_H");
        writer.Line(
            """

            #include <stddef.h>
            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            """
        );
        writer.Line(
            $"""
            /*
             * An inference keeps everything that it writes in the arena and on the stack; constants are read only. Threads may therefore run it at the same
             * time in different arenas, of this model or of others. One arena serves one inference at a time, from the first byte of input to the
             * last byte of output that is read. The FPU, where there is one, must round to nearest, as it does after reset.
             *
             * Addresses of arenas are multiples of {upper}_ARENA_ALIGNMENT. Where a project defines MN_ASSERT(condition), and not NDEBUG, an inference asserts that.
             */
            #define {upper}_ARENA_BYTES {program.Memory.ArenaBytes}
            #define {upper}_ARENA_ALIGNMENT {ArenaAlignment}

            """
        );
        if (figures is not null)
            CFigures.Write(writer, program, figures);
        Assertions(writer, upper);
        for (var i = 0; i < program.Inputs.Length; i++)
            Port(writer, program.Name, program.Inputs[i], $"INPUT{i}", $"input{i}", output: false);
        for (var i = 0; i < program.Outputs.Length; i++)
            Port(writer, program.Name, program.Outputs[i], $"OUTPUT{i}", $"output{i}", output: true);
        CWindow.Declare(writer, program);
        CStates.Declare(writer, program);
        writer.Line(
            program.SharedArena is { } arena
                ? $"/* The arena `{arena}`, shared with models that never run at the same time: outputs are valid until another of them gets its input or runs. */"
                : "/* A static arena for callers that do not bring their own; dropped by the linker when unused (-fdata-sections, --gc-sections). */"
        );
        writer.Line($"uint8_t *{name}_static_arena(void);");
        writer.Line();
        if (program.WeightStorage == WeightStorage.Blob)
            CWeightBlob.Declare(writer, program);
        if (program.Delivery is { Passes: var passes })
        {
            writer.Line("/* How often an inference goes through the rows of the input. */");
            writer.Line($"#define {upper}_INPUT0_PASSES {passes}");
            writer.Line();
            writer.Line(
                passes == 1
                    ? $"/* Writes input row `row` ({upper}_INPUT0_ROW_BYTES bytes, NHWC order) to `destination`; called for rows 0, 1, 2, ... in order. */"
                    : $"""
                    /* Writes input row `row` ({upper}_INPUT0_ROW_BYTES bytes, NHWC order) to `destination`; called for rows 0, 1, 2, ... in order,
                       {upper}_INPUT0_PASSES times from row 0 on: the same image each time, which must be kept where it comes from. A pass may end
                       before the last row, and the next one begins with row 0. */
                    """
            );
            writer.Line($"typedef void (*{name}_row_source)(void *context, uint32_t row, void *destination);");
            writer.Line();
            writer.Line("/* Runs one inference and asks for the input row by row: the whole input is never in memory. */");
            writer.Line($"{CDriver.Result(program)} {name}_invoke_rows(uint8_t *arena, {name}_row_source source, void *context);");
        }
        else
        {
            writer.Line("/* Runs one inference: reads the inputs from the arena, leaves the outputs there. Inputs do not survive. */");
            writer.Line($"{CDriver.Result(program)} {name}_invoke(uint8_t *arena);");
        }
        if (program.Pieces is not null)
            CPieces.Declare(writer, program);
        CInputHelpers.Declare(writer, program);
        COutputHelpers.Declare(writer, program);
        writer.Line(
            """

            #ifdef __cplusplus
            }
            #endif

            #endif
            """
        );
        return writer.ToString();
    }

    /// <summary>What the code takes for granted about a compiler.</summary>
    private static void Assertions(CodeWriter writer, string upper) =>
        writer.Line(
            $"""
            #ifndef MN_STATIC_ASSERT
            #ifdef __cplusplus
            #define MN_STATIC_ASSERT(condition, text) static_assert(condition, text)
            #else
            #define MN_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
            #endif
            #endif
            MN_STATIC_ASSERT({upper}_ARENA_ALIGNMENT % sizeof(float) == 0 && {upper}_ARENA_ALIGNMENT % sizeof(void *) == 0, "tensors in the arena would not be aligned");
            MN_STATIC_ASSERT(sizeof(float) == 4 && sizeof(int32_t) == 4 && sizeof(uint8_t) == 1, "scales and tensors have other types here");
            MN_STATIC_ASSERT({upper}_ARENA_BYTES <= SIZE_MAX / 2, "a pointer does not reach across the arena");

            """
        );

    public static string Overview(DeviceProgram program)
    {
        var macs =
            program.Work.MacFactor == 1
                ? $"{program.Work.Macs} multiply-accumulates"
                : FormattableString.Invariant(
                    $"{program.Work.Macs} multiply-accumulates ({program.Work.MacFactor:0.000} of the network's: bands of columns overlap)"
                );
        var peak = string.Join(", ", program.Memory.Arena.AtPeak.Take(4).Select(s => $"{CText.Comment(s.Name)} {s.Bytes}"));
        return $"""
            /*
             * {CText.Comment(program.Title)}, compiled by McuNet.Build.
             *
             * {program.Layers.Length} layers, {macs}, {program.Work.Segments} segments.
             * Arena {program.Memory.ArenaBytes} bytes{(
                program.Memory.Arena.ProvedOptimal
                    ? ", proved minimal for this schedule"
                    : $", at least {program.Memory.Arena.LowerBound} for this schedule"
            )}{(
                program.Memory.Arena.WeightBytes == 0 ? "" : $", with {program.Memory.Arena.WeightBytes} at its end for weights"
            )}; at the peak: {peak}.
             * Tensors are in NHWC order, quantised as real = (q - ZERO_POINT) * SCALE.
             */
            """;
    }

    private static void Port(CodeWriter writer, string name, ProgramPort port, string macro, string function, bool output)
    {
        var (type, upper) = (port.Type, name.ToUpperInvariant());
        var c = CNames.Type(type.Element);
        writer.Line($"/* {CText.Comment(port.Name)}: [{string.Join(", ", port.Dims)}] in ONNX order, {type.Shape} here, {c} */");
        writer.Line($"#define {upper}_{macro}_HEIGHT {type.Shape.Height}");
        writer.Line($"#define {upper}_{macro}_WIDTH {type.Shape.Width}");
        writer.Line($"#define {upper}_{macro}_CHANNELS {type.Shape.Channels}");
        writer.Line($"#define {upper}_{macro}_BYTES {type.Bytes}");
        writer.Line($"#define {upper}_{macro}_ROW_BYTES {type.RowBytes}");
        if (type.IsQuantized)
        {
            writer.Line($"#define {upper}_{macro}_SCALE {Literals.Single(type.Scale)}");
            writer.Line(
                $"#define {upper}_{macro}_ZERO_POINT {(type.ZeroPoint < 0 ? $"({type.ZeroPoint})" : type.ZeroPoint.ToString(System.Globalization.CultureInfo.InvariantCulture))}"
            );
        }
        if (!port.IsStreamed)
        {
            var (offset, qualifier) = (port.Buffer.Offset, output ? "const " : "");
            var place = $"{CNames.Pointer(type.Element, qualifier)}(arena + {offset})";
            writer.Line($"static inline {qualifier}{c} *{name}_{function}({qualifier}uint8_t *arena) {{ return {place}; }}");
        }
        writer.Line();
    }
}
