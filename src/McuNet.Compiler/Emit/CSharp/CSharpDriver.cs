using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>The table of steps and the public method that walks it.</summary>
internal static class CSharpDriver
{
    public static void Write(CodeWriter writer, CompiledModel model, ManagedLayout layout)
    {
        var program = StepProgram.From(model.Schedule);
        Documentation(writer, model);
        var signature = model.StreamsInput
            ? $"public static void InvokeRows(sbyte[] arena, int[] accumulators, {CSharpNames.RowSource(model.Name)} source)"
            : "public static void Invoke(sbyte[] arena, int[] accumulators)";
        using (writer.Block(signature))
        {
            Preconditions(writer);
            writer.Line($"""
                for (int i = 0; i <= {model.Graph.Nodes.Length}; i++)
                    accumulators[{layout.NextSteps} + i] = 0;
                ReadOnlySpan<{Word(program)}> program = Program;
                int at = 0, body = 0, tail = -1, times = 0;
                """);
            using (writer.Block("while (true)"))
                Body(writer, model, layout, program);
        }
        writer.Line();
        writer.Line($"// The schedule: pairs (layer, steps), and loops ({program.LoopMark}, pairs in the body, times).");
        CSharpTables.Write(writer, program.IsBytes ? TableType.UInt8 : TableType.UInt16, "Program", program.Words.Select(CSharpNames.Number));
    }

    private static string Word(StepProgram program) => program.IsBytes ? "byte" : "ushort";

    private static void Documentation(CodeWriter writer, CompiledModel model) => writer.Line(model.StreamsInput
        ? $"""
          /// <summary>Runs one inference and asks for the input row by row: the whole input is never in memory. Allocates nothing.</summary>
          /// <param name="arena">At least <see cref="ArenaBytes"/> elements; holds the outputs afterwards.</param>
          /// <param name="accumulators">At least <see cref="AccumulatorWords"/> elements; nothing in it lasts.</param>
          /// <param name="source">Called for the rows 0, 1, 2, ... in order{(model.InputPasses == 1 ? "" : ", and again from row 0 on, <see cref=\"InputPasses\"/> times in all; each time the same rows")}.</param>
          /// <exception cref="ArgumentException">An array is too short.</exception>
          """
        : """
          /// <summary>Runs one inference: reads the inputs from the arena, leaves the outputs there. Inputs do not survive. Allocates nothing.</summary>
          /// <param name="arena">At least <see cref="ArenaBytes"/> elements.</param>
          /// <param name="accumulators">At least <see cref="AccumulatorWords"/> elements; nothing in it lasts.</param>
          /// <exception cref="ArgumentException">An array is too short.</exception>
          """);

    private static void Preconditions(CodeWriter writer) => writer.Line("""
        if (arena.Length < ArenaBytes)
            throw new ArgumentException("The arena is too short.", nameof(arena));
        if (accumulators.Length < AccumulatorWords)
            throw new ArgumentException("There are too few words.", nameof(accumulators));
        """);

    private static void Body(CodeWriter writer, CompiledModel model, ManagedLayout layout, StepProgram program)
    {
        writer.Line($$"""
            if (at == tail)
            {
                if (--times > 0)
                    at = body;
                else
                    tail = -1;
            }
            if (at == program.Length)
                return;
            if (program[at] == {{program.LoopMark}})
            {
                body = at + 3;
                tail = body + 2 * program[at + 1];
                times = program[at + 2];
                at = body;
            }
            int layer = program[at], count = program[at + 1], step = accumulators[{{layout.NextSteps}} + layer];
            accumulators[{{layout.NextSteps}} + layer] = step + count;
            at += 2;
            """);
        using (writer.Block("switch (layer)"))
        {
            foreach (var node in model.Graph.Nodes.Where(n => !model.ManagedKernels[n.Id.Value].IsDelivery))
            {
                writer.Line($"case {node.Id.Value}:");
                writer.Line($"    Step{node.Id.Value}(arena, accumulators, step, count);");
                writer.Line("    break;");
            }
            if (!model.StreamsInput)
                return;
            Delivery(writer, program.InputLayer, model.Memory.Tensors[model.Graph.Inputs[0].Tensor.Value]!);
            foreach (var node in model.Graph.Nodes.Where(n => model.ManagedKernels[n.Id.Value].IsDelivery))
                Delivery(writer, node.Id.Value, model.Memory.Tensors[node.Output.Value]!);
        }
    }

    private static void Delivery(CodeWriter writer, int layer, PlacedTensor place)
    {
        writer.Line($"case {layer}:");
        writer.Line("    for (; count > 0; count--, step++)");
        writer.Line($"        source(step, arena, Kernels.Row({place.Offset}, step, {place.Slots}, {place.RowBytes}));");
        writer.Line("    break;");
    }
}
