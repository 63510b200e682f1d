using System;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Descriptor = Microsoft.CodeAnalysis.DiagnosticDescriptor;

namespace McuNet.Generator.Analyzers;

/// <summary>Rows of the catalogue as analyzers report them. Where help pages are, only the project that is analysed knows.</summary>
internal static class UseRule
{
    public static Descriptor Of(McuNet.Diagnostics.DiagnosticDescriptor row, string? help = null) =>
        new(row.Id, row.Title, "{0}", "McuNet", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: help);

    public static Microsoft.CodeAnalysis.Diagnostic At(SyntaxNode place, AnalyzerOptions options, McuNet.Diagnostics.DiagnosticDescriptor row,
        params object[] values)
    {
        var root = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.McuNetHelpRoot", out var folder) ? folder.Trim()
            : string.Empty;
        var help = root.Length > 0 && Uri.TryCreate(root + row.Id + ".md", UriKind.Absolute, out var uri) ? uri.AbsoluteUri : null;
        return Microsoft.CodeAnalysis.Diagnostic.Create(Of(row, help), place.GetLocation(), McuNet.Diagnostics.Diagnostic.Create(row, values).Message);
    }
}
