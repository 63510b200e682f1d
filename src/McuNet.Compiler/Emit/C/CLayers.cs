using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// One parameter block and one function per layer: the function calls the kernel for all rows where the layer runs by itself, else for the
/// steps that it is given, whose numbers it turns into row pointers.
/// </summary>
internal sealed class CLayers(DeviceProgram program, CConstants constants)
{
    public void Write(CodeWriter writer)
    {
        foreach (var layer in program.Called)
        {
            Comment(writer, layer);
            Parameters(writer, layer);
            Function(writer, layer);
            writer.Line();
        }
    }

    private static void Comment(CodeWriter writer, LayerCall layer)
    {
        var blocks = layer.BlockRows > 0 ? $", blocks of {layer.BlockRows} rows" : "";
        writer.Line($"/* Layer {layer.Number}: {CText.Comment(layer.Name)}, {layer.Kind}, {layer.Macs} MACs{blocks}");
        foreach (var input in layer.Memory.Inputs)
            writer.Line($"   in   {CText.Buffer(input, CNames.Type(input.Type.Element))}");
        writer.Line($"   out  {CText.Buffer(layer.Memory.Output, CNames.Type(layer.Memory.Output.Type.Element))} */");
    }

    private void Parameters(CodeWriter writer, LayerCall layer)
    {
        writer.Line($"static const {layer.Kernel.ParameterType} {program.Name}_layer_{layer.Number} = {{");
        var known = layer.Kernel.Parameters.Where(p => !IsLocal(layer) || p is not TableParameter).ToArray();
        if (known.Length == 0)
            writer.Line("    0,");
        foreach (var parameter in known)
        {
            writer.Line($"    .{parameter.Name} = {CText.Value(parameter, constants.NameOf)},");
        }
        writer.Line("};");
    }

    /// <summary>Whether the parameter block is completed when the layer runs, because its tables lie where the application says.</summary>
    private bool IsLocal(LayerCall layer) => program.WeightStorage == WeightStorage.Blob && layer.HasTables;

    private void Complete(CodeWriter writer, LayerCall layer)
    {
        if (!IsLocal(layer))
            return;
        writer.Line($"{layer.Kernel.ParameterType} layer = {program.Name}_layer_{layer.Number};");
        foreach (var parameter in layer.Kernel.Parameters.OfType<TableParameter>())
            writer.Line($"layer.{parameter.Name} = {constants.NameOf(parameter.Table)};");
    }

    private void Function(CodeWriter writer, LayerCall layer)
    {
        if (layer.Part is { } part)
            Whole(writer, layer, part);
        else
            Steps(writer, layer);
    }

    private void Whole(CodeWriter writer, LayerCall layer, LayerPart part)
    {
        using (writer.Block($"{(layer.IsInlined ? "MN_INLINE" : "MN_SHARED")} void {program.Name}_run_{layer.Number}(uint8_t *arena)"))
        {
            Complete(writer, layer);
            if (layer.IsOneCall)
            {
                Call(writer, layer, new(0, part.Steps));
                return;
            }
            using (writer.Block($"for (uint32_t step = 0; step < {part.Steps}u; step++)"))
                Call(writer, layer, null);
        }
    }

    private void Steps(CodeWriter writer, LayerCall layer)
    {
        using (writer.Block($"MN_SHARED void {program.Name}_step_{layer.Number}(uint8_t *arena, uint32_t step, uint32_t count)"))
        {
            Complete(writer, layer);
            if (layer.IsOneCall)
            {
                Call(writer, layer, null);
                writer.Line("(void)step;");
                writer.Line("(void)count;");
                return;
            }
            using (writer.Block("for (; count > 0; count--, step++)"))
                Call(writer, layer, null);
        }
    }

    private void Call(CodeWriter writer, LayerCall layer, RowRange? range) =>
        CCall.InArena.Write(writer, layer, IsLocal(layer) ? "layer" : $"{program.Name}_layer_{layer.Number}", range);
}
