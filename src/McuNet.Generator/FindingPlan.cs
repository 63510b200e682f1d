using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Generator;

/// <summary>
/// Decides what is reported, and where: at the attribute of a class, or at a manifest that cannot be read. What the engine found, the build
/// says at the item.
/// </summary>
internal static class FindingPlan
{
    public static IEnumerable<Finding> Findings(
        ImmutableArray<ManifestInput> manifests,
        ImmutableArray<PlacedClass> classes,
        ProjectInput project
    )
    {
        foreach (var unread in manifests.Where(m => m.Manifest is null))
            yield return Finding.Of(
                DiagnosticCatalog.BuildManifestUnreadable,
                Place.StartOf(unread.Path),
                project.HelpRoot,
                unread.Path,
                unread.Problem!
            );
        var names = manifests
            .Where(m => m.Manifest is not null)
            .Select(m => m.Manifest!.Name)
            .OrderBy(n => n, System.StringComparer.Ordinal)
            .ToArray();
        var known = names.Length == 0 ? "none" : string.Join(", ", names);
        foreach (var placed in classes)
        {
            if (placed.Class.Problem is { } problem)
                yield return Finding.Of(DiagnosticCatalog.BuildClassUnsuitable, placed.Place, project.HelpRoot, placed.Class.Name, problem);
            if (!names.Contains(placed.Class.ModelName))
                yield return Finding.Of(DiagnosticCatalog.BuildModelUnknown, placed.Place, project.HelpRoot, placed.Class.ModelName, known);
        }
    }
}
