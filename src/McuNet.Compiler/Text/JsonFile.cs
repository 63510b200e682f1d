using System;
using System.Text.Json;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Text;

/// <summary>Reads a JSON file that users write: everything that is wrong with it is found in one pass, each finding with line and
/// column.</summary>
internal static class JsonFile
{
    /// <summary>
    /// What <paramref name="read"/> makes of the root, unless it finds anything. A byte order mark is skipped; <paramref name="notJson"/>
    /// takes the file's name and the parser's message.
    /// </summary>
    public static StageResult<T> Read<T>(
        ReadOnlySpan<byte> utf8,
        string sourceName,
        DiagnosticDescriptor notJson,
        Func<LocatedValue, FileFindings, T?> read
    )
        where T : class
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        var json = utf8.StartsWith(byteOrderMark) ? utf8[byteOrderMark.Length..] : utf8;
        var findings = new FileFindings(json, sourceName);
        try
        {
            var value = read(LocatedJson.Parse(json), findings);
            return value is null || findings.Any ? StageResult<T>.Failure(findings.Sorted()) : StageResult<T>.Success(value);
        }
        catch (JsonException e)
        {
            findings.AddAtLine(e.LineNumber ?? 0, e.BytePositionInLine ?? 0, notJson, sourceName, e.Message.Split(" LineNumber:")[0]);
            return StageResult<T>.Failure(findings.Sorted());
        }
    }
}
