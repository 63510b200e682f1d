using System.IO;
using System.Linq;
using System.Security;
using McuNet.Compiler.Tests.Devices;
using McuNet.Options;

namespace McuNet.Compiler.Tests.House;

/// <summary>A part of a file, between two texts, that is made from the table of options.</summary>
/// <param name="File">In the repository.</param>
/// <param name="Begin">Ends where the part begins.</param>
/// <param name="End">Begins where it ends.</param>
internal sealed record ModelOptionPart(string File, string Begin, string End, string Text)
{
    public static ModelOptionPart[] All =>
        [
            new(
                "build/package/McuNet.Build.props",
                "  <ItemDefinitionGroup>\n    <McuModel>\n",
                "    </McuModel>\n",
                string.Concat(ModelOptionTable.All.Select(Definition))
            ),
            new(
                "build/package/McuModel.xaml",
                "    </Rule.DataSource>\n\n",
                "  </Rule>\n",
                string.Concat(ModelOptionTable.All.OrderByDescending(o => o.Category).Select(Property))
            ),
            new(
                "docs/msbuild.md",
                "| metadata | default | meaning |\n| --- | --- | --- |\n",
                "\nRelative paths",
                string.Concat(ModelOptionTable.All.Select(o => $"| `{o.Name}` | {o.Default} | {o.Meaning} |\n"))
            ),
        ];

    public string Path => System.IO.Path.Combine(RepositoryFolder.Root, File);

    /// <summary>The file as the table has it.</summary>
    public string Whole
    {
        get
        {
            var text = System.IO.File.ReadAllText(Path).ReplaceLineEndings("\n");
            var begin = text.IndexOf(Begin, System.StringComparison.Ordinal) + Begin.Length;
            var end = text.IndexOf(End, begin, System.StringComparison.Ordinal);
            return begin >= Begin.Length && end >= begin
                ? text[..begin] + Text + text[end..]
                : throw new InvalidDataException($"{File} has no place for the options");
        }
    }

    private static string Definition(ModelOption option) =>
        $"      <{option.Name}>{(option.Property is null ? "" : $"$({option.Property})")}</{option.Name}>\n";

    private static string Property(ModelOption option)
    {
        var isFlag = option.Values.Any(v => v.Name == "true");
        var attributes =
            $"Name=\"{option.Name}\" DisplayName=\"{Xml(option.DisplayName)}\" Description=\"{Xml(option.Description)}\" Category=\"{option.Category}\"";
        if (isFlag || option.Values.Count == 0)
            return $"    <{(isFlag ? "Bool" : "String")}Property {attributes} />\n";
        return $"    <EnumProperty {attributes}>\n"
            + string.Concat(option.Values.Select(v => $"      <EnumValue Name=\"{v.Name}\" DisplayName=\"{Xml(v.DisplayName)}\" />\n"))
            + "    </EnumProperty>\n";
    }

    private static string Xml(string text) => SecurityElement.Escape(text)!.Replace("&apos;", "'", System.StringComparison.Ordinal);
}
