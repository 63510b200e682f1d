using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// MCU7107: a local variable with a new model that nothing uses, and a class with <c>[McuModel]</c> that nothing in the project names and
/// no other project can. A class that nobody declares is not looked at: firmware uses the C alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedModelAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseModelUnused, DiagnosticCatalog.UseModelClassUnused)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationBlockAction(Locals);
        context.RegisterCompilationStartAction(Classes);
    }

    private static void Locals(OperationBlockAnalysisContext context)
    {
        var operations = context.OperationBlocks.SelectMany(b => b.DescendantsAndSelf()).ToArray();
        var created = operations
            .OfType<IVariableDeclaratorOperation>()
            .Where(d => d.Initializer?.Value is IObjectCreationOperation { Initializer: null } creation && ModelClass.Is(creation.Type))
            .ToArray();
        if (created.Length == 0)
            return;
        var used = new HashSet<ISymbol>(operations.OfType<ILocalReferenceOperation>().Select(r => r.Local), SymbolEqualityComparer.Default);
        foreach (var unused in created.Where(d => !used.Contains(d.Symbol)))
            context.ReportDiagnostic(
                UseRule.At(
                    unused.Syntax,
                    context.Options,
                    DiagnosticCatalog.UseModelUnused,
                    unused.Symbol.Name,
                    ModelClass.ArenaBytes(unused.Initializer!.Value.Type!)
                )
            );
    }

    private static void Classes(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(McuModelAttribute.FullName) is not { } attribute)
            return;
        var declared = new ConcurrentDictionary<INamedTypeSymbol, SyntaxNode>(SymbolEqualityComparer.Default);
        var named = new ConcurrentDictionary<string, bool>();
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                var mark = type.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute));
                if (
                    mark?.ApplicationSyntaxReference?.GetSyntax(symbol.CancellationToken) is { } syntax
                    && type.DeclaredAccessibility != Accessibility.Public
                )
                    declared.TryAdd(type, syntax);
            },
            SymbolKind.NamedType
        );
        context.RegisterSyntaxNodeAction(
            node => named.TryAdd(((IdentifierNameSyntax)node.Node).Identifier.ValueText, true),
            SyntaxKind.IdentifierName
        );
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var unused in declared.Where(d => !named.ContainsKey(d.Key.Name)))
                end.ReportDiagnostic(UseRule.At(unused.Value, end.Options, DiagnosticCatalog.UseModelClassUnused, unused.Key.Name));
        });
    }
}
