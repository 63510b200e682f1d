using System;
using System.Collections.Immutable;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Descriptor = Microsoft.CodeAnalysis.DiagnosticDescriptor;

namespace McuNet.Generator.Analyzers;

/// <summary>Rows of the catalogue as analyzers report them. Where help pages are, only the project that is analysed knows.</summary>
internal static class UseRule
{
    /// <summary>Names of properties that tell a fix what to write: an expression for a buffer's length, and a call that sets an
    /// input.</summary>
    public const string Length = "McuLength";
    public const string Call = "McuCall";

    public static Descriptor Of(McuNet.Diagnostics.DiagnosticDescriptor row, string? help = null) =>
        new(
            row.Id,
            row.Title,
            "{0}",
            "McuNet",
            row.Severity == McuNet.Diagnostics.DiagnosticSeverity.Error
                ? Microsoft.CodeAnalysis.DiagnosticSeverity.Error
                : Microsoft.CodeAnalysis.DiagnosticSeverity.Warning,
            isEnabledByDefault: true,
            helpLinkUri: help,
            customTags: row == DiagnosticCatalog.UseModelClassUnused ? [WellKnownDiagnosticTags.CompilationEnd] : []
        );

    public static Microsoft.CodeAnalysis.Diagnostic At(
        SyntaxNode place,
        AnalyzerOptions options,
        McuNet.Diagnostics.DiagnosticDescriptor row,
        params object[] values
    ) => At(place, options, row, [], values);

    /// <param name="further">Places that a fix changes.</param>
    /// <param name="fix">The name of a property and what it holds; null for none.</param>
    public static Microsoft.CodeAnalysis.Diagnostic At(
        SyntaxNode place,
        AnalyzerOptions options,
        McuNet.Diagnostics.DiagnosticDescriptor row,
        Location[] further,
        object[] values,
        (string Name, string Text)? fix = null
    )
    {
        var properties = fix is var (name, text)
            ? ImmutableDictionary<string, string?>.Empty.Add(name, text)
            : ImmutableDictionary<string, string?>.Empty;
        return Microsoft.CodeAnalysis.Diagnostic.Create(
            Of(row, Help(options, row)),
            place.GetLocation(),
            further,
            properties,
            McuNet.Diagnostics.Diagnostic.Create(row, values).Message
        );
    }

    /// <summary>What the engine said, with the severity of the row.</summary>
    public static Microsoft.CodeAnalysis.Diagnostic Said(
        SyntaxNode place,
        AnalyzerOptions options,
        McuNet.Diagnostics.DiagnosticDescriptor row,
        string message
    ) => Microsoft.CodeAnalysis.Diagnostic.Create(Of(row, Help(options, row)), place.GetLocation(), message);

    private static string? Help(AnalyzerOptions options, McuNet.Diagnostics.DiagnosticDescriptor row)
    {
        var root = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.McuNetHelpRoot", out var folder)
            ? folder.Trim()
            : string.Empty;
        return root.Length > 0 && Uri.TryCreate(root + row.Id + ".md", UriKind.Absolute, out var uri) ? uri.AbsoluteUri : null;
    }
}
