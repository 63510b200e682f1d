using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using McuNet.Diagnostics;

namespace McuNet.Tasks;

/// <summary>An item as a project file spells it, with its place.</summary>
internal sealed class ItemElement(string file, XElement element)
{
    /// <summary>Attributes that are no metadata.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "Include",
        "Exclude",
        "Remove",
        "Update",
        "Condition",
        "Label",
        "KeepDuplicates",
        "KeepMetadata",
        "RemoveMetadata",
        "MatchOnMetadata",
        "MatchOnMetadataOptions",
    ];

    private static readonly Regex Reference = new(@"[$@%]\([^)]*\)", RegexOptions.CultureInvariant);

    public SourceLocation Location =>
        element is IXmlLineInfo line && line.HasLineInfo() ? new(file, line.LineNumber, line.LinePosition - 1) : new(file, 1, 1);

    /// <summary>Whether it or a group around it depends on a condition.</summary>
    public bool IsConditional =>
        element.AncestorsAndSelf().Any(e => e.Attribute("Condition") is not null || e.Name.LocalName is "Otherwise" or "Target");

    public IReadOnlyList<string> Includes =>
        [.. element.Attribute("Include")!.Value.Split(';').Select(i => i.Trim()).Where(i => i.Length > 0)];

    /// <summary>Items of one type in a file, in order; none where it cannot be read.</summary>
    public static IReadOnlyList<ItemElement> All(string file, string itemType)
    {
        try
        {
            return
            [
                .. XDocument
                    .Load(file, LoadOptions.SetLineInfo)
                    .Descendants()
                    .Where(e => e.Name.LocalName == itemType && e.Attribute("Include") is not null)
                    .Select(e => new ItemElement(file, e)),
            ];
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>How a metadata is written, before references are replaced; null where it is not.</summary>
    public string? Written(string metadata) => Metadata().Where(m => Same(m.Key, metadata)).Select(m => m.Value).FirstOrDefault();

    /// <summary>Whether the include names the item, or a wildcard or reference in it may.</summary>
    public bool Names(string include, bool literally) =>
        Includes.Any(i => literally ? Same(Slashes(i), Slashes(include)) : Matches(i, include));

    /// <summary>How many of the written metadata an item has otherwise, and how many it has so.</summary>
    public (int Otherwise, int So) Compare(Func<string, string> metadata)
    {
        var same = Metadata().Select(m => Pattern(m.Value).IsMatch(metadata(m.Key).Trim())).ToArray();
        return (same.Count(s => !s), same.Count(s => s));
    }

    /// <summary>Whether an include may give an item: wildcards as MSBuild means them; a property or item reference stands for
    /// anything.</summary>
    public static bool Matches(string include, string item) => Glob(include).IsMatch(Slashes(item));

    private static Regex Glob(string include)
    {
        var pattern = Reference.Replace(Slashes(include), "**");
        pattern = Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?").Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*").Replace(@"\?", "[^/]");
        return new("^" + pattern + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static Regex Pattern(string value) =>
        new(
            "^" + string.Join(".*", Reference.Split(value.Trim()).Select(Regex.Escape)) + "$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        );

    private IEnumerable<KeyValuePair<string, string>> Metadata() =>
        element
            .Attributes()
            .Where(a => !Reserved.Contains(a.Name.LocalName))
            .Select(a => new KeyValuePair<string, string>(a.Name.LocalName, a.Value))
            .Concat(element.Elements().Select(e => new KeyValuePair<string, string>(e.Name.LocalName, e.Value)));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Slashes(string path) => path.Replace('\\', '/');
}
