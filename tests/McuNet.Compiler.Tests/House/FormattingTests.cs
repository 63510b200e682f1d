using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>
/// The columns of C# files. The formatter (<c>build/format.sh</c>) breaks code at 140; it leaves comments, which are held here, and texts,
/// which may be longer: emitted code and messages are found by searching for them whole.
/// </summary>
public sealed class FormattingTests
{
    private const int Columns = 140;

    [Fact]
    public void Sources_OutsideOfTexts_AreWithinTheColumns()
    {
        var wide =
            from folder in new[] { "src", "tests", "samples" }
            from file in Directory.GetFiles(Path.Combine(RepositoryFolder.Root, folder), "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(RepositoryFolder.Root, file).Replace('\\', '/')
            where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
            from line in Wide(File.ReadAllText(file))
            select $"{name}:{line}";
        Assert.Empty(wide);
    }

    [Theory]
    [InlineData("// ", true)]
    [InlineData("/// <summary>", true)]
    [InlineData("var x = a + ", true)]
    [InlineData("var x = \"", false)]
    [InlineData("var x = $\"\"\"\n", false)]
    public void Wide_LinesByWhatTheyHold(string start, bool wide)
    {
        var text =
            start
            + new string('m', 200)
            + (
                start.Contains('"')
                    ? start[^1] == '\n'
                        ? "\n\"\"\";"
                        : "\";"
                    : string.Empty
            );
        Assert.Equal(wide, Wide(text).Any());
    }

    /// <summary>Numbers of the lines that are too long once the texts in them are taken away.</summary>
    private static int[] Wide(string source)
    {
        var bare = Texts.Replace(
            source,
            m => m.Groups["text"].Success ? "\"\"" + new string('\n', m.Value.Count(c => c == '\n')) : m.Value
        );
        var lines = bare.Split('\n');
        return [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].TrimEnd('\r').Length > Columns).Select(i => i + 1)];
    }

    /// <summary>Comments and characters, which hold quotes that begin no text, and texts.</summary>
    private static readonly Regex Texts = new(
        """(?<other>//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])+')|(?<text>(?<quotes>"{3,}).*?\k<quotes>|@\$?"(?:""|[^"])*"|\$@"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*")""",
        RegexOptions.Singleline
    );
}
