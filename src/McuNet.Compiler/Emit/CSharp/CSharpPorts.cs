using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>The constants that callers of an engine need: sizes of the two arrays, place and quantisation of inputs and outputs.</summary>
internal static class CSharpPorts
{
    public static void Write(CodeWriter writer, DeviceProgram program)
    {
        Constant(writer, "int", "ArenaBytes", CSharpNames.Number(program.Memory.ArenaBytes), "Length of the arena.");
        Constant(writer, "int", "AccumulatorWords", CSharpNames.Number(program.Memory.Words!.Count), "Length of the array of words.");
        if (program.Delivery is { } delivery)
            Constant(
                writer,
                "int",
                "InputPasses",
                CSharpNames.Number(delivery.Passes),
                "How often an inference goes through the rows of the input."
            );
        if (program.Sliding is { } sliding)
        {
            var (side, rows) = sliding.InColumns ? ("Width", "Columns") : ("Height", "Rows");
            Constant(
                writer,
                "int",
                $"Input{sliding.Port}Window{side}",
                CSharpNames.Number(sliding.Rows),
                $"{rows} of the window, of which an inference takes the new."
            );
            Constant(
                writer,
                "int",
                "WarmUp",
                CSharpNames.Number(sliding.WarmUp),
                "Inferences after a reset whose outputs do not count yet."
            );
        }
        for (var i = 0; i < program.Inputs.Length; i++)
            Port(writer, program.Inputs[i], $"Input{i}");
        for (var i = 0; i < program.Outputs.Length; i++)
            Port(writer, program.Outputs[i], $"Output{i}");
        for (var i = 0; i < program.States.Length; i++)
            State(writer, program.States[i], $"State{i}");
        writer.Line();
    }

    private static void State(CodeWriter writer, ProgramState state, string prefix)
    {
        var type = state.Begin.Type;
        writer.Line();
        var what = state.KeepsRows
            ? $"rows of {CText.Comment(state.Begin.Name)}"
            : $"{CText.Comment(state.Begin.Name)}, then {CText.Comment(state.End.Name)}";
        writer.Line($"// {what}: {type.Shape} {type.Element}, kept from one inference to the next");
        Constant(writer, "int", prefix + "Offset", CSharpNames.Number(state.Begin.Buffer.Offset), "First element in the arena.");
        Constant(writer, "int", prefix + "Bytes", CSharpNames.Number(type.Bytes), "Arena elements of the whole state.");
    }

    private static void Port(CodeWriter writer, ProgramPort port, string prefix)
    {
        var type = port.Type;
        writer.Line();
        writer.Line($"// {CText.Comment(port.Name)}: {type.Shape} {type.Element}");
        if (!port.IsStreamed)
            Constant(writer, "int", prefix + "Offset", CSharpNames.Number(port.Buffer.Offset), "First element in the arena.");
        Constant(writer, "int", prefix + "Bytes", CSharpNames.Number(type.Bytes), "Arena elements of the whole tensor.");
        Constant(writer, "int", prefix + "RowBytes", CSharpNames.Number(type.RowBytes), "Arena elements of one row.");
        if (!type.IsQuantized)
            return;
        Constant(writer, "float", prefix + "Scale", Literals.Single(type.Scale), "Real value of one step.");
        Constant(writer, "int", prefix + "ZeroPoint", CSharpNames.Number(type.ZeroPoint), "Stands for the real value 0.");
    }

    private static void Constant(CodeWriter writer, string type, string name, string value, string meaning)
    {
        writer.Line($"/// <summary>{meaning}</summary>");
        writer.Line($"public const {type} {name} = {value};");
    }
}
