using System;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>One parameter block and one method per layer: the method turns step numbers into offsets of the arena and calls the
/// kernel.</summary>
internal sealed class CSharpLayers(DeviceProgram program, CSharpTables tables)
{
    public void Write(CodeWriter writer)
    {
        foreach (var layer in program.Called)
        {
            RowMaps(writer, layer);
            Comment(writer, layer);
            Parameters(writer, layer);
            Method(writer, layer);
            writer.Line();
        }
    }

    /// <summary>The methods alone.</summary>
    public void WriteMethods(CodeWriter writer)
    {
        foreach (var layer in program.Called)
            Method(writer, layer);
    }

    private static void Comment(CodeWriter writer, LayerCall layer)
    {
        writer.Line($"// Layer {layer.Number}: {CText.Comment(layer.Name)}, {layer.Kind}, {layer.Macs} MACs");
        foreach (var input in layer.Memory.Inputs)
            writer.Line($"//   in   {CText.Buffer(input, input.Type.Element.ToString())}");
        writer.Line($"//   out  {CText.Buffer(layer.Memory.Output, layer.Memory.Output.Type.Element.ToString())}");
    }

    private static void RowMaps(CodeWriter writer, LayerCall layer)
    {
        foreach (var mapped in layer.Arguments.OfType<RowArgument>().Select(a => a.Row.Index).OfType<MappedRow>().Where(m => m.Ratio == 0))
            CSharpTables.Write(writer, TableType.UInt16, $"Rows{layer.Number}", mapped.Source.Select(CSharpNames.Number));
    }

    private void Parameters(CodeWriter writer, LayerCall layer)
    {
        var type = CSharpNames.Pascal(layer.Kernel.ParameterType);
        using (writer.Block($"private static readonly {type} Layer{layer.Number} = new {type}", ";"))
        {
            foreach (var parameter in layer.Kernel.Parameters)
                writer.Line($"{CSharpNames.Pascal(parameter.Name)} = {CText.Value(parameter, tables.NameOf)},");
        }
        writer.Line();
    }

    private static void Method(CodeWriter writer, LayerCall layer)
    {
        using (writer.Block($"private static void Step{layer.Number}(sbyte[] arena, int[] accumulators, int step, int count)"))
        {
            if (layer.IsOneCall)
            {
                Call(writer, layer);
                return;
            }
            using (writer.Block("for (; count > 0; count--, step++)"))
                Call(writer, layer);
        }
    }

    private static void Call(CodeWriter writer, LayerCall layer)
    {
        foreach (var argument in layer.Arguments)
        {
            if (argument is WindowArgument { Buffer: var buffer, Rows: var rows })
            {
                writer.Line(
                    $"Kernels.Window(accumulators, {rows.Count}, {buffer.Offset}, {Index(layer, rows.First)}, "
                        + $"{rows.Dilation}, {rows.Height}, {buffer.Slots}, {buffer.RowBytes});"
                );
            }
            else if (argument is RowsArgument several)
            {
                for (var i = 0; i < several.Rows.Length; i++)
                    writer.Line($"accumulators[{i}] = {Row(layer, several.Rows[i])};");
            }
        }
        var arguments = string.Join(", ", layer.Arguments.Select(a => Argument(layer, a)));
        writer.Line($"Kernels.{CSharpNames.Kernel(layer.Kernel.Function)}(Layer{layer.Number}, arena, {arguments});");
    }

    private static string Argument(LayerCall layer, CallArgument argument) =>
        argument switch
        {
            WindowArgument or RowsArgument => "accumulators",
            RowArgument row => Row(layer, row.Row),
            PieceArgument { Pieces: var pieces } => string.Join(
                " : ",
                pieces.Select((p, i) => (i == pieces.Length - 1 ? "" : $"step < {p.End} ? ") + (p.Row is { } row ? Row(layer, row) : "-1"))
            ),
            BufferArgument { Buffer: var buffer } => $"{buffer.Offset}, {buffer.Slots}",
            ColumnsArgument { Begin: { } begin } columns => $"{begin}, {(columns.PerRow ? "count * " : "")}{columns.End}",
            StepArgument => "step",
            ScratchArgument scratch => CSharpNames.Number(scratch.Offset),
            StateArgument state => $"accumulators, {state.Offset}",
            _ => throw new InvalidOperationException(),
        };

    private static string Row(LayerCall layer, RowReference reference)
    {
        var (buffer, index) = (reference.Buffer, Index(layer, reference.Index));
        var row = reference.Index is StridedRow { Pad: not 0 } ? $"({index})" : index;
        return row == "0" ? CSharpNames.Number(buffer.Offset)
            : buffer.IsRing ? $"Kernels.Row({buffer.Offset}, {row}, {buffer.Slots}, {buffer.RowBytes})"
            : $"{buffer.Offset} + {row} * {buffer.RowBytes}";
    }

    private static string Index(LayerCall layer, RowIndex index) =>
        index switch
        {
            FirstRow => "0",
            StridedRow strided => (strided.Stride == 1 ? "step" : $"step * {strided.Stride}")
                + (
                    strided.Pad == 0 ? ""
                    : strided.Pad < 0 ? $" + {-strided.Pad}"
                    : $" - {strided.Pad}"
                ),
            MappedRow { Ratio: > 0 and var ratio } => $"step / {ratio}",
            MappedRow => $"Rows{layer.Number}[step]",
            _ => throw new InvalidOperationException(),
        };
}
