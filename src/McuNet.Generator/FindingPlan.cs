using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Generator;

/// <summary>Decides what is reported, and where: at the attribute of a class, else at the manifest.</summary>
internal static class FindingPlan
{
    public static IEnumerable<Finding> Findings(
        ImmutableArray<ManifestInput> manifests, ImmutableArray<PlacedClass> classes, ProjectInput project)
    {
        foreach (var input in manifests)
            foreach (var finding in OfManifest(input, classes, project))
                yield return finding;
        var names = manifests.Where(m => m.Manifest is not null).Select(m => m.Manifest!.Name).OrderBy(n => n, System.StringComparer.Ordinal).ToArray();
        var known = names.Length == 0 ? "none" : string.Join(", ", names);
        foreach (var placed in classes)
        {
            if (placed.Class.Problem is { } problem)
                yield return Finding.Of(DiagnosticCatalog.BuildClassUnsuitable, placed.Place, project.HelpRoot, placed.Class.Name, problem);
            if (!names.Contains(placed.Class.ModelName))
                yield return Finding.Of(DiagnosticCatalog.BuildModelUnknown, placed.Place, project.HelpRoot, placed.Class.ModelName, known);
        }
    }

    private static IEnumerable<Finding> OfManifest(
        ManifestInput input, ImmutableArray<PlacedClass> classes, ProjectInput project)
    {
        if (input.Manifest is not { } manifest)
        {
            yield return Finding.Of(
                DiagnosticCatalog.BuildManifestUnreadable, Place.StartOf(input.Path), project.HelpRoot, input.Path, input.Problem!);
            yield break;
        }
        var place = classes.FirstOrDefault(c => c.Class.ModelName == manifest.Name)?.Place ?? Place.StartOf(input.Path);
        foreach (var d in manifest.Diagnostics)
            yield return new(d.Id, d.Severity, d.Message, place, project.HelpRoot);
    }
}
