using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>One C program that runs many cases and prints the name of each whose output differs from the expected one.</summary>
internal static class KernelProgram
{
    /// <param name="cases">Cases to run.</param>
    /// <param name="print">Statement that prints the string expression <c>{0}</c>; the default suits a hosted program.</param>
    public static string Write(IReadOnlyList<KernelCase> cases, string print = "puts({0})", string prologue = "#include <stdio.h>")
    {
        var text = new StringBuilder(prologue + "\n");
        foreach (var source in cases.SelectMany(c => c.Kernel.Sources).Distinct().OrderBy(s => s.EndsWith(".c", StringComparison.Ordinal)))
            text.Append(KernelText.Of(source)).Append('\n');
        for (var i = 0; i < cases.Count; i++)
            new KernelCaseText(cases[i], i).Write(text);
        text.Append("int main(void)\n{\n");
        for (var i = 0; i < cases.Count; i++)
            text.Append("    if (!case_").Append(i).Append("()) ").AppendFormat(CultureInfo.InvariantCulture, print, $"\"{cases[i].Name}\"").Append(";\n");
        text.AppendFormat(CultureInfo.InvariantCulture, "    " + print, $"\"{cases.Count} cases\"").Append(";\n    return 0;\n}\n");
        return text.ToString();
    }
}

/// <summary>The C of one case: its tables, parameter block, inputs, expected output and calls.</summary>
internal sealed class KernelCaseText(KernelCase test, int index)
{
    private readonly RowDependency _rows = test.Operator.Rows(test.Types);

    public void Write(StringBuilder text)
    {
        var kernel = test.Kernel;
        foreach (var parameter in kernel.Parameters.OfType<TableParameter>())
            text.Append($"static const {Name(parameter.Table.Type)} c{index}_{parameter.Name}[] = {{ {Values(parameter.Table)} }};\n");
        for (var i = 0; i < test.Inputs.Length; i++)
            text.Append($"static {Element(test.Inputs[i].Type)} c{index}_in{i}[] = {{ {Values(test.Inputs[i])} }};\n");
        text.Append($"static const uint8_t c{index}_expected[] = {{ {string.Join(",", test.Expected.Bytes)} }};\n");
        text.Append($"static int case_{index}(void)\n{{\n");
        text.Append($"    static const {kernel.ParameterType} p = {{ {string.Join(", ", kernel.Parameters.Select(Field))} }};\n");
        if (test.Calling == Calling.InPlace)
            text.Append($"    {Element(test.Expected.Type)} *out = ({Element(test.Expected.Type)} *)c{index}_in0;\n");
        else
            text.Append($"    static {Element(test.Expected.Type)} out[{test.Expected.Type.Shape.Elements}];\n");
        if (kernel.ScratchBytes > 0)
            text.Append($"    static union {{ uint8_t bytes[{kernel.ScratchBytes}]; uint32_t align; }} scratch;\n");
        if (kernel.StateBytes > 0)
            text.Append($"    static int32_t state[{kernel.StateBytes / 4}];\n    memset(state, 0x5a, sizeof state);\n");
        if (test.Calling != Calling.InPlace)
            text.Append("    memset(out, 0x5a, sizeof out);\n");
        Steps(text);
        text.Append($"    return memcmp(out, c{index}_expected, sizeof c{index}_expected) == 0;\n}}\n");
    }

    private void Steps(StringBuilder text)
    {
        var width = test.Types.Output.Shape.Width;
        if (test.Calling == Calling.Joined)
        {
            text.Append($"    const uint32_t step = 0; {Call(0, width * test.Types.Output.Shape.Height)}\n");
            return;
        }

        if (test.Calling == Calling.Blocks)
        {
            Blocks(text, (WindowRows)_rows);
            return;
        }

        text.Append($"    for (uint32_t step = 0; step < {_rows.Steps}u; step++) {{\n        (void)step;\n");
        if (_rows is WindowRows { Window: var w, InputHeight: var height } && test.Kernel.Arguments.Contains(KernelArgument.Window))
        {
            text.Append($"        const int8_t *rows[{w.KernelHeight}];\n        for (int i = 0; i < {w.KernelHeight}; i++) {{\n");
            text.Append($"            const int y = (int)step * {w.StrideHeight} - {w.PadTop} + i * {w.DilationHeight};\n");
            text.Append($"            rows[i] = y < 0 || y >= {height} ? NULL : c{index}_in0 + y * {test.Types.Input.Shape.RowElements};\n        }}\n");
        }

        if (test.Kernel.Arguments.Contains(KernelArgument.Columns))
            text.Append($"        {Call(0, test.Cut)}\n        {Call(test.Cut, width)}\n    }}\n");
        else
            text.Append($"        {Call(0, width)}\n    }}\n");
    }

