using System;
using System.Linq;
using System.Threading;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McuNet.Generator;

/// <summary>Turns what Roslyn hands to a generator into plain values.</summary>
internal static class InputReader
{
    private const string ModelMetadata = "build_metadata.AdditionalFiles.McuModel";
    private const string VisibilityMetadata = "build_metadata.AdditionalFiles.McuVisibility";
    private const string ItemMetadata = "build_metadata.AdditionalFiles.McuItem";

    public static bool IsManifest(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(ModelMetadata, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    public static bool IsPublic(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(VisibilityMetadata, out var value)
        && string.Equals(value, "public", StringComparison.OrdinalIgnoreCase);

    public static string Item(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(ItemMetadata, out var value) ? value : string.Empty;

    public static ManifestInput Manifest(AdditionalText file, bool isPublic, string item, CancellationToken cancellation)
    {
        var result = ManifestText.Parse(file.GetText(cancellation)?.ToString() ?? string.Empty);
        return new(file.Path, result.Manifest, isPublic, item, result.Problem);
    }

    public static ProjectInput Project(AnalyzerConfigOptionsProvider options) =>
        new(Property(options, "RootNamespace"), Property(options, "McuNetHelpRoot"));

    /// <summary>Arrays where the project has no spans, as on .NET Framework and .NET nanoFramework, or a language that cannot say what may
    /// be null.</summary>
    public static FacadeDialect Dialect(Compilation compilation) =>
        compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp8 }
        && Has(compilation, "System.Span`1")
        && Has(compilation, "System.Runtime.InteropServices.MemoryMarshal")
            ? FacadeDialect.Spans
            : FacadeDialect.Arrays;

    public static PlacedClass Class(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        var name = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? string.Empty;
        var space = symbol.ContainingNamespace.IsGlobalNamespace
            ? string.Empty
            : FacadeNames.Namespace(symbol.ContainingNamespace.ToDisplayString());
        var place = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? context.TargetNode.GetLocation();
        return new(new(name, space, symbol.Name, Problem(symbol, (ClassDeclarationSyntax)context.TargetNode)), Place.Of(place));
    }

    private static string? Problem(INamedTypeSymbol symbol, ClassDeclarationSyntax syntax) =>
        !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) ? "it is not partial"
        : symbol.IsStatic ? "it is static"
        : symbol.ContainingType is not null ? "it is nested in another type"
        : symbol.IsGenericType ? "it is generic"
        : null;

    private static bool Has(Compilation compilation, string type) => !compilation.GetTypesByMetadataName(type).IsEmpty;

    private static string Property(AnalyzerConfigOptionsProvider options, string name) =>
        options.GlobalOptions.TryGetValue("build_property." + name, out var value) ? value.Trim() : string.Empty;
}
