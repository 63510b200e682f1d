using System.Collections.Generic;
using System.Linq;
using McuNet.Facade;
using McuNet.Manifest;

namespace McuNet.Generator;

/// <summary>Decides which façades a manifest gives.</summary>
internal static class FacadePlan
{
    /// <summary>One for each class that names the model; without any, a class of its own in the root namespace.</summary>
    public static IEnumerable<FacadeRequest> Requests(
        ManifestInput input,
        EquatableArray<ClassInput> classes,
        ProjectInput project,
        FacadeDialect dialect
    )
    {
        if (input.Manifest is not { } manifest)
            return [];
        var claims = classes.Where(c => c.ModelName == manifest.Name).ToArray();
        FacadeRequest[] requests =
            claims.Length == 0
                ?
                [
                    new(
                        WithoutDiagnostics(manifest),
                        FacadeNames.Namespace(project.RootNamespace),
                        FacadeNames.Escape(manifest.ClassName),
                        dialect,
                        input.IsPublic,
                        Item: input.Item
                    ),
                ]
                :
                [
                    .. claims
                        .Where(c => c.Problem is null)
                        .Select(c => new FacadeRequest(
                            WithoutDiagnostics(manifest),
                            c.Namespace,
                            FacadeNames.Escape(c.Name),
                            dialect,
                            Completes: true,
                            Item: input.Item
                        )),
                ];
        return requests;
    }

    public static string HintName(FacadeRequest request) =>
        $"{request.Namespace}{(request.Namespace.Length > 0 ? "." : string.Empty)}{request.ClassName}.g.cs".Replace("@", string.Empty);

    private static ModelManifest WithoutDiagnostics(ModelManifest manifest) => manifest with { Diagnostics = default };
}
