using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.CodeFixes;

/// <summary>Statements in a list, of a block or of a file.</summary>
internal static class Statements
{
    /// <summary>Whether other statements can stand beside one.</summary>
    public static bool HasNeighbours(StatementSyntax statement) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>Puts statements in the place of one.</summary>
    public static SyntaxNode Replace(SyntaxNode root, StatementSyntax statement, params StatementSyntax[] others) =>
        statement.Parent switch
        {
            GlobalStatementSyntax global => root.ReplaceNode(global, others.Select(SyntaxFactory.GlobalStatement)),
            BlockSyntax or SwitchSectionSyntax => root.ReplaceNode(statement, others),
            _ => root.ReplaceNode(statement, SyntaxFactory.Block(others)),
        };
}
