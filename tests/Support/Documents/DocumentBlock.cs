using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Tests.Documents;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">Path below the root of the repository.</param>
/// <param name="Line">Of the fence, from 1.</param>
/// <param name="Language">First word behind the fence: what the block is.</param>
/// <param name="Mark">The words behind it.</param>
/// <param name="Text">Without the indentation of the fence.</param>
internal sealed record DocumentBlock(string Document, int Line, string Language, string Mark, string Text)
{
    /// <summary>Indentation, language, mark and text.</summary>
    private const string Fence = "^( *)```(\\w*)([^\n]*)\n(.*?)^\\1``` *$";

    /// <summary>The README and the pages of docs, without those of each diagnostic and decision.</summary>
    public static ImmutableArray<string> Pages(string root)
    {
        var files = Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Select(f => "docs/" + Path.GetFileName(f));
        return [.. files.Order(StringComparer.Ordinal).Prepend("README.md")];
    }

    public static ImmutableArray<DocumentBlock> Of(string root, string document)
    {
        var text = File.ReadAllText(Path.Combine(root, document)).ReplaceLineEndings("\n");
        return
        [
            .. from fence in Regex.Matches(text, Fence, RegexOptions.Singleline | RegexOptions.Multiline)
            let line = text[..fence.Index].Count(c => c == '\n') + 1
            let body = Regex.Replace(fence.Groups[4].Value, "^" + fence.Groups[1].Value, "", RegexOptions.Multiline)
            select new DocumentBlock(document, line, fence.Groups[2].Value, fence.Groups[3].Value.Trim(), body),
        ];
    }

    /// <summary>Whether the first line says that nothing here can run the block, and for which version of what it was written.</summary>
    public bool IsNotRun => Regex.IsMatch(Text[..Text.IndexOf('\n', StringComparison.Ordinal)], "written for [^;]*[0-9].*not run here");

    public override string ToString() => $"{Document}:{Line}";
}
