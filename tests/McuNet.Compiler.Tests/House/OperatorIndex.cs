using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.TfLite;

namespace McuNet.Compiler.Tests.House;

/// <summary>The text of docs/operators.md: what is read, from the import table, and what computes it, from the kernel table and the cases
/// of every operator.</summary>
internal static class OperatorIndex
{
    /// <summary>Where the part begins that McuNet.Conformance writes.</summary>
    public const string Behind = "\n## ONNX's own suite\n";

    /// <summary>Why an operator takes whole tensors in some of its forms.</summary>
    public static readonly FrozenDictionary<string, string> Barriers = new Dictionary<string, string>
    {
        ["Concat"] = "elements of tensors with other rows: its row is all of them",
        ["Dense"] = "each output reads all inputs",
        ["Gather"] = "a table that is computed: any of its rows may be needed first",
        ["GridSample"] = "the image: any of its rows may be needed first",
        ["MatMul"] = "an operand whose rows are summed over, or of which every row is read",
        ["Normalization"] = "over pixels: the mean of all comes first",
        ["Permute"] = "where rows become columns or channels: the first output row needs the last input row",
        ["Recurrent"] = "backwards: it begins at the last row",
        ["Reshape"] = "rows end elsewhere",
        ["SelectPixels"] = "rows in reverse: the first output row is the last input row",
    }.ToFrozenDictionary();

    /// <summary>The cases of every operator.</summary>
    public static ILookup<Type, KernelCase> Cases { get; } =
        PortableKernelTests.Linear().Concat(PortableKernelTests.Others()).ToLookup(c => c.Operator.GetType());

