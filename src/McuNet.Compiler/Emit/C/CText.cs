using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Emit.C;

/// <summary>Small pieces of C text.</summary>
internal static class CText
{
    /// <summary>A name from the model that may stand inside a comment.</summary>
    public static string Comment(string name) =>
        new string(name.Select(c => c is >= ' ' and < (char)127 ? c : '?').ToArray()).Replace("*/", "* /").Replace("/*", "/ *");

    /// <summary>The expression that maps a step to its source row: a ratio where the table is one, else an array.</summary>
    public static string RowMap(ImmutableArray<int> source)
    {
        for (var factor = 1; factor <= source.Length; factor++)
        {
            if (source.Select((row, y) => row == y / factor).All(equal => equal))
                return $"step / {factor}";
        }
        return $"((const uint16_t[]){{{string.Join(",", source)}}})[step]";
    }
}
