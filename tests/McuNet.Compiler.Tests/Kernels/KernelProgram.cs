using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>One C program that runs many cases and prints the name of each whose output differs from the expected one.</summary>
internal static class KernelProgram
{
    /// <param name="cases">Cases to run.</param>
    /// <param name="print">Statement that prints the string expression <c>{0}</c>; the default suits a hosted program.</param>
    /// <param name="prologue">What stands before the kernels.</param>
    /// <param name="alone">Whether every case has its kernel to itself, as a part of the case.</param>
    public static string Write(
        IReadOnlyList<KernelCase> cases,
        string print = "puts({0})",
        string prologue = "#include <stdio.h>",
        bool alone = false
    )
    {
        var text = new StringBuilder(prologue + "\n");
        foreach (
            var source in ProgramBuilder.Basics.Concat(cases.SelectMany(c => c.Kernel.Sources)).Distinct().OrderBy(KernelText.IsKernel)
        )
        {
            text.Append(KernelText.Of(source)).Append('\n');
            if (alone && source == "mn_common.h")
                text.Append("#undef MN_SHARED\n#define MN_SHARED MN_INLINE\n");
        }
        for (var i = 0; i < cases.Count; i++)
            new KernelCaseText(cases[i], i).Write(text);
        text.Append("int main(void)\n{\n");
        for (var i = 0; i < cases.Count; i++)
            text.Append("    if (!case_")
                .Append(i)
                .Append("()) ")
                .AppendFormat(CultureInfo.InvariantCulture, print, $"\"{cases[i].Name}\"")
                .Append(";\n");
        text.AppendFormat(CultureInfo.InvariantCulture, "    " + print, $"\"{cases.Count} cases\"").Append(";\n    return 0;\n}\n");
        return text.ToString();
    }
}

/// <summary>The C of one case: its tables, parameter block, inputs, expected output and calls.</summary>
internal sealed class KernelCaseText
{
    private readonly KernelCase _test;
    private readonly int _index;
    private readonly int _steps;
    private readonly RowSpan? _span;
    private readonly LayerCall _layer;
    private readonly CCall _call;

    /// <summary>Every buffer has an array of its own, so that a sanitizer sees each byte past one; its offset is the place of its name in a
    /// list.</summary>
    public KernelCaseText(KernelCase test, int index)
    {
        var rows = test.Operator.Rows(test.Types);
        (_test, _index, _steps, _span) = (test, index, rows.Steps, rows.Span);
        var inRings = test.Calling == Calling.Blocks;
        ImmutableArray<string> names =
        [
            .. test.Inputs.Select((_, i) => inRings ? "in_ring" : $"c{index}_in{i}"),
            inRings ? "out_ring" : "out",
            "scratch.bytes",
            "state",
        ];
        _call = new CCall(offset => $"(uint8_t *){names[offset]}");
        var inputs = test.Inputs.Select((t, i) => new TensorBuffer(t.Type, i, inRings ? InSlots : t.Type.Shape.Height));
        var output = new TensorBuffer(test.Types.Output, names.Length - 3, inRings ? OutSlots : test.Types.Output.Shape.Height);
        var memory = new LayerMemory([.. inputs], output, names.Length - 2, names.Length - 1);
        _layer = new LayerCall
        {
            Number = index,
            Name = test.Name,
            Kind = test.Operator.Kind,
            Macs = 0,
            Memory = memory,
            Kernel = test.Kernel,
            BlockRows = 0,
            IsOneCall = false,
            Arguments = LayerCall.Bind(test.Kernel, rows, memory, joined: test.Calling == Calling.Joined),
        };
    }

    /// <summary>Rings as small as the blocks allow, or a little larger, so that rows of a block lie at both ends.</summary>
    private int InSlots => (_test.Kernel.Rows - 1) * _span!.First.Stride + _span.Count + _test.Cut % 3;

    private int OutSlots => _test.Kernel.Rows + _test.Cut % 2;

    public void Write(StringBuilder text)
    {
        var kernel = _test.Kernel;
        foreach (var parameter in kernel.Parameters.OfType<TableParameter>())
            text.Append(
                $"static const {Name(parameter.Table.Type)} c{_index}_{parameter.Name}[] = {{ {(Values(parameter.Table) is { Length: > 0 } values ? values : "0")} }};\n"
            );
        for (var i = 0; i < _test.Inputs.Length; i++)
            text.Append($"static {Element(_test.Inputs[i].Type)} c{_index}_in{i}[] = {{ {Values(_test.Inputs[i])} }};\n");
        text.Append($"static const uint8_t c{_index}_expected[] = {{ {string.Join(",", _test.Expected.Bytes)} }};\n");
        text.Append($"static int case_{_index}(void)\n{{\n");
        text.Append($"    static const {kernel.ParameterType} p = {{ {string.Join(", ", kernel.Parameters.Select(Field))} }};\n");
        if (_test.Calling == Calling.InPlace)
            text.Append($"    {Element(_test.Expected.Type)} *out = ({Element(_test.Expected.Type)} *)c{_index}_in0;\n");
        else
            text.Append($"    static {Element(_test.Expected.Type)} out[{_test.Expected.Type.Shape.Elements}];\n");
        if (kernel.Arguments.Contains(KernelArgument.Scratch))
            text.Append($"    static union {{ uint8_t bytes[{Math.Max(1, kernel.ScratchBytes)}]; uint32_t align; }} scratch;\n");
        if (kernel.Arguments.Contains(KernelArgument.State))
            text.Append($"    static int32_t state[{Math.Max(1, kernel.StateBytes / 4)}];\n    memset(state, 0x5a, sizeof state);\n");
        if (_test.Calling != Calling.InPlace)
            text.Append("    memset(out, 0x5a, sizeof out);\n");
        Steps(text);
        text.Append($"    return memcmp(out, c{_index}_expected, sizeof c{_index}_expected) == 0;\n}}\n");
    }

