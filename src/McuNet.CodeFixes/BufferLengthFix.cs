using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.CodeFixes;

/// <summary>MCU7101: the length of a new array becomes the constant of the model. An array with values is left: which of them are wrong,
/// nobody knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BufferLengthFix))]
public sealed class BufferLengthFix() : UseFix("MCU7101")
{
    /// <summary>As the analyzer names the property.</summary>
    private const string Length = "McuLength";

    private protected override (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic)
    {
        if (
            !diagnostic.Properties.TryGetValue(Length, out var length)
            || length is null
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .DescendantNodesAndSelf()
                .OfType<ArrayCreationExpressionSyntax>()
                .FirstOrDefault()
                is not { Initializer: null } array
            || array.Type.RankSpecifiers[0].Sizes is not { Count: 1 } sizes
        )
            return null;
        var size = sizes[0];
        return ($"Make it as long as {length}", () => root.ReplaceNode(size, SyntaxFactory.ParseExpression(length).WithTriviaFrom(size)));
    }
}
