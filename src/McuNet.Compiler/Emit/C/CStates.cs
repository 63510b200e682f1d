using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>What a model keeps in its arena between inferences: where it lies, how it begins, and what an inference does last to keep
/// it.</summary>
internal static class CStates
{
    /// <summary>For the header.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        if (program.States.IsEmpty)
            return;
        var (name, upper) = (program.Name, program.Name.ToUpperInvariant());
        for (var i = 0; i < program.States.Length; i++)
        {
            var (begin, end) = (program.States[i].Begin, program.States[i].End);
            var c = CNames.Type(begin.Type.Element);
            writer.Line(
                program.States[i].KeepsRows
                    ? $"/* State {i}, rows of {CText.Comment(begin.Name)}, {begin.Type.Shape}, {c}. */"
                    : $"/* State {i}, input {CText.Comment(begin.Name)} and output {CText.Comment(end.Name)} of the model: [{string.Join(", ", begin.Dims)}] in ONNX order, {begin.Type.Shape} here, {c}. */"
            );
            writer.Line($"#define {upper}_STATE{i}_BYTES {begin.Type.Bytes}");
            using (writer.Block($"static inline {c} *{name}_state{i}(uint8_t *arena)"))
                writer.Line($"return {CNames.Pointer(begin.Type.Element)}(arena + {begin.Buffer.Offset});");
            writer.Line();
        }
        writer.Line(
            $"""
            /* States last in the arena from one inference to the next, so nobody else may write there in between. {name}_reset sets all of them to the
               real number 0: before the first inference in an arena, and where a new stream begins. */
            #define {upper}_STATES {program.States.Length}
            void {name}_reset(uint8_t *arena);

            """
        );
    }

    /// <summary>The statements that bring states which became elsewhere to their places, once all layers have run.</summary>
    public static void Keep(CodeWriter writer, DeviceProgram program)
    {
        foreach (var state in program.CopiedStates)
            writer.Line($"memcpy(arena + {state.Begin.Buffer.Offset}, arena + {state.End.Buffer.Offset}, {state.Begin.Type.Bytes});");
    }

    /// <summary>The function that sets all states.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        if (program.States.IsEmpty)
            return;
        writer.Line();
        using (writer.Block($"MN_OPAQUE void {program.Name}_reset(uint8_t *arena)"))
        {
            writer.Line(CDriver.ArenaCheck(program));
            foreach (var state in program.States)
                writer.Line($"memset(arena + {state.Begin.Buffer.Offset}, {state.StartByte}, {state.Begin.Type.Bytes});");
        }
    }
}
