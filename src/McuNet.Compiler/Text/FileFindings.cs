using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Text;

/// <summary>Collects what is wrong with one JSON file and turns byte offsets into lines and columns.</summary>
internal sealed class FileFindings
{
    private readonly byte[] _utf8Json;
    private readonly string _sourceName;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public FileFindings(ReadOnlySpan<byte> utf8Json, string sourceName)
    {
        _utf8Json = utf8Json.ToArray();
        _sourceName = sourceName;
    }

    public bool Any => _diagnostics.Count > 0;

    public void Add(int offset, DiagnosticDescriptor descriptor, params object[] values) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, values) with { Location = Locate(offset) });

    /// <summary>Adds a finding at a 0-based line and byte in that line.</summary>
    public void AddAtLine(long line, long byteInLine, DiagnosticDescriptor descriptor, params object[] values)
    {
        var start = 0;
        for (; line > 0; line--)
            start += _utf8Json.AsSpan(start).IndexOf((byte)'\n') + 1;
        Add(start + (int)byteInLine, descriptor, values);
    }

    /// <summary>The findings in the order of the file.</summary>
    public ImmutableArray<Diagnostic> Sorted() =>
        [.. _diagnostics.OrderBy(d => d.Location!.Line).ThenBy(d => d.Location!.Column).ThenBy(d => d.Id, StringComparer.Ordinal)];

    private SourceLocation Locate(int offset)
    {
        var before = _utf8Json.AsSpan(0, Math.Min(offset, _utf8Json.Length));
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(_sourceName, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
