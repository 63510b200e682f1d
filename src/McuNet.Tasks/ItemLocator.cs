using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Finds the element of a project file that an item comes from.</summary>
internal static class ItemLocator
{
    public const string Model = "McuModel";
    public const string Search = "McuSearch";

    private const string DefiningFile = "DefiningProjectFullPath";

    /// <summary>Where <see cref="FindElement"/> finds the item; line 1 of the project where it does not, as for items made by a
    /// target.</summary>
    public static SourceLocation Find(string projectFile, ITaskItem item, string itemType = Model, int ordinal = 0) =>
        FindElement(projectFile, item, itemType, ordinal)?.Location ?? new(projectFile, 1, 1);

    /// <summary>
    /// The element in the project or else in the file that defines the item. Of several whose include names it, by name before by wildcard,
    /// the one that writes the most of the item's metadata and the fewest others.
    /// </summary>
    /// <param name="ordinal">How many items before it are the same in every respect.</param>
    public static ItemElement? FindElement(string projectFile, ITaskItem item, string itemType = Model, int ordinal = 0)
    {
        foreach (var file in Files(projectFile, [item]))
        {
            var elements = ItemElement
                .All(file, itemType)
                .Select(e => (Element: e, Rank: Rank(e, item)))
                .Where(e => e.Rank is not null)
                .OrderBy(e => e.Rank)
                .ToArray();
            if (elements.Length > 0)
                return elements[Math.Min(ordinal, elements.Count(e => Equals(e.Rank, elements[0].Rank)) - 1)].Element;
        }
        return null;
    }

    /// <summary>The project, then the files that define the items.</summary>
    public static IEnumerable<string> Files(string projectFile, IEnumerable<ITaskItem> items) =>
        new[] { projectFile }.Concat(items.Select(i => i.GetMetadata(DefiningFile))).Where(f => !string.IsNullOrEmpty(f)).Distinct();

    /// <summary>Best first; null for another item.</summary>
    private static (int Otherwise, int ByWildcard, int Unsaid)? Rank(ItemElement element, ITaskItem item)
    {
        var literally = element.Names(item.ItemSpec, literally: true);
        if (!literally && !element.Names(item.ItemSpec, literally: false))
            return null;
        var (otherwise, so) = element.Compare(item.GetMetadata);
        return (otherwise, literally ? 0 : 1, -so);
    }
}
