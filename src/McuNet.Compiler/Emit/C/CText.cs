using System;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Emit.C;

/// <summary>Small pieces of C text.</summary>
internal static class CText
{
    /// <summary>A name from the model that may stand inside a comment.</summary>
    public static string Comment(string name) =>
        new string(name.Select(c => c is >= ' ' and < (char)127 ? c : '?').ToArray()).Replace("*/", "* /").Replace("/*", "/ *");

    /// <summary>The expression of a row for the step in variable <c>step</c>; an array where it follows no rule.</summary>
    public static string Row(RowIndex index) => index switch
    {
        FirstRow => "0",
        StridedRow { Stride: 1, Pad: 0 } => "step",
        StridedRow { Pad: 0 } strided => $"step * {strided.Stride}",
        MappedRow { Ratio: > 0 and var ratio } => $"step / {ratio}",
        MappedRow mapped => $"((const uint16_t[]){{{string.Join(",", mapped.Source)}}})[step]",
        _ => throw new InvalidOperationException(),
    };
}
