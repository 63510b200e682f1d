using System.Linq;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The table of steps and the function that walks stretches of it.</summary>
internal static class CTableWalk
{
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        Table(writer, program);
        var (name, word) = (program.Name, Word(program));
        writer.Line("/* Runs the steps of words [at, end); next: by layer, the steps that it has run. */");
        using (
            writer.Block(
                $"MN_SHARED void {name}_walk(uint8_t *arena, {(program.Calls.HasSplitLayers ? $"{Counter(program)} *next, " : "")}const {word} *at, const {word} *end{Source(program)})"
            )
        )
        {
            if (!program.Calls.HasSplitLayers)
                writer.Line(Counters(program));
            writer.Line($"const {word} *body = NULL, *tail = NULL;");
            writer.Line("uint32_t times = 0;");
            using (writer.Block("for (;;)"))
                Body(writer, program);
        }
        writer.Line();
    }

    /// <summary>The array.</summary>
    public static void Table(CodeWriter writer, DeviceProgram program)
    {
        var table = program.Calls.Table;
        writer.Line($"/* Layers in turns: pairs (layer, steps), and loops ({table.LoopMark}, pairs in the body, times). */");
        writer.Line($"static const {Word(program)} {program.Name}_program[{table.Words.Length}] = {{");
        foreach (var line in table.Words.Chunk(24))
            writer.Line("    " + string.Join(",", line) + ",");
        writer.Line("};");
        writer.Line();
    }

    private static string Word(DeviceProgram program) => program.Calls.Table.IsBytes ? "uint8_t" : "uint16_t";

    /// <summary>The statement that declares the steps done.</summary>
    public static string Counters(DeviceProgram program) => $"{Counter(program)} next[{program.Layers.Length + 1}] = {{0}};";

    /// <summary>The statement that walks a stretch.</summary>
    public static string Call(DeviceProgram program, TablePart table) =>
        $"{program.Name}_walk(arena, {(program.Calls.HasSplitLayers ? "next, " : "")}{program.Name}_program + {table.Begin}, {program.Name}_program + {table.End}{(program.Delivery is not null ? ", source, context" : "")});";

    /// <summary>The type that counts the steps of a layer.</summary>
    public static string Counter(DeviceProgram program) => program.Calls.MostSteps <= byte.MaxValue ? "uint8_t" : "uint16_t";

    private static string Source(DeviceProgram program) =>
        program.Delivery is not null ? $", {program.Name}_row_source source, void *context" : "";

    private static void Body(CodeWriter writer, DeviceProgram program)
    {
        writer.Line(
            """
            if (at == tail) {
                if (--times > 0)
                    at = body;
                else
                    tail = NULL;
            }
            if (at == end)
                return;
            """
        );
        writer.Line($"if (at[0] == {program.Calls.Table.LoopMark}) {{");
        writer.Line(
            """
                body = at + 3;
                tail = body + 2u * at[1];
                times = at[2];
                at = body;
            }
            const uint32_t layer = at[0], count = at[1];
            at += 2;
            """
        );
        foreach (var (layer, place) in program.Delivery?.Places ?? [])
            Delivery(writer, program, layer, place);
        Switch(writer, program, "next[layer]");
        writer.Line(Advance(program));
    }

    /// <summary>The call of a layer whose number and steps are known when it runs.</summary>
    /// <param name="step">Expression of its next step.</param>
    public static void Switch(CodeWriter writer, DeviceProgram program, string step)
    {
        writer.Line("mn_profile_begin(layer);");
        using (writer.Block("switch (layer)"))
        {
            foreach (var layer in program.InTable)
                writer.Line($"case {layer.Number}: {program.Name}_step_{layer.Number}(arena, {step}, count); break;");
            writer.Line("default: break;");
        }
        writer.Line("mn_profile_end(layer);");
    }

    private static string Advance(DeviceProgram program) => $"next[layer] = ({Counter(program)})(next[layer] + count);";

    private static void Delivery(CodeWriter writer, DeviceProgram program, int layer, TensorBuffer place)
    {
        using (writer.Block($"if (layer == {layer})"))
        {
            writer.Line("for (uint32_t row = next[layer]; row < next[layer] + count; row++)");
            writer.Line($"    source(context, row, mn_row(arena + {place.Offset}, row, {place.Slots}, {place.RowBytes}));");
            writer.Line(Advance(program));
            writer.Line("continue;");
        }
    }
}
