using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Options;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Finds what a project says about models and nobody reads.</summary>
internal static class MetadataCheck
{
    /// <summary>Metadata that MSBuild, its SDKs and editors give to items of any type.</summary>
    private static readonly HashSet<string> OfEditors = new(
        [
            "Visible",
            "Link",
            "LinkBase",
            "CopyToOutputDirectory",
            "CopyToPublishDirectory",
            "DependentUpon",
            "SubType",
            "Generator",
            "LastGenOutput",
            "Pack",
            "PackagePath",
            "TargetPath",
            "CustomToolNamespace",
            "BuildAction",
            "Watch",
            "IsImplicitlyDefined",
            "OriginalItemSpec",
            "MSBuildSourceProjectFile",
            "MSBuildSourceTargetName",
            "NuGetPackageId",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Names of metadata that nothing reads. Those that begin with an underscore are somebody's own.</summary>
    public static IReadOnlyList<string> Unknown(ITaskItem item) =>
        [
            .. item.CloneCustomMetadata()
                .Keys.Cast<string>()
                .Where(name =>
                    !name.StartsWith("_", StringComparison.Ordinal)
                    && !OfEditors.Contains(name)
                    && !ModelOptionTable.All.Any(o => Same(o.Name, name))
                )
                .OrderBy(name => name, StringComparer.Ordinal),
        ];

    /// <summary>What the author of a metadata may have meant.</summary>
    public static string Advice(string unknown) =>
        NearestName.Of(unknown, ModelOptionTable.All.Select(o => o.Name)) is { } meant
            ? $"Did you mean {meant}?"
            : $"Known are {string.Join(", ", ModelOptionTable.All.Select(o => o.Name))}; a name of your own begins with an underscore.";

    /// <summary>Includes with a wildcard that gave no item, each with its element. What depends on a condition may be meant to.</summary>
    public static IEnumerable<(string Include, ItemElement Element)> EmptyWildcards(
        string projectFile,
        IReadOnlyCollection<ITaskItem> items
    ) =>
        from file in ItemLocator.Files(projectFile, items)
        from element in ItemElement.All(file, ItemLocator.Model)
        where !element.IsConditional
        from include in element.Includes
        where include.IndexOfAny(['*', '?']) >= 0 && !items.Any(i => ItemElement.Matches(include, i.ItemSpec))
        select (include, element);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
