using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// One parameter block and one function per layer: the function calls the kernel for all rows where the layer runs by itself, else for the steps
/// that it is given, whose numbers it turns into row pointers.
/// </summary>
internal sealed class CLayers(CompiledModel model, CallSequence calls, CConstants constants)
{
    public void Write(CodeWriter writer)
    {
        foreach (var node in model.Graph.Nodes.Where(n => !model.Kernels[n.Id.Value].IsDelivery))
        {
            Comment(writer, node);
            Parameters(writer, node);
            Function(writer, node);
            writer.Line();
        }
    }

    private void Comment(CodeWriter writer, Node node)
    {
        var types = model.Graph.TypesOf(node);
        writer.Line($"/* Layer {node.Id.Value}: {CText.Comment(node.Name)}, {node.Operator.Kind}, {node.Operator.Macs(types)} MACs{Blocks(node)}");
        for (var i = 0; i < node.Inputs.Length; i++)
            writer.Line($"   in   {Describe(node.Inputs[i])}");
        writer.Line($"   out  {Describe(node.Output)} */");
    }

    private string Blocks(Node node) =>
        model.Schedule.BlockRows()[node.Id.Value] is var rows and > 0 && rows < model.Graph[node.Output].Type.Shape.Height ? $", blocks of {rows} rows" : "";

    private string Describe(TensorId tensor)
    {
        var (type, place) = (model.Graph[tensor].Type, model.Memory.Tensors[tensor.Value]!);
        var quantization = type.IsQuantized ? $" scale {Literals.Single(type.Scale)} zero {type.ZeroPoint}" : "";
        var ring = place.IsRing ? $" ring of {place.Slots} rows" : "";
        return $"{type.Shape} {CNames.Type(type.Element)}{quantization}, arena [{place.Offset}, {place.End}){ring}";
    }

    private void Parameters(CodeWriter writer, Node node)
    {
        var kernel = model.Kernels[node.Id.Value];
        writer.Line($"static const {kernel.ParameterType} {model.Name}_layer_{node.Id.Value} = {{");
        var known = kernel.Parameters.Where(p => !IsLocal(node) || p is not TableParameter).ToArray();
        if (known.Length == 0)
            writer.Line("    0,");
        foreach (var parameter in known)
        {
            var value = parameter switch
            {
                TableParameter table => constants.NameOf(table.Table),
                RealParameter real => Literals.Single(real.Value),
                IntegerParameter integer => Literals.Int32(integer.Value),
                _ => throw new InvalidOperationException(),
            };
            writer.Line($"    .{parameter.Name} = {value},");
        }
        writer.Line("};");
    }

    /// <summary>Whether the parameter block is completed when the layer runs, because its tables lie where the application says.</summary>
    private bool IsLocal(Node node) => model.WeightStorage == WeightStorage.Blob && model.Kernels[node.Id.Value].Parameters.OfType<TableParameter>().Any();

    private void Complete(CodeWriter writer, Node node)
    {
        if (!IsLocal(node))
            return;
        var kernel = model.Kernels[node.Id.Value];
        writer.Line($"{kernel.ParameterType} layer = {model.Name}_layer_{node.Id.Value};");
        foreach (var parameter in kernel.Parameters.OfType<TableParameter>())
            writer.Line($"layer.{parameter.Name} = {constants.NameOf(parameter.Table)};");
    }

    private void Function(CodeWriter writer, Node node)
    {
        if (calls.LayerOf(node.Id.Value) is { } part)
            Whole(writer, node, part);
        else
            Steps(writer, node);
    }

    private void Whole(CodeWriter writer, Node node, LayerPart part)
    {
        var single = part.Joined || part.Steps == 1;
        using (writer.Block($"{(single && IsShared(node) ? "MN_INLINE" : "MN_SHARED")} void {model.Name}_run_{node.Id.Value}(uint8_t *arena)"))
        {
            Complete(writer, node);
            if (single)
            {
                Call(writer, node, new(0, part.Steps));
                return;
            }
            using (writer.Block($"for (uint32_t step = 0; step < {part.Steps}u; step++)"))
                Call(writer, node, null);
        }
    }

    /// <summary>A layer with a kernel of its own stays a function: inlined, the kernel's stack would be that of the whole inference.</summary>
    private bool IsShared(Node node) => CEmitter.IsShared(model, model.Kernels[node.Id.Value].Function);

    private void Steps(CodeWriter writer, Node node)
    {
        using (writer.Block($"MN_SHARED void {model.Name}_step_{node.Id.Value}(uint8_t *arena, uint32_t step, uint32_t count)"))
        {
            Complete(writer, node);
            if (node.Operator.Rows(model.Graph.TypesOf(node)).Steps == 1 || model.Schedule.IsJoined(node.Id))
            {
                Call(writer, node, null);
                writer.Line("(void)step;");
                writer.Line("(void)count;");
                return;
            }
            using (writer.Block("for (; count > 0; count--, step++)"))
                Call(writer, node, null);
        }
    }

