using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// The table of steps, the loop that walks it, and the public functions. Layers are called by name, not through pointers, so that a
/// compiler can bound the stack.
/// </summary>
internal static class CDriver
{
    public static void Write(CodeWriter writer, CompiledModel model)
    {
        var name = model.Name;
        var program = StepProgram.From(model.Schedule);
        var word = program.IsBytes ? "uint8_t" : "uint16_t";
        var layers = model.Graph.Nodes.Length;
        writer.Line($"/* The schedule: pairs (layer, steps), and loops ({program.LoopMark}, pairs in the body, times). */");
        writer.Line($"static const {word} {name}_program[{program.Words.Length}] = {{");
        foreach (var line in program.Words.Chunk(24))
            writer.Line("    " + string.Join(",", line) + ",");
        writer.Line("};");
        writer.Line();
        writer.Line("""
            #ifdef MN_PROFILE
            extern void mn_profile_begin(unsigned op);
            extern void mn_profile_end(unsigned op);
            #else
            #define mn_profile_begin(op) ((void)0)
            #define mn_profile_end(op) ((void)0)
            #endif

            """);
        var signature = model.StreamsInput ? $"void {name}_invoke_rows(uint8_t *arena, {name}_row_source source, void *context)" : $"void {name}_invoke(uint8_t *arena)";
        using (writer.Block(signature))
        {
            writer.Line($"uint16_t next[{layers + 1}] = {{0}};");
            writer.Line($"const {word} *at = {name}_program, *body = NULL, *tail = NULL;");
            writer.Line($"const {word} *const end = at + {program.Words.Length};");
            writer.Line("uint32_t times = 0;");
            using (writer.Block("for (;;)"))
                Body(writer, model, program);
        }
        writer.Line();
        writer.Line(model.SharedArena is { } arena
            ? $"_Static_assert({CSharedArena.BytesMacro(arena)} >= {name.ToUpperInvariant()}_ARENA_BYTES, \"the shared arena was sized before this model changed\");"
            : $"static uint8_t {name}_arena_memory[{name.ToUpperInvariant()}_ARENA_BYTES] MN_ALIGNED(16);");
        writer.Line();
        using (writer.Block($"uint8_t *{name}_static_arena(void)"))
            writer.Line($"return {(model.SharedArena is { } shared ? ModelNames.ArenaSymbol(shared) : name + "_arena_memory")};");
    }

    private static void Body(CodeWriter writer, CompiledModel model, StepProgram program)
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
        writer.Line($"if (at[0] == {program.LoopMark}) {{");
        writer.Line("""
                body = at + 3;
                tail = body + 2u * at[1];
                times = at[2];
                at = body;
            }
            const uint32_t layer = at[0], count = at[1];
            at += 2;
            """);
        if (model.StreamsInput)
        {
            Delivery(writer, program.InputLayer, model.Memory.Tensors[model.Graph.Inputs[0].Tensor.Value]!);
            foreach (var node in model.Graph.Nodes.Where(n => model.Kernels[n.Id.Value].IsDelivery))
                Delivery(writer, node.Id.Value, model.Memory.Tensors[node.Output.Value]!);
        }
        writer.Line("mn_profile_begin(layer);");
        using (writer.Block("switch (layer)"))
        {
            foreach (var node in model.Graph.Nodes.Where(n => !model.Kernels[n.Id.Value].IsDelivery))
                writer.Line($"case {node.Id.Value}: {model.Name}_step_{node.Id.Value}(arena, next[layer], count); break;");
            writer.Line("default: break;");
        }
        writer.Line("mn_profile_end(layer);");
        writer.Line("next[layer] = (uint16_t)(next[layer] + count);");
    }

    private static void Delivery(CodeWriter writer, int layer, PlacedTensor place)
    {
        using (writer.Block($"if (layer == {layer})"))
        {
            writer.Line($"for (uint32_t row = next[layer]; row < next[layer] + count; row++)");
            writer.Line($"    source(context, row, mn_row(arena + {place.Offset}, row, {place.Slots}, {place.RowBytes}));");
            writer.Line("next[layer] = (uint16_t)(next[layer] + count);");
            writer.Line("continue;");
        }
    }
}
