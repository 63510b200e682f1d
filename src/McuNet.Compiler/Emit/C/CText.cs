using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>Small pieces of C text.</summary>
internal static class CText
{
    /// <summary>A name from the model that may stand inside a comment.</summary>
    public static string Comment(string name) =>
        new string(name.Select(c => c is >= ' ' and < (char)127 ? c : '?').ToArray()).Replace("*/", "* /").Replace("/*", "/ *");

    /// <summary>A tensor and its place, for a comment.</summary>
    /// <param name="element">Its element type, as the language calls it.</param>
    public static string Buffer(TensorBuffer buffer, string element)
    {
        var type = buffer.Type;
        var quantization = type.IsQuantized ? $" scale {Literals.Single(type.Scale)} zero {type.ZeroPoint}" : "";
        var ring = buffer.IsRing ? $" ring of {buffer.Slots} rows" : "";
        return $"{type.Shape} {element}{quantization}, arena [{buffer.Offset}, {buffer.End}){ring}";
    }

    /// <summary>The value of a field of a parameter block, in C and in C#.</summary>
    public static string Value(KernelParameter parameter, Func<ConstantTable, string> nameOf) =>
        parameter switch
        {
            TableParameter table => nameOf(table.Table),
            RealParameter real => Literals.Single(real.Value),
            IntegerParameter integer => Literals.Int32(integer.Value),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>Name of the table of rows that follow no rule, which stands before the call.</summary>
    public const string RowTable = "row_of";

    /// <summary>The expression of a row for the step in variable <c>step</c>; from <see cref="RowTable"/> where it follows no
    /// rule.</summary>
    public static string Row(RowIndex index) =>
        index switch
        {
            FirstRow => "0",
            StridedRow { Stride: 1, Pad: 0 } => "step",
            StridedRow { Pad: 0 } strided => $"step * {strided.Stride}",
            StridedRow strided => (strided.Stride == 1 ? "step" : $"step * {strided.Stride}")
                + (strided.Pad < 0 ? $" + {-strided.Pad}" : $" - {strided.Pad}"),
            MappedRow { Ratio: > 0 and var ratio } => $"step / {ratio}",
            MappedRow => $"{RowTable}[step]",
            _ => throw new InvalidOperationException(),
        };
}
