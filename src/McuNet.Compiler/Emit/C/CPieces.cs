using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>An inference in pieces: a function that runs one call of the table of steps, and the invoke function as a loop of that.</summary>
internal static class CPieces
{
    /// <summary>For the header.</summary>
    public static void Declare(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        var (name, upper, pieces) = (model.Name, model.Name.ToUpperInvariant(), model.Pieces!);
        writer.Line($"""

            /* Calls of {name}_step that an inference takes, and an estimate of the cycles of the longest. */
            #define {upper}_PIECES {pieces.Steps.Length}
            #define {upper}_PIECE_CYCLES {(long)pieces.LongestCycles}

            /* What {name}_step did: nothing, for the outputs are in the arena; a piece{(model.StreamsInput ? "; nothing, for it needs a row of the input" : "")}{(model.WeightStorage == WeightStorage.Blob ? "; nothing, for it has no weights" : "")}. */
            enum {"{"} {upper}_STEP_DONE = 0, {upper}_STEP_MORE = 1{(model.StreamsInput ? $", {upper}_STEP_ROW = 2" : "")}{(model.WeightStorage == WeightStorage.Blob ? $", {upper}_STEP_REFUSED = -1" : "")} {"}"};

            /* How far an inference is. All zero before its first piece; a field is read by nobody else{(model.StreamsInput ? ", but for `row` and `destination`" : "")}. */
            """);
        writer.Line("typedef struct {");
        if (model.StreamsInput)
        {
            writer.Line("    void *destination;");
            writer.Line("    uint32_t row;");
        }
        writer.Line($"    {Index(calls)} at{(calls.Table.HasLoops ? ", body, tail, times" : "")};");
        writer.Line($"    {CTableWalk.Counter(calls)} next[{model.Graph.Nodes.Length + 1}];");
        writer.Line($"{"}"} {name}_progress;");
        writer.Line();
        writer.Line(!model.StreamsInput ? "/* Runs the next piece of an inference; the arena must be as the piece before left it. */" : $"""
            /* Runs the next piece of an inference; the arena must be as the piece before left it. After {upper}_STEP_ROW the application
               writes row `row` of the input ({upper}_INPUT0_ROW_BYTES bytes, NHWC order) to `destination`, and goes on when all of it is there. */
            """);
        writer.Line($"int {name}_step(uint8_t *arena, {name}_progress *progress);");
    }

    /// <summary>For the source file.</summary>
    public static void Write(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        CTableWalk.Table(writer, model, calls);
        using (writer.Block($"MN_OPAQUE int {model.Name}_step(uint8_t *arena, {model.Name}_progress *progress)"))
            Step(writer, model, calls);
        writer.Line();
    }

    /// <summary>The body of the invoke function.</summary>
    public static void Invoke(CodeWriter writer, CompiledModel model)
    {
        var step = $"{model.Name}_step(arena, &progress)";
        writer.Line($"{model.Name}_progress progress = {{0}};");
        if (!model.StreamsInput)
        {
            writer.Line($"while ({step} != {model.Name.ToUpperInvariant()}_STEP_DONE) {{}}");
            return;
        }
        writer.Line($"""
            for (int did = {step}; did != {model.Name.ToUpperInvariant()}_STEP_DONE; did = {step})
                if (did == {model.Name.ToUpperInvariant()}_STEP_ROW)
                    source(context, progress.row, progress.destination);
            """);
    }

    private static string Index(CallSequence calls) => calls.Table.Words.Length <= ushort.MaxValue ? "uint16_t" : "uint32_t";

    private static void Step(CodeWriter writer, CompiledModel model, CallSequence calls)
    {
        var (name, upper, index) = (model.Name, model.Name.ToUpperInvariant(), Index(calls));
        writer.Line(CDriver.ArenaCheck(model));
        if (model.WeightStorage == WeightStorage.Blob)
            writer.Line($"if ({name}_weights == NULL)\n    return {upper}_STEP_REFUSED;");
        var loops = calls.Table.HasLoops;
        writer.Line("uint32_t at = progress->at;");
        if (loops)
            writer.Line("if (progress->times > 0 && at == progress->tail && --progress->times > 0)\n    at = progress->body;");
        writer.Line($"if (at == {calls.Table.Words.Length})\n    return {upper}_STEP_DONE;");
        if (loops)
        {
            writer.Line($"""
                if ({name}_program[at] == {calls.Table.LoopMark}) {"{"}
                    progress->body = ({index})(at + 3);
                    progress->tail = ({index})(at + 3 + 2u * {name}_program[at + 1]);
                    progress->times = {name}_program[at + 2];
                    at += 3;
                {"}"}
                """);
        }

        writer.Line($"""
            const uint32_t layer = {name}_program[at], count = {name}_program[at + 1], step = progress->next[layer];
            progress->at = ({index})(at + 2);
            progress->next[layer] = ({CTableWalk.Counter(calls)})(step + count);
            """);
        foreach (var (layer, place) in CTableWalk.Delivered(model, calls))
        {
            using (writer.Block($"if (layer == {layer})"))
            {
                writer.Line($"progress->row = step;");
                writer.Line($"progress->destination = mn_row(arena + {place.Offset}, step, {place.Slots}, {place.RowBytes});");
                writer.Line($"return {upper}_STEP_ROW;");
            }
        }
        CTableWalk.Switch(writer, model, calls, "step");
        writer.Line($"return {upper}_STEP_MORE;");
    }
}
