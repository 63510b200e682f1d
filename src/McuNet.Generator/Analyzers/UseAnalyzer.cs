using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McuNet.Generator.Analyzers;

/// <summary>An analyzer of how code that a person wrote uses models.</summary>
/// <param name="rows">Of the catalogue: what it reports.</param>
public abstract class UseAnalyzer(params McuNet.Diagnostics.DiagnosticDescriptor[] rows) : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = rows.Select(r => UseRule.Of(r)).ToImmutableArray();

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        Register(context);
    }

    protected abstract void Register(AnalysisContext context);
}
