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
        var (port, lag) = (
            $"{upper}_INPUT{sliding.Port}",
            $"the window that ended {sliding.Lag} {rows} ago, whose layers see {rows} of the stream in place of padding"
        );
        writer.Line(
            $"""
            /* Input {sliding.Port} takes {rows} of a stream, {port}_{side} for each inference: those that are new in a window of {port}_WINDOW_{side}.
               The model keeps in its states what it needs of the {rows} before. Outputs are the model's for {(
                sliding.IsPadded ? "that window" : lag
            )}.
               Those of the first {upper}_WARMUP inferences after a reset still depend on what the states were set to: leave them alone. */
            #define {port}_WINDOW_{side} {sliding.Rows}
            #define {upper}_WARMUP {sliding.WarmUp}

            """
        );
    }
}
