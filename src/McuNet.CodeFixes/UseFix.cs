using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McuNet.CodeFixes;

/// <summary>A fix for what an analyzer of the package found: one change of one document for each finding.</summary>
/// <param name="ids">Of the diagnostics.</param>
public abstract class UseFix(params string[] ids) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ids.ToImmutableArray();

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Change(root, diagnostic) is not var (title, changed))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed())), equivalenceKey: GetType().Name),
                diagnostic
            );
        }
    }

    /// <summary>What an editor offers, and the document after it; null where the code cannot be changed so.</summary>
    /// <param name="root">Of the document that the diagnostic is in.</param>
    private protected abstract (string Title, Func<SyntaxNode> Changed)? Change(SyntaxNode root, Diagnostic diagnostic);
}
