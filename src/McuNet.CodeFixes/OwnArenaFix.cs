using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.CodeFixes;

/// <summary>MCU7106: the model gets an arena of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OwnArenaFix))]
public sealed class OwnArenaFix() : UseFix("MCU7106")
{
    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            diagnostic.AdditionalLocations is not { Count: 1 } places
            || root.FindNode(places[0].SourceSpan, getInnermostNodeForTie: true)
                is not ObjectCreationExpressionSyntax { ArgumentList: { } list } creation
        )
            return null;
        var arena = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new sbyte[{creation.Type.WithoutTrivia()}.ArenaBytes]"));
        var own = list.WithArguments(SyntaxFactory.SingletonSeparatedList(arena));
        return ($"Give it an arena of {creation.Type}.ArenaBytes", () => root.ReplaceNode(list, own));
    }
}
