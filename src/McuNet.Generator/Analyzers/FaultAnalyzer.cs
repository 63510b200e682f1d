using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// Shows in an editor why a model has no class, or still an old one: the error of the engine or of the item, where a file first names the
/// class or the model. A build has failed with that error at the item before it gets here; only design-time builds hand over a file of
/// faults.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FaultAnalyzer()
    : UseAnalyzer([.. DiagnosticCatalog.All.Where(d => d.Severity == McuNet.Diagnostics.DiagnosticSeverity.Error)])
{
    private const string Metadata = "build_metadata.AdditionalFiles.McuFaults";

    protected override void Register(AnalysisContext context) =>
        context.RegisterCompilationStartAction(start =>
        {
            var provider = start.Options.AnalyzerConfigOptionsProvider;
            var faults = start
                .Options.AdditionalFiles.Where(f => provider.GetOptions(f).TryGetValue(Metadata, out var value) && value == "true")
                .SelectMany(f => FaultText.Parse(f.GetText(start.CancellationToken)?.ToString() ?? string.Empty))
                .ToImmutableArray();
            if (!faults.IsEmpty)
                start.RegisterSyntaxTreeAction(tree => Show(tree, faults));
        });

    private static void Show(SyntaxTreeAnalysisContext context, ImmutableArray<ModelFault> faults)
    {
        var root = context.Tree.GetRoot(context.CancellationToken);
        foreach (var fault in faults)
        {
            if (
                DiagnosticCatalog.All.FirstOrDefault(d => d.Id == fault.Id) is { } row
                && root.DescendantNodes().FirstOrDefault(n => Names(n, fault)) is { } use
            )
                context.ReportDiagnostic(UseRule.Said(use, context.Options, row, $"{fault.Item}: {fault.Message}"));
        }
    }

    private static bool Names(SyntaxNode node, ModelFault fault) =>
        node switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText == fault.ClassName,
            AttributeSyntax { ArgumentList.Arguments: { Count: 1 } arguments } attribute
                when arguments[0].Expression is LiteralExpressionSyntax literal => attribute
                .Name.ToString()
                .EndsWith("McuModel", StringComparison.Ordinal)
                && literal.Token.ValueText == fault.Model,
            _ => false,
        };
}
