using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>An inference in pieces: a function that runs one call of the table of steps, and the invoke function as a loop of
/// that.</summary>
internal static class CPieces
{
    /// <summary>For the header.</summary>
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        var (name, upper, pieces) = (program.Name, program.Name.ToUpperInvariant(), program.Pieces!);
        writer.Line(
            $"""

            /* Calls of {name}_step that an inference takes, and an estimate of the cycles of the longest. */
            #define {upper}_PIECES {pieces.Count}
            #define {upper}_PIECE_CYCLES {(long)pieces.LongestCycles}

            /* What {name}_step did: nothing, for the outputs are in the arena; a piece{(
                program.Delivery is not null ? "; nothing, for it needs a row of the input" : ""
            )}{(program.WeightStorage == WeightStorage.Blob ? "; nothing, for it has no weights" : "")}. */
            enum {"{"} {upper}_STEP_DONE = 0, {upper}_STEP_MORE = 1{(program.Delivery is not null ? $", {upper}_STEP_ROW = 2" : "")}{(
                program.WeightStorage == WeightStorage.Blob ? $", {upper}_STEP_REFUSED = -1" : ""
            )} {"}"};

            /* How far an inference is. All zero before its first piece; a field is read by nobody else{(
                program.Delivery is not null ? ", but for `row` and `destination`" : ""
            )}. */
            """
        );
        writer.Line("typedef struct {");
        if (program.Delivery is not null)
        {
            writer.Line("    void *destination;");
            writer.Line("    uint32_t row;");
        }
        writer.Line($"    {Index(program)} at{(program.Calls.Table.HasLoops ? ", body, tail, times" : "")};");
        writer.Line($"    {CTableWalk.Counter(program)} next[{program.Layers.Length + 1}];");
        writer.Line($"{"}"} {name}_progress;");
        writer.Line();
        writer.Line(
            program.Delivery is null
                ? "/* Runs the next piece of an inference; the arena must be as the piece before left it. */"
                : $"""
                /* Runs the next piece of an inference; the arena must be as the piece before left it. After {upper}_STEP_ROW the application
                   writes row `row` of the input ({upper}_INPUT0_ROW_BYTES bytes, NHWC order) to `destination`, and goes on when all of it is there. */
                """
        );
        writer.Line($"int {name}_step(uint8_t *arena, {name}_progress *progress);");
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        CTableWalk.Table(writer, program);
        using (writer.Block($"MN_OPAQUE int {program.Name}_step(uint8_t *arena, {program.Name}_progress *progress)"))
            Step(writer, program);
        writer.Line();
    }

    /// <summary>The body of the invoke function.</summary>
    public static void Invoke(CodeWriter writer, DeviceProgram program)
    {
        var step = $"{program.Name}_step(arena, &progress)";
        writer.Line($"{program.Name}_progress progress = {{0}};");
        if (program.Delivery is null)
        {
            writer.Line($"while ({step} != {program.Name.ToUpperInvariant()}_STEP_DONE) {{}}");
            return;
        }
        writer.Line(
            $"""
            for (int did = {step}; did != {program.Name.ToUpperInvariant()}_STEP_DONE; did = {step})
                if (did == {program.Name.ToUpperInvariant()}_STEP_ROW)
                    source(context, progress.row, progress.destination);
            """
        );
    }

    private static string Index(DeviceProgram program) => program.Calls.Table.Words.Length <= ushort.MaxValue ? "uint16_t" : "uint32_t";

    private static void Step(CodeWriter writer, DeviceProgram program)
    {
        var (name, upper, index) = (program.Name, program.Name.ToUpperInvariant(), Index(program));
        writer.Line(CDriver.ArenaCheck(program));
        if (program.WeightStorage == WeightStorage.Blob)
            writer.Line($"if ({name}_weights == NULL)\n    return {upper}_STEP_REFUSED;");
        var loops = program.Calls.Table.HasLoops;
        writer.Line("uint32_t at = progress->at;");
        if (loops)
            writer.Line("if (progress->times > 0 && at == progress->tail && --progress->times > 0)\n    at = progress->body;");
        var isDone = $"at == {program.Calls.Table.Words.Length}";
        if (program.CopiedStates.Any())
        {
            using (writer.Block($"if ({isDone})"))
                CStates.Keep(writer, program);
        }
        writer.Line($"if ({isDone})\n    return {upper}_STEP_DONE;");
        if (loops)
        {
            writer.Line(
                $"""
                if ({name}_program[at] == {program.Calls.Table.LoopMark}) {"{"}
                    progress->body = ({index})(at + 3);
                    progress->tail = ({index})(at + 3 + 2u * {name}_program[at + 1]);
                    progress->times = {name}_program[at + 2];
                    at += 3;
                {"}"}
                """
            );
        }

        writer.Line(
            $"""
            const uint32_t layer = {name}_program[at], count = {name}_program[at + 1], step = progress->next[layer];
            progress->at = ({index})(at + 2);
            progress->next[layer] = ({CTableWalk.Counter(program)})(step + count);
            """
        );
        foreach (var (layer, place) in program.Delivery?.Places ?? [])
        {
            using (writer.Block($"if (layer == {layer})"))
            {
                writer.Line($"progress->row = step;");
                writer.Line($"progress->destination = mn_row(arena + {place.Offset}, step, {place.Slots}, {place.RowBytes});");
                writer.Line($"return {upper}_STEP_ROW;");
            }
        }
        CTableWalk.Switch(writer, program, "step");
        writer.Line($"return {upper}_STEP_MORE;");
    }
}
