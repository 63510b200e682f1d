using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>The constants that callers of an engine need: sizes of the two arrays, place and quantisation of inputs and outputs.</summary>
internal static class CSharpPorts
{
    public static void Write(CodeWriter writer, CompiledModel model, ManagedLayout layout)
    {
        Constant(writer, "int", "ArenaBytes", CSharpNames.Number(layout.ArenaBytes), "Length of the arena.");
        Constant(writer, "int", "AccumulatorWords", CSharpNames.Number(layout.Words), "Length of the array of words.");
        if (model.StreamsInput)
            Constant(writer, "int", "InputPasses", CSharpNames.Number(model.InputPasses), "How often an inference goes through the rows of the input.");
        for (var i = 0; i < model.Graph.Inputs.Length; i++)
            Port(writer, model, model.Graph.Inputs[i], $"Input{i}", resident: !model.StreamsInput);
        for (var i = 0; i < model.Graph.Outputs.Length; i++)
            Port(writer, model, model.Graph.Outputs[i], $"Output{i}", resident: true);
        writer.Line();
    }

    private static void Port(CodeWriter writer, CompiledModel model, GraphPort port, string prefix, bool resident)
    {
        var type = model.Graph[port.Tensor].Type;
        writer.Line();
        writer.Line($"// {CText.Comment(port.Name)}: {type.Shape} {type.Element}");
        if (resident)
            Constant(writer, "int", prefix + "Offset", CSharpNames.Number(model.Memory.Tensors[port.Tensor.Value]!.Offset), "First element in the arena.");
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