    /// <param name="range">The rows of the call; null where variables <c>step</c> and <c>count</c> hold them.</param>
    private void Call(CodeWriter writer, Node node, RowRange? range)
    {
        var kernel = model.Kernels[node.Id.Value];
        var rows = node.Operator.Rows(model.Graph.TypesOf(node));
        if (kernel.Arguments.Contains(KernelArgument.Window))
            Window(writer, node, (WindowRows)rows, range);
        if (kernel.Arguments.Contains(KernelArgument.Rows))
            writer.Line($"const int8_t *const rows[] = {{ {string.Join(", ", node.Inputs.Select((t, i) => Row(t, InputRow(rows, i, range), "const ")))} }};");
        var arguments = kernel.Arguments.Select(a => Argument(node, rows, a, range));
        writer.Line($"{kernel.Function}(&{(IsLocal(node) ? "layer" : $"{model.Name}_layer_{node.Id.Value}")}, {string.Join(", ", arguments)});");
    }

    private void Window(CodeWriter writer, Node node, WindowRows rows, RowRange? range)
    {
        var (window, place) = (rows.Window, model.Memory.Tensors[node.Inputs[0].Value]!);
        var first = range is { } known ? $"{known.Begin * window.StrideHeight - window.PadTop}" : $"(int32_t)step * {window.StrideHeight} - {window.PadTop}";
        writer.Line($"const int8_t *rows[{window.KernelHeight}];");
        writer.Line($"mn_window(rows, {window.KernelHeight}, arena + {place.Offset}, {first}, "
            + $"{window.DilationHeight}, {rows.InputHeight}, {place.Slots}, {place.RowBytes});");
    }

    private string Argument(Node node, RowDependency rows, KernelArgument argument, RowRange? range) => argument switch
    {
        KernelArgument.Window or KernelArgument.Rows => "rows",
        KernelArgument.Row0 => Row(node.Inputs[0], InputRow(rows, 0, range), "const "),
        KernelArgument.Row1 => Row(node.Inputs[1], InputRow(rows, 1, range), "const "),
        KernelArgument.Whole0 => Row(node.Inputs[0], "0", "const "),
        KernelArgument.Buffer0 => Buffer(node.Inputs[0], "const "),
        KernelArgument.OutputBuffer => Buffer(node.Output, ""),
        KernelArgument.Block => range is { } known ? $"{known.Begin}, {known.Count}" : "step, count",
        KernelArgument.Output => Row(node.Output, rows is AccumulatedRows or AllRows ? "0" : Step(range), ""),
        KernelArgument.Columns => $"0, {Columns(node, range)}",
        KernelArgument.EndColumn => Columns(node, range),
        KernelArgument.Step => Step(range),
        KernelArgument.Scratch => $"arena + {model.Memory.ScratchOffset}",
        KernelArgument.State => $"(int32_t *)(void *)(arena + {model.Memory.StateOffsets[node.Id.Value]})",
        _ => throw new InvalidOperationException(),
    };

    private static string Step(RowRange? range) => range is { } known ? $"{known.Begin}" : "step";

    private string Columns(Node node, RowRange? range)
    {
        var width = model.Graph[node.Output].Type.Shape.Width;
        return !model.Schedule.IsJoined(node.Id) ? $"{width}" : range is { } known ? $"{known.Count * width}" : $"count * {width}";
    }

    private static string InputRow(RowDependency rows, int input, RowRange? range) => (rows, range) switch
    {
        (BroadcastRows, _) when input > 0 => "0",
        (MappedRows or WindowRows, { } known) => $"{Source(rows, known.Begin)}",
        (MappedRows mapped, null) => CText.RowMap(mapped.Source),
        (WindowRows { Window.StrideHeight: > 1 and var stride }, null) => $"step * {stride}",
        _ => Step(range),
    };

    private static int Source(RowDependency rows, int step) => rows is WindowRows window ? step * window.Window.StrideHeight : ((MappedRows)rows).Source[step];

    private string Row(TensorId tensor, string row, string qualifier)
    {
        var place = model.Memory.Tensors[tensor.Value]!;
        var type = CNames.Type(model.Graph[tensor].Type.Element);
        var address = row == "0" ? $"arena + {place.Offset}"
            : place.IsRing ? $"mn_row(arena + {place.Offset}, {row}, {place.Slots}, {place.RowBytes})"
            : row == "step" ? $"arena + {place.Offset} + step * {place.RowBytes}"
            : $"arena + {place.Offset} + ({row}) * {place.RowBytes}";
        return type == "uint8_t" ? address : type == "int8_t" ? $"({qualifier}int8_t *)({address})" : $"({qualifier}{type} *)(void *)({address})";
    }

    private string Buffer(TensorId tensor, string qualifier) => $"{Row(tensor, "0", qualifier)}, {model.Memory.Tensors[tensor.Value]!.Slots}";
}
