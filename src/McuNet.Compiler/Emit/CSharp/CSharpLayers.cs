using System;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>One method per layer: it turns step numbers into offsets of the arena and calls the kernel.</summary>
internal sealed class CSharpLayers(CompiledModel model, ManagedLayout layout, CSharpTables tables)
{
    public void Write(CodeWriter writer)
    {
        foreach (var node in model.Graph.Nodes.Where(n => !model.ManagedKernels[n.Id.Value].IsDelivery))
        {
            var rows = node.Operator.Rows(model.Graph.TypesOf(node));
            RowMap(writer, node, rows);
            Comment(writer, node);
            Method(writer, node, rows);
            writer.Line();
        }
    }

    private void Comment(CodeWriter writer, Node node)
    {
        writer.Line($"// Layer {node.Id.Value}: {CText.Comment(node.Name)}, {node.Operator.Kind}, {node.Operator.Macs(model.Graph.TypesOf(node))} MACs");
        foreach (var input in node.Inputs)
            writer.Line($"//   in   {Describe(input)}");
        writer.Line($"//   out  {Describe(node.Output)}");
    }

    private string Describe(TensorId tensor)
    {
        var (type, place) = (model.Graph[tensor].Type, model.Memory.Tensors[tensor.Value]!);
        var quantization = type.IsQuantized ? $" scale {Literals.Single(type.Scale)} zero {type.ZeroPoint}" : "";
        var ring = place.IsRing ? $" ring of {place.Slots} rows" : "";
        return $"{type.Shape} {type.Element}{quantization}, arena [{place.Offset}, {place.End}){ring}";
    }

    private static void RowMap(CodeWriter writer, Node node, RowDependency rows)
    {
        if (rows is MappedRows mapped && Ratio(mapped) == 0)
            CSharpTables.Write(writer, TableType.UInt16, $"Rows{node.Id.Value}", mapped.Source.Select(CSharpNames.Number));
    }

    /// <summary>The number of times that every row is repeated, 0 where that varies.</summary>
    private static int Ratio(MappedRows rows) =>
        Enumerable.Range(1, rows.Source.Length).FirstOrDefault(f => rows.Source.Select((row, y) => row == y / f).All(equal => equal));

    private void Method(CodeWriter writer, Node node, RowDependency rows)
    {
        using (writer.Block($"private static void Step{node.Id.Value}(sbyte[] arena, int[] accumulators, int step, int count)"))
        {
            if (rows.Steps == 1 || IsLongRow(node, rows))
            {
                Call(writer, node, rows);
                return;
            }
            using (writer.Block("for (; count > 0; count--, step++)"))
                Call(writer, node, rows);
        }
    }

    private void Call(CodeWriter writer, Node node, RowDependency rows)
    {
        var kernel = model.ManagedKernels[node.Id.Value];
        if (kernel.Arguments.Contains(KernelArgument.Window))
            Window(writer, node, (WindowRows)rows);
        for (var i = 0; kernel.Arguments.Contains(KernelArgument.Rows) && i < node.Inputs.Length; i++)
            writer.Line($"accumulators[{i}] = {Row(node.Inputs[i], InputRow(node, rows, i))};");
        var arguments = string.Join(", ", kernel.Arguments.Select(a => Argument(node, rows, a)).Prepend("arena"));
        writer.Line($"Kernels.{CSharpNames.Kernel(kernel.Function)}({arguments},");
        writer.Line("    " + string.Join(", ", kernel.Parameters.Select(p => $"{CSharpNames.Parameter(p.Name)}: {Value(p)}")) + ");");
    }

    private string Value(KernelParameter parameter) => parameter switch
    {
        TableParameter table => tables.NameOf(table.Table),
        RealParameter real => Literals.Single(real.Value),
        IntegerParameter integer => Literals.Int32(integer.Value),
        _ => throw new InvalidOperationException(),
    };

    private void Window(CodeWriter writer, Node node, WindowRows rows)
    {
        var (window, place) = (rows.Window, model.Memory.Tensors[node.Inputs[0].Value]!);
        writer.Line($"Kernels.Window(accumulators, {window.KernelHeight}, {place.Offset}, step * {window.StrideHeight} - {window.PadTop}, "
            + $"{window.DilationHeight}, {rows.InputHeight}, {place.Slots}, {place.RowBytes});");
    }

    private string Argument(Node node, RowDependency rows, KernelArgument argument) => argument switch
    {
        KernelArgument.Window or KernelArgument.Rows => "accumulators",
        KernelArgument.Row0 => Row(node.Inputs[0], InputRow(node, rows, 0)),
        KernelArgument.Row1 => Row(node.Inputs[1], InputRow(node, rows, 1)),
        KernelArgument.Whole0 => Row(node.Inputs[0], "0"),
        KernelArgument.Output => Row(node.Output, rows is AccumulatedRows or AllRows ? "0" : "step"),
        KernelArgument.Columns => IsLongRow(node, rows) ? $"0, count * {OutputWidth(node)}" : $"0, {OutputWidth(node)}",
        KernelArgument.Step => "step",
        KernelArgument.Scratch => CSharpNames.Number(layout.ScratchOf(node.Id.Value)),
        KernelArgument.State => $"accumulators, {layout.StateOf(node.Id.Value)}",
        _ => throw new InvalidOperationException(),
    };

    private static string InputRow(Node node, RowDependency rows, int input) => rows switch
    {
        BroadcastRows when input > 0 => "0",
        MappedRows mapped => Ratio(mapped) is var ratio and > 0 ? $"step / {ratio}" : $"Rows{node.Id.Value}[step]",
        WindowRows { Window: var window } => $"step * {window.StrideHeight}",
        _ => "step",
    };

    private string Row(TensorId tensor, string row)
    {
        var place = model.Memory.Tensors[tensor.Value]!;
        return row == "0" ? CSharpNames.Number(place.Offset)
            : place.IsRing ? $"Kernels.Row({place.Offset}, {row}, {place.Slots}, {place.RowBytes})"
            : $"{place.Offset} + {row} * {place.RowBytes}";
    }

    /// <summary>Whether joined rows are one long row to the kernel; elsewhere they run one after the other.</summary>
    private bool IsLongRow(Node node, RowDependency rows) => rows.Joinable && model.Schedule.IsJoined(node.Id);

    private int OutputWidth(Node node) => model.Graph[node.Output].Type.Shape.Width;
}