    /// <summary>Rings as small as the blocks allow, or a little larger, so that rows of a block lie at both ends.</summary>
    private void Blocks(StringBuilder text, WindowRows rows)
    {
        var (block, window, inRow, outRow) = (test.Kernel.Rows, rows.Window, test.Types.Input.Shape.RowElements, test.Types.Output.Shape.RowElements);
        text.Append($$"""
                enum { in_slots = {{(block - 1) * window.StrideHeight + window.KernelHeight + test.Cut % 3}}, out_slots = {{block + test.Cut % 2}} };
                static int8_t in_ring[in_slots * {{inRow}}], out_ring[out_slots * {{outRow}}];
                for (uint32_t step = 0, written = 0; step < {{rows.Steps}}u; step += {{block}}u) {
                    const uint32_t count = {{rows.Steps}}u - step < {{block}}u ? {{rows.Steps}}u - step : {{block}}u;
                    const uint32_t last = (step + count - 1u) * {{window.StrideHeight}}u + {{window.KernelHeight}}u;
                    for (; written < {{rows.InputHeight}}u && written + {{window.PadTop}}u < last; written++)
                        memcpy(in_ring + written % in_slots * {{inRow}}u, c{{index}}_in0 + written * {{inRow}}u, {{inRow}}u);
                    {{Call(0, 0)}}
                    for (uint32_t y = step; y < step + count; y++)
                        memcpy(out + y * {{outRow}}u, out_ring + y % out_slots * {{outRow}}u, {{outRow}}u);
                }

            """);
    }

    private string Call(int begin, int end) =>
        $"{test.Kernel.Function}(&p, {string.Join(", ", test.Kernel.Arguments.Select(a => Argument(a, begin, end)))});";

    private string Argument(KernelArgument argument, int begin, int end) => argument switch
    {
        KernelArgument.Window => "rows",
        KernelArgument.Rows => $"(const int8_t *const[]){{ {string.Join(", ", test.Inputs.Select((t, i) => $"c{index}_in{i} + step * {t.Type.Shape.RowElements}u"))} }}",
        KernelArgument.Row0 => $"c{index}_in0 + {InputRow()} * {test.Types.Input.Shape.RowElements}u",
        KernelArgument.Row1 => $"c{index}_in1 + {(_rows is BroadcastRows ? "0" : "step")} * {test.Types.Inputs[1].Shape.RowElements}u",
        KernelArgument.Whole0 => $"c{index}_in0",
        KernelArgument.Buffer0 => test.Calling == Calling.Blocks ? "in_ring, in_slots" : $"c{index}_in0, {test.Types.Input.Shape.Height}u",
        KernelArgument.OutputBuffer => test.Calling == Calling.Blocks ? "out_ring, out_slots" : $"out, {test.Types.Output.Shape.Height}u",
        KernelArgument.Block => test.Calling == Calling.Blocks ? "step, count" : $"step, {test.Types.Output.Shape.Height}u",
        KernelArgument.Output => _rows is AccumulatedRows or AllRows ? "out" : $"out + step * {test.Types.Output.Shape.RowElements}u",
        KernelArgument.Columns => $"{begin}u, {end}u",
        KernelArgument.EndColumn => $"{end}u",
        KernelArgument.Step => "step",
        KernelArgument.Scratch => "scratch.bytes",
        _ => "state",
    };

    private string InputRow() => _rows switch
    {
        WindowRows window => $"step * {window.Window.StrideHeight}u",
        MappedRows mapped => $"(const uint32_t[]){{ {string.Join(",", mapped.Source)} }}[step]",
        _ => "step",
    };

    private string Field(KernelParameter parameter) => parameter switch
    {
        TableParameter => $".{parameter.Name} = c{index}_{parameter.Name}",
        RealParameter real => $".{parameter.Name} = {Real(real.Value)}",
        IntegerParameter integer => $".{parameter.Name} = {integer.Value}",
        _ => throw new InvalidOperationException(),
    };

    private static string Element(TensorType type) => type.Element switch
    {
        ElementType.Int8 => "int8_t",
        ElementType.UInt8 => "uint8_t",
        _ => "float",
    };

    private static string Name(TableType type) => type == TableType.Float32 ? "float" : $"{type.ToString().ToLowerInvariant()}_t";

    private static string Values(TensorData data) => data.Type.Element switch
    {
        ElementType.Int8 => string.Join(",", data.Int8.ToArray()),
        ElementType.UInt8 => string.Join(",", data.Bytes),
        _ => string.Join(",", data.Float32.ToArray().Select(Real)),
    };

    private static string Values(ConstantTable table) => table.Type switch
    {
        TableType.Int8 => string.Join(",", table.As<sbyte>().ToArray()),
        TableType.Int16 => string.Join(",", table.As<short>().ToArray()),
        TableType.UInt16 => string.Join(",", table.As<ushort>().ToArray()),
        TableType.Int32 => string.Join(",", table.As<int>().ToArray().Select(v => v == int.MinValue ? "INT32_MIN" : $"{v}")),
        TableType.UInt32 => string.Join(",", table.As<uint>().ToArray().Select(v => $"{v}u")),
        TableType.Float32 => string.Join(",", table.As<float>().ToArray().Select(Real)),
        _ => string.Join(",", table.Bytes),
    };

    private static string Real(float value) => float.IsNaN(value) ? (float.IsNegative(value) ? "-__builtin_nanf(\"\")" : "__builtin_nanf(\"\")")
        : float.IsInfinity(value) ? $"{(value < 0 ? "-" : "")}__builtin_inff()"
        : value.ToString("e8", CultureInfo.InvariantCulture) + "f";
}
