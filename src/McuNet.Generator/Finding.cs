using System;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using DiagnosticDescriptor = Microsoft.CodeAnalysis.DiagnosticDescriptor;
using DiagnosticSeverity = McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Generator;

/// <summary>A diagnostic as plain values.</summary>
internal sealed record Finding(string Id, DiagnosticSeverity Severity, string Message, Place Place, string HelpRoot)
{
    private const string Category = "McuNet";

    public static Finding Of(McuNet.Diagnostics.DiagnosticDescriptor row, Place place, string helpRoot, params object[] values)
    {
        var diagnostic = McuNet.Diagnostics.Diagnostic.Create(row, values);
        return new(row.Id, row.Severity, diagnostic.Message, place, helpRoot);
    }

    /// <remarks>The rows of the catalogue are the descriptors; the generator passes on what the engine found under the engine's
    /// ids.</remarks>
    public Microsoft.CodeAnalysis.Diagnostic ToDiagnostic()
    {
        var title = DiagnosticCatalog.All.FirstOrDefault(d => d.Id == Id)?.Title ?? "Model compiler";
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => Microsoft.CodeAnalysis.DiagnosticSeverity.Error,
            DiagnosticSeverity.Warning => Microsoft.CodeAnalysis.DiagnosticSeverity.Warning,
            _ => Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
        };
        var help = HelpRoot.Length > 0 && Uri.TryCreate(HelpRoot + Id + ".md", UriKind.Absolute, out var uri) ? uri.AbsoluteUri : null;
        var descriptor = new DiagnosticDescriptor(Id, title, "{0}", Category, severity, isEnabledByDefault: true, helpLinkUri: help);
        return Microsoft.CodeAnalysis.Diagnostic.Create(descriptor, Place.ToLocation(), Message);
    }
}
