using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.CodeFixes;

/// <summary>MCU7107: the declaration goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveModelFix))]
public sealed class RemoveModelFix() : UseFix("MCU7107")
{
    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
                is not { } declaration
            || declaration.Declaration.Variables.Count != 1
            || !Statements.HasNeighbours(declaration)
        )
            return null;
        SyntaxNode removed = declaration.Parent is GlobalStatementSyntax global ? global : declaration;
        return (
            $"Remove '{declaration.Declaration.Variables[0].Identifier.ValueText}'",
            () => root.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia)!
        );
    }
}