    public static string Text()
    {
        var text = new StringBuilder(
            """
            # Operators

            Made from the tables of the compiler (`MCUNET_REGENERATE=1` and the tests of McuNet.Compiler.Tests write it anew). [numerics.md](numerics.md) says what each computes.

            ## What is read

            Operators of any opset from 7 on; an attribute of any opset counts. Integers: between QuantizeLinear and DequantizeLinear; stored: the operator is defined on the integers themselves.
            A node all of whose operands are known is computed while compiling, whatever stands in the last column.

            | operator | domain | operands | attributes | integers |
            | --- | --- | --- | --- | --- |

            """
        );
        foreach (
            var row in OnnxOperators
                .Rows.Where(r => r.Import is not null)
                .OrderBy(r => r.Operator, StringComparer.Ordinal)
                .ThenBy(r => r.Domain, StringComparer.Ordinal)
        )
        {
            var operands =
                row.MostInputs == int.MaxValue ? $"{row.FewestInputs} or more"
                : row.FewestInputs == row.MostInputs ? $"{row.FewestInputs}"
                : $"{row.FewestInputs} to {row.MostInputs}";
            text.Append(
                $"| {row.Operator} | {(row.Domain.Length == 0 ? "ai.onnx" : row.Domain)} | {operands} | {string.Join(", ", row.Attributes.Keys.Order(StringComparer.Ordinal))} | {Integers(row.Integers)} |\n"
            );
        }

        text.Append(
            """

            If is read where its condition is known while compiling, such as one on the dimensions of an input: the branch that it takes stands in its place. Functions of a model are put in place of their calls.
            What ONNX Runtime's optimiser fuses into one operator of com.microsoft is read as the operators that it was made of.

            ## What is read from .tflite files

            Each operator is stated in operators of ONNX, which then go the way of those above; tensors keep the order of their dimensions. Types: float32, int8 and uint8 with a scale, int16 with a scale as float32 ([numerics.md](numerics.md#tflite)),
            and constants of float16. Fused activations: RELU, RELU6, RELU_N1_TO_1, TANH. Shapes are fixed, axes, paddings and sizes constants.

            | operator | operands | as |
            | --- | --- | --- |

            """
        );
        foreach (var row in TfLiteOperators.Rows)
        {
            var operands =
                row.Most == int.MaxValue ? $"{row.Fewest} or more"
                : row.Fewest == row.Most ? $"{row.Fewest}"
                : $"{row.Fewest} to {row.Most}";
            text.Append($"| {row.Name} | {operands} | {row.Stated} |\n");
        }

        text.Append(
            """

            ## What computes it

            Operators of the network after import and passes, with the kernels that the cores have beside the portable ones. By rows: an output row needs some input rows only, so that a schedule may hold a few of
            them. A barrier waits for all rows of an operand.

            | operator | from, to | kernels | by rows | barrier |
            | --- | --- | --- | --- | --- |

            """
        );
        foreach (var row in OperatorTable.Rows.Where(r => r.Kernels.Length > 0).OrderBy(r => r.Type.Name, StringComparer.Ordinal))
        {
            var barriers = Cases[row.Type].Select(c => IsBarrier(c)).Distinct().ToArray();
            var types = row.Kernels.Select(k => Types(k.Function)).Distinct().Order(StringComparer.Ordinal);
            text.Append(
                $"| {row.Type.Name} | {string.Join(", ", types)} | {string.Join(", ", row.Kernels.Select(k => Core(k.Required)).Distinct().Order(StringComparer.Ordinal))} | "
                    + $"{(barriers.Contains(false) ? barriers.Contains(true) ? "mostly" : "always" : "never")} | {(barriers.Contains(true) ? Barriers[row.Type.Name] : "")} |\n"
            );
        }

        text.Append(
            """

            ## Kernels, operator by operator

            Each function, what the core must have for it, the elements that it reads and writes, the most output rows of one call, and its
            bytes of code with all that it calls (GCC 12.2, -O2: for MVE on a Cortex-M55, for DSP on a Cortex-M4, portable ones on a
            Cortex-M0). *Large* ones are in the kernel set `fast` alone. `mcunet explain MODEL --device D --node LAYER` says of a layer which of
            these it has, and what keeps it from the others.

            """.ReplaceLineEndings("\n")
        );
        foreach (var row in OperatorTable.Rows.Where(r => r.Kernels.Length > 0).OrderBy(r => r.Type.Name, StringComparer.Ordinal))
        {
            text.Append($"\n### {row.Type.Name}\n\n| kernel | core | from, to | rows | code |\n| --- | --- | --- | --- | ---: |\n");
            foreach (var kernels in row.Kernels.GroupBy(k => k.Function).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var kernel = kernels.First();
                var bytes = KernelCodeSizes.Bytes(kernel.Sources);
                var rows = string.Join(
                    ", ",
                    kernels.Select(k => k.MostRows).Distinct().Order().Select(r => r == int.MaxValue ? "all" : $"{r}")
                );
                var (large, code) = (kernel.IsLarge ? ", large" : "", bytes == 0 ? "" : bytes.ToString("N0", CultureInfo.InvariantCulture));
                text.Append($"| `{kernel.Function}`{large} | {Core(kernel.Required)} | {Types(kernel.Function)} | {rows} | {code} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Whether the first output row and the last read all rows of an operand, more than the two that a row may lie between;
    /// windows do not count.</summary>
    internal static bool IsBarrier(KernelCase test)
    {
        var rows = test.Operator.Rows(test.Types);
        return rows.Span is null
            && test.Types.Inputs.Where(
                    (t, i) => t.Shape.Height > 2 && new[] { 0, rows.Steps - 1 }.All(s => rows.Reads(i, s).Count == t.Shape.Height)
                )
                .Any();
    }

    private static string Types(string function) =>
        KernelTypes.Of(function) is var (from, to)
            ? from == to
                ? Name(from)
                : $"{Name(from)} to {Name(to)}"
            : "any";

    private static string Integers(IntegerOperands integers) =>
        integers switch
        {
            IntegerOperands.Stored => "stored",
            IntegerOperands.Quantized => "with scales",
            _ => "",
        };

    private static string Name(ElementType type) =>
        type switch
        {
            ElementType.Int8 => "int8",
            ElementType.UInt8 => "uint8",
            ElementType.Int32 => "int32",
            ElementType.Float32 => "float32",
            _ => type.ToString(),
        };

    private static string Core(DeviceFeatures features) =>
        features switch
        {
            DeviceFeatures.None => "portable",
            _ when features.HasFlag(DeviceFeatures.MveInteger) => "MVE",
            _ when features.HasFlag(DeviceFeatures.Dsp) => "DSP",
            _ => "FPU",
        };
}
