using System;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// The public functions. The inference calls layer by layer, and between them a function that walks a table of steps. Layers are called by
/// name, not through pointers, so that a compiler can bound the stack.
/// </summary>
internal static class CDriver
{
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        var name = program.Name;
        writer.Line(
            """
            #ifdef MN_PROFILE
            extern void mn_profile_begin(unsigned op);
            extern void mn_profile_end(unsigned op);
            #else
            #define mn_profile_begin(op) ((void)0)
            #define mn_profile_end(op) ((void)0)
            #endif
            #define MN_LAYER(number, call) mn_profile_begin(number), call, mn_profile_end(number)
            #if defined(NDEBUG) || !defined(MN_ASSERT)
            #undef MN_ASSERT
            #define MN_ASSERT(condition) ((void)0)
            #endif

            """
        );
        if (program.WeightStorage == WeightStorage.Blob)
            CWeightBlob.Write(writer, program);
        if (program.Pieces is not null)
            CPieces.Write(writer, program);
        else if (!program.Calls.Table.Words.IsEmpty)
            CTableWalk.Write(writer, program);
        Invoke(writer, program);
        CStates.Write(writer, program);
        writer.Line();
        writer.Line(
            program.SharedArena is { } arena
                ? $"_Static_assert({CSharedArena.BytesMacro(arena)} >= {name.ToUpperInvariant()}_ARENA_BYTES, \"the shared arena was sized before this model changed\");"
                : $"static _Alignas({CHeader.ArenaAlignment}) uint8_t {name}_arena_memory[{name.ToUpperInvariant()}_ARENA_BYTES];"
        );
        writer.Line();
        using (writer.Block($"uint8_t *{name}_static_arena(void)"))
            writer.Line($"return {(program.SharedArena is { } shared ? ModelNames.ArenaSymbol(shared) : name + "_arena_memory")};");
    }

    /// <summary>The type that the invoke function returns: a code where there is something to refuse.</summary>
    public static string Result(DeviceProgram program) => program.WeightStorage == WeightStorage.Blob ? "int" : "void";

    /// <summary>The statement by which a public function asserts what its caller owes.</summary>
    public static string ArenaCheck(DeviceProgram program) =>
        $"MN_ASSERT(arena != NULL && (uintptr_t)arena % {program.Name.ToUpperInvariant()}_ARENA_ALIGNMENT == 0);";

    private static void Invoke(CodeWriter writer, DeviceProgram program)
    {
        var signature = program.Delivery is not null
            ? $"MN_OPAQUE {Result(program)} {program.Name}_invoke_rows(uint8_t *arena, {program.Name}_row_source source, void *context)"
            : $"MN_OPAQUE {Result(program)} {program.Name}_invoke(uint8_t *arena)";
        using (writer.Block(signature))
        {
            writer.Line(ArenaCheck(program));
            if (program.WeightStorage == WeightStorage.Blob)
                writer.Line($"if ({program.Name}_weights == NULL)\n    return {program.Name.ToUpperInvariant()}_WEIGHTS_MISSING;");
            if (program.Pieces is not null)
                CPieces.Invoke(writer, program);
            else
                Parts(writer, program);
            if (program.Pieces is null)
                CStates.Keep(writer, program);
            if (program.WeightStorage == WeightStorage.Blob)
                writer.Line($"return {program.Name.ToUpperInvariant()}_WEIGHTS_OK;");
        }
    }

    private static void Parts(CodeWriter writer, DeviceProgram program)
    {
        if (program.Calls.HasSplitLayers)
            writer.Line(CTableWalk.Counters(program));
        foreach (var part in program.Calls.Parts)
        {
            writer.Line(
                part switch
                {
                    LayerPart layer => $"MN_LAYER({layer.Layer}, {program.Name}_run_{layer.Layer}(arena));",
                    TablePart table => CTableWalk.Call(program, table),
                    _ => throw new InvalidOperationException(),
                }
            );
        }
    }
}
