using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using McuNet.Diagnostics;

namespace McuNet.Tasks;

/// <summary>Finds the line of a project file on which an item is written.</summary>
internal static class ItemLocator
{
    public const string Model = "McuModel";
    public const string Search = "McuSearch";

    /// <summary>
    /// The item element with this include in the file that defines it or else in the project; line 1 of the project where
    /// it cannot be found, as for items made by a target.
    /// </summary>
    public static SourceLocation Find(string projectFile, string? definingFile, string include, string itemType = Model)
    {
        foreach (var file in new[] { projectFile, definingFile }.Where(f => !string.IsNullOrEmpty(f)).Distinct())
            if (FindIn(file!, include, itemType) is { } found)
                return found;
        return new(projectFile, 1, 1);
    }

    private static SourceLocation? FindIn(string file, string include, string itemType)
    {
        var items = Items(file, itemType);
        var match = items.FirstOrDefault(e => Includes(e).Any(i => Same(i, include)))
            ?? items.FirstOrDefault(e => Includes(e).Any(i => Glob(i).IsMatch(Slashes(include))));
        return match is IXmlLineInfo line && line.HasLineInfo() ? new(file, line.LineNumber, line.LinePosition - 1) : null;
    }

    private static IReadOnlyList<XElement> Items(string file, string itemType)
    {
        try
        {
            return [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(e => e.Name.LocalName == itemType && e.Attribute("Include") is not null)];
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Includes(XElement item) => item.Attribute("Include")!.Value.Split(';').Select(i => i.Trim());

    private static bool Same(string left, string right) => string.Equals(Slashes(left), Slashes(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>Wildcards as MSBuild means them; a property or item reference stands for anything.</summary>
    private static Regex Glob(string include)
    {
        var pattern = Regex.Replace(Slashes(include), @"[$@%]\([^)]*\)", "**");
        pattern = Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?").Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*").Replace(@"\?", "[^/]");
        return new("^" + pattern + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
