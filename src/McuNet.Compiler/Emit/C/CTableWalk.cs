using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The table of steps and the function that walks stretches of it.</summary>
internal static class CTableWalk
{
    public static void Write(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        Table(writer, model, calls);
        var (name, word) = (model.Name, Word(calls));
        writer.Line("/* Runs the steps of words [at, end); next: by layer, the steps that it has run. */");
        using (writer.Block($"MN_SHARED void {name}_walk(uint8_t *arena, {(calls.HasSplitLayers ? $"{Counter(calls)} *next, " : "")}const {word} *at, const {word} *end{Source(model)})"))
        {
            if (!calls.HasSplitLayers)
                writer.Line(Counters(model, calls));
            writer.Line($"const {word} *body = NULL, *tail = NULL;");
            writer.Line("uint32_t times = 0;");
            using (writer.Block("for (;;)"))
                Body(writer, model, calls);
        }
        writer.Line();
    }

    /// <summary>The array.</summary>
    public static void Table(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        var program = calls.Table;
        writer.Line($"/* Layers in turns: pairs (layer, steps), and loops ({program.LoopMark}, pairs in the body, times). */");
        writer.Line($"static const {Word(calls)} {model.Name}_program[{program.Words.Length}] = {{");
        foreach (var line in program.Words.Chunk(24))
            writer.Line("    " + string.Join(",", line) + ",");
        writer.Line("};");
        writer.Line();
    }

    private static string Word(CallSequence calls) => calls.Table.IsBytes ? "uint8_t" : "uint16_t";

    /// <summary>The statement that declares the steps done.</summary>
    public static string Counters(CompiledModel model, CallSequence calls) => $"{Counter(calls)} next[{model.Graph.Nodes.Length + 1}] = {{0}};";

    /// <summary>The statement that walks a stretch.</summary>
    public static string Call(CompiledModel model, CallSequence calls, TablePart table) =>
        $"{model.Name}_walk(arena, {(calls.HasSplitLayers ? "next, " : "")}{model.Name}_program + {table.Begin}, {model.Name}_program + {table.End}{(model.StreamsInput ? ", source, context" : "")});";

    /// <summary>The type that counts the steps of a layer.</summary>
    public static string Counter(CallSequence calls) => calls.MostSteps <= byte.MaxValue ? "uint8_t" : "uint16_t";

    private static string Source(CompiledModel model) => model.StreamsInput ? $", {model.Name}_row_source source, void *context" : "";

    private static void Body(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        writer.Line("""
            if (at == tail) {
                if (--times > 0)
                    at = body;
                else
                    tail = NULL;
            }
            if (at == end)
                return;
            """);
        writer.Line($"if (at[0] == {calls.Table.LoopMark}) {{");
        writer.Line("""
                body = at + 3;
                tail = body + 2u * at[1];
                times = at[2];
                at = body;
            }
            const uint32_t layer = at[0], count = at[1];
            at += 2;
            """);
        foreach (var (layer, place) in Delivered(model, calls))
            Delivery(writer, calls, layer, place);
        Switch(writer, model, calls, "next[layer]");
        writer.Line(Advance(calls));
    }

    /// <summary>Numbers in the table that stand for rows that the application delivers, and where these lie.</summary>
    public static IEnumerable<(int Layer, PlacedTensor Place)> Delivered(CompiledModel model, CallSequence calls) => !model.StreamsInput ? [] :
        model.Graph.Nodes.Where(n => model.Kernels[n.Id.Value].IsDelivery).Select(n => (n.Id.Value, model.Memory.Tensors[n.Output.Value]!))
            .Prepend((calls.Table.InputLayer, model.Memory.Tensors[model.Graph.Inputs[0].Tensor.Value]!));

    /// <summary>The call of a layer whose number and steps are known when it runs.</summary>
    /// <param name="step">Expression of its next step.</param>
    public static void Switch(CodeWriter writer, CompiledModel model, CallSequence calls, string step)
    {
        writer.Line("mn_profile_begin(layer);");
        using (writer.Block("switch (layer)"))
        {
            foreach (var node in model.Graph.Nodes.Where(n => !model.Kernels[n.Id.Value].IsDelivery && calls.LayerOf(n.Id.Value) is null))
                writer.Line($"case {node.Id.Value}: {model.Name}_step_{node.Id.Value}(arena, {step}, count); break;");
            writer.Line("default: break;");
        }
        writer.Line("mn_profile_end(layer);");
    }

    private static string Advance(CallSequence calls) => $"next[layer] = ({Counter(calls)})(next[layer] + count);";

    private static void Delivery(CodeWriter writer, CallSequence calls, int layer, PlacedTensor place)
    {
        using (writer.Block($"if (layer == {layer})"))
        {
            writer.Line("for (uint32_t row = next[layer]; row < next[layer] + count; row++)");
            writer.Line($"    source(context, row, mn_row(arena + {place.Offset}, row, {place.Slots}, {place.RowBytes}));");
            writer.Line(Advance(calls));
            writer.Line("continue;");
        }
    }
}
