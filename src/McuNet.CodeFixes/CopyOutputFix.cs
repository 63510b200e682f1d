using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.CodeFixes;

/// <summary>MCU7104: the variable gets a copy of the output in place of a view.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyOutputFix))]
public sealed class CopyOutputFix() : UseFix("MCU7104")
{
    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            diagnostic.AdditionalLocations is not { Count: 1 } places
            || root.FindNode(places[0].SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax view
        )
            return null;
        var copy = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                view.WithoutTrivia(),
                SyntaxFactory.IdentifierName("ToArray")
            )
        );
        return ("Copy the output", () => root.ReplaceNode(view, copy.WithTriviaFrom(view)));
    }
}
