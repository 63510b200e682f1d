using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace McuNet.CodeFixes;

/// <summary>MCU7102 and MCU7103: a call that sets the input comes before the run. The values are for the author to give.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetInputFix))]
public sealed class SetInputFix() : UseFix("MCU7102", "MCU7103")
{
    /// <summary>As the analyzer names the property: the call without the model.</summary>
    private const string Call = "McuCall";

    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            !diagnostic.Properties.TryGetValue(Call, out var call)
            || call is null
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionStatementSyntax>()
                is not { } run
            || run is not { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var model } } }
        )
            return null;
        var set = SyntaxFactory
            .ParseStatement($"{model.WithoutTrivia()}.{call};")
            .WithLeadingTrivia(run.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.ElasticMarker)
            .WithAdditionalAnnotations(Formatter.Annotation);
        var after = run.WithLeadingTrivia(SyntaxFactory.ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        return ($"Set the input of '{model}' before it runs", () => Statements.Replace(root, run, set, after));
    }
}