    private void Steps(StringBuilder text)
    {
        if (_test.Calling == Calling.Blocks)
        {
            Blocks(text, _span!);
            return;
        }

        var writer = new CodeWriter();
        if (_test.Calling == Calling.Joined)
        {
            _call.Write(writer, _layer, "p", new RowRange(0, _test.Types.Output.Shape.Height));
        }
        else
        {
            using (writer.Block($"for (uint32_t step = 0; step < {_steps}u; step++)"))
            {
                foreach (var part in Parts())
                {
                    using (writer.Block(""))
                        _call.Write(writer, part, "p", null);
                }
            }
        }
        text.Append(writer);
    }

    /// <summary>The call, twice where it can be cut between two columns.</summary>
    private IEnumerable<LayerCall> Parts()
    {
        if (!_layer.Arguments.Any(a => a is ColumnsArgument { Begin: not null }))
            return [_layer];
        return [Columns(0, _test.Cut), Columns(_test.Cut, _test.Types.Output.Shape.Width)];

        LayerCall Columns(int begin, int end) =>
            _layer with
            {
                Arguments = [.. _layer.Arguments.Select(a => a is ColumnsArgument c ? c with { Begin = begin, End = end } : a)],
            };
    }

    private void Blocks(StringBuilder text, RowSpan rows)
    {
        var (block, inRow, outRow) = (_test.Kernel.Rows, _test.Types.Input.Shape.RowElements, _test.Types.Output.Shape.RowElements);
        var call = new CodeWriter();
        _call.Write(call, _layer, "p", null);
        text.Append(
            $$"""
                enum { in_slots = {{InSlots}}, out_slots = {{OutSlots}} };
                static int8_t in_ring[in_slots * {{inRow}}], out_ring[out_slots * {{outRow}}];
                for (uint32_t step = 0, written = 0; step < {{_steps}}u; step += {{block}}u) {
                    const uint32_t count = {{_steps}}u - step < {{block}}u ? {{_steps}}u - step : {{block}}u;
                    const uint32_t last = (step + count - 1u) * {{rows.First.Stride}}u + {{rows.Count}}u;
                    for (; written < {{rows.Height}}u && written + {{rows.First.Pad}}u < last; written++)
                        memcpy(in_ring + written % in_slots * {{inRow}}u, c{{_index}}_in0 + written * {{inRow}}u, {{inRow}}u);
                    {{call}}
                    for (uint32_t y = step; y < step + count; y++)
                        memcpy(out + y * {{outRow}}u, out_ring + y % out_slots * {{outRow}}u, {{outRow}}u);
                }

            """
        );
    }

    private string Field(KernelParameter parameter) =>
        parameter switch
        {
            TableParameter => $".{parameter.Name} = c{_index}_{parameter.Name}",
            RealParameter real => $".{parameter.Name} = {Real(real.Value)}",
            IntegerParameter integer => $".{parameter.Name} = {integer.Value}",
            _ => throw new InvalidOperationException(),
        };

    private static string Element(TensorType type) =>
        type.Element switch
        {
            ElementType.Int8 => "int8_t",
            ElementType.UInt8 => "uint8_t",
            ElementType.Int16 => "int16_t",
            ElementType.Int32 => "int32_t",
            _ => "float",
        };

    private static string Name(TableType type) => type == TableType.Float32 ? "float" : $"{type.ToString().ToLowerInvariant()}_t";

    private static string Values(TensorData data) =>
        data.Type.Element switch
        {
            ElementType.Int8 => string.Join(",", data.Int8.ToArray()),
            ElementType.UInt8 => string.Join(",", data.Bytes),
            ElementType.Int16 => string.Join(",", data.Int16.ToArray()),
            ElementType.Int32 => string.Join(",", Enumerable.Range(0, data.Type.Shape.Elements).Select(i => data[i])),
            _ => string.Join(",", data.Float32.ToArray().Select(Real)),
        };

    private static string Values(ConstantTable table) =>
        table.Type switch
        {
            TableType.Int8 => string.Join(",", table.As<sbyte>().ToArray()),
            TableType.Int16 => string.Join(",", table.As<short>().ToArray()),
            TableType.UInt16 => string.Join(",", table.As<ushort>().ToArray()),
            TableType.Int32 => string.Join(",", table.As<int>().ToArray().Select(v => v == int.MinValue ? "INT32_MIN" : $"{v}")),
            TableType.UInt32 => string.Join(",", table.As<uint>().ToArray().Select(v => $"{v}u")),
            TableType.Float32 => string.Join(",", table.As<float>().ToArray().Select(Real)),
            _ => string.Join(",", table.Bytes),
        };

    private static string Real(float value) =>
        float.IsNaN(value) ? (float.IsNegative(value) ? "-__builtin_nanf(\"\")" : "__builtin_nanf(\"\")")
        : float.IsInfinity(value) ? $"{(value < 0 ? "-" : "")}__builtin_inff()"
        : value.ToString("e8", CultureInfo.InvariantCulture) + "f";
}
