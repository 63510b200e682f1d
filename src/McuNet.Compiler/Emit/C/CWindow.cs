using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>What a header says of an input whose window moves on.</summary>
internal static class CWindow
{
    public static void Declare(CodeWriter writer, DeviceProgram program)
    {
        if (program.Sliding is not { } sliding)
            return;
        var upper = program.Name.ToUpperInvariant();
        var (rows, side) = sliding.InColumns ? ("columns", "WIDTH") : ("rows", "HEIGHT");
        var meaning = sliding.IsPadded ? "the model's for that window" : $"the model's for the window that ended {sliding.Lag} {rows} ago, whose layers see {rows} of the stream in place of padding along time";
        writer.Line($"""
            /* Input {sliding.Port} takes {rows} of a stream, {upper}_INPUT{sliding.Port}_{side} for each inference: those that are new in a window of {upper}_INPUT{sliding.Port}_WINDOW_{side}. The model keeps
               in its states what it needs of the {rows} before. Outputs are {meaning}.
               Those of the first {upper}_WARMUP inferences after a reset still depend on what the states were set to: leave them alone. */
            #define {upper}_INPUT{sliding.Port}_WINDOW_{side} {sliding.Rows}
            #define {upper}_WARMUP {sliding.WarmUp}

            """);
    }
}
