using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>The table of steps and the public method that walks it.</summary>
internal static class CSharpDriver
{
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        var table = program.Calls.Table;
        Documentation(writer, program);
        var signature = program.Delivery is not null
            ? $"public static void InvokeRows(sbyte[] arena, int[] accumulators, {CSharpNames.RowSource(program.Name)} source)"
            : "public static void Invoke(sbyte[] arena, int[] accumulators)";
        using (writer.Block(signature))
        {
            Preconditions(writer);
            writer.Line(
                $"""
                for (int i = 0; i <= {program.Layers.Length}; i++)
                    accumulators[{program.Memory.Words!.NextSteps} + i] = 0;
                {Word(table)}[] program = Program;
                int at = 0, body = 0, tail = -1, times = 0;
                """
            );
            using (writer.Block("while (true)"))
                Body(writer, program);
        }
        Reset(writer, program);
        writer.Line();
        writer.Line($"// The schedule: pairs (layer, steps), and loops ({table.LoopMark}, pairs in the body, times).");
        CSharpTables.Write(writer, table.IsBytes ? TableType.UInt8 : TableType.UInt16, "Program", table.Words.Select(CSharpNames.Number));
    }

    private static string Word(StepTable table) => table.IsBytes ? "byte" : "ushort";

    private static void Documentation(CodeWriter writer, DeviceProgram program) =>
        writer.Line(
            program.Delivery is not null
                ? $"""
                /// <summary>Runs one inference and asks for the input row by row: the whole input is never in memory. Allocates nothing but
                /// the constants, once.</summary>
                /// <param name="arena">At least <see cref="ArenaBytes"/> elements; holds the outputs afterwards.</param>
                /// <param name="accumulators">At least <see cref="AccumulatorWords"/> elements; nothing in it lasts.</param>
                /// <param name="source">Called for the rows 0, 1, 2, ... in order{(
                    program.Delivery?.Passes == 1
                        ? ""
                        : ", and again from row 0 on, <see cref=\"InputPasses\"/> times in all; each time the same rows"
                )}.</param>
                /// <exception cref="ArgumentException">An array is too short.</exception>
                """
                : """
                /// <summary>Runs one inference: reads the inputs from the arena, leaves the outputs there. Inputs do not survive. Allocates
                /// nothing but the constants, once.</summary>
                /// <param name="arena">At least <see cref="ArenaBytes"/> elements.</param>
                /// <param name="accumulators">At least <see cref="AccumulatorWords"/> elements; nothing in it lasts.</param>
                /// <exception cref="ArgumentException">An array is too short.</exception>
                """
        );

    private static void Preconditions(CodeWriter writer) =>
        writer.Line(
            """
            if (arena.Length < ArenaBytes)
                throw new ArgumentException("The arena is too short.", nameof(arena));
            if (accumulators.Length < AccumulatorWords)
                throw new ArgumentException("There are too few words.", nameof(accumulators));
            """
        );

    private static void Reset(CodeWriter writer, DeviceProgram program)
    {
        if (program.States.IsEmpty)
            return;
        writer.Line();
        writer.Line(
            """
            /// <summary>Sets what lasts from one inference to the next to the real number 0: before the first inference in an arena, and
            /// where a new stream begins.</summary>
            /// <param name="arena">At least <see cref="ArenaBytes"/> elements.</param>
            /// <exception cref="ArgumentException">The arena is too short.</exception>
            """
        );
        using (writer.Block("public static void Reset(sbyte[] arena)"))
        {
            writer.Line("if (arena.Length < ArenaBytes)\n    throw new ArgumentException(\"The arena is too short.\", nameof(arena));");
            foreach (var state in program.States)
            {
                var offset = state.Begin.Buffer.Offset;
                writer.Line($"for (int i = {offset}; i < {offset + state.Begin.Type.Bytes}; i++)");
                writer.Line($"    arena[i] = {unchecked((sbyte)state.StartByte)};");
            }
        }
    }

    /// <summary>Ends an inference, with states that became elsewhere in their places.</summary>
    private static void Return(CodeWriter writer, DeviceProgram program)
    {
        const string Condition = "if (at == program.Length)";
        if (!program.CopiedStates.Any())
        {
            writer.Line(Condition + "\n    return;");
            return;
        }
        using (writer.Block(Condition))
        {
            foreach (var state in program.CopiedStates)
                writer.Line($"Array.Copy(arena, {state.End.Buffer.Offset}, arena, {state.Begin.Buffer.Offset}, {state.Begin.Type.Bytes});");
            writer.Line("return;");
        }
    }

    private static void Body(CodeWriter writer, DeviceProgram program)
    {
        writer.Line(
            $$"""
            if (at == tail)
            {
                if (--times > 0)
                    at = body;
                else
                    tail = -1;
            }
            """
        );
        Return(writer, program);
        writer.Line(
            $$"""
            if (program[at] == {{program.Calls.Table.LoopMark}})
            {
                body = at + 3;
                tail = body + 2 * program[at + 1];
                times = program[at + 2];
                at = body;
            }
            int layer = program[at], count = program[at + 1], step = accumulators[{{program.Memory.Words!.NextSteps}} + layer];
            accumulators[{{program.Memory.Words!.NextSteps}} + layer] = step + count;
            at += 2;
            """
        );
        using (writer.Block("switch (layer)"))
        {
            foreach (var called in program.Called)
            {
                writer.Line($"case {called.Number}:");
                writer.Line($"    Step{called.Number}(arena, accumulators, step, count);");
                writer.Line("    break;");
            }
            foreach (var (number, buffer) in program.Delivery?.Places ?? [])
                Delivery(writer, number, buffer);
        }
    }

    private static void Delivery(CodeWriter writer, int layer, TensorBuffer place)
    {
        writer.Line($"case {layer}:");
        writer.Line("    for (; count > 0; count--, step++)");
        writer.Line($"        source(step, arena, Kernels.Row({place.Offset}, step, {place.Slots}, {place.RowBytes}));");
        writer.Line("    break;");
    }
}
