using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace McuNet.CodeFixes;

/// <summary>MCU7105: a declaration moves before the loop that creates the model in each pass. One whose name something before the loop has
/// stays.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveCreationFix))]
public sealed class MoveCreationFix() : UseFix("MCU7105")
{
    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
                is not { } declaration
            || declaration.Declaration.Variables is not { Count: 1 } variables
            || declaration.Parent is not BlockSyntax
            || declaration.Ancestors().OfType<StatementSyntax>().FirstOrDefault(IsLoop) is not { } loop
            || !Statements.HasNeighbours(loop)
            || HasNamesake(loop, variables[0].Identifier.ValueText)
        )
            return null;
        return (
            $"Create '{variables[0].Identifier.ValueText}' once, before the loop",
            () =>
            {
                var rest = loop.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia)!.WithLeadingTrivia(SyntaxFactory.ElasticMarker);
                var first = declaration.WithLeadingTrivia(loop.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticMarker);
                return Statements.Replace(
                    root,
                    loop,
                    first.WithAdditionalAnnotations(Formatter.Annotation),
                    rest.WithAdditionalAnnotations(Formatter.Annotation)
                );
            }
        );
    }

    private static bool IsLoop(StatementSyntax statement) =>
        statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    /// <summary>Whether a variable of that name is declared in the statements around the loop, outside it.</summary>
    private static bool HasNamesake(StatementSyntax loop, string name) =>
        loop.Parent!.FirstAncestorOrSelf<SyntaxNode>(n => n is BlockSyntax or CompilationUnitSyntax)!
            .DescendantNodes()
            .Any(n =>
                !loop.Span.Contains(n.Span)
                && (
                    n is VariableDeclaratorSyntax variable && variable.Identifier.ValueText == name
                    || n is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name
                )
            );
}
