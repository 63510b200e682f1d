using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// MCU7102 and MCU7103: a model in a local variable that runs without an input, or again without a new one. Only statements of one block
/// that follow each other count, with no other use of the variable between them: whatever else happens to it may set its input.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvokeOrderAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseInvokeBeforeInput, DiagnosticCatalog.UseInvokeTwice)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Block, OperationKind.Block);
    }

    private static void Block(OperationAnalysisContext context)
    {
        var block = (IBlockOperation)context.Operation;
        foreach (var local in block.Locals.Where(l => ModelClass.Is(l.Type)))
        {
            var (isFresh, hasRun) = (false, false);
            foreach (var statement in block.Operations)
            {
                if (Creates(statement, local))
                    (isFresh, hasRun) = (true, false);
                else if (RunOf(statement, local) is { } run)
                {
                    if (isFresh || hasRun)
                        context.ReportDiagnostic(
                            UseRule.At(
                                run.Syntax,
                                context.Options,
                                isFresh ? DiagnosticCatalog.UseInvokeBeforeInput : DiagnosticCatalog.UseInvokeTwice,
                                [],
                                [local.Name],
                                Setter(local.Type)
                            )
                        );
                    (isFresh, hasRun) = (false, true);
                }
                else if (Uses(statement, local))
                    (isFresh, hasRun) = (false, false);
            }
        }
    }

    /// <summary>A call for a fix that sets the first input.</summary>
    private static (string Name, string Text)? Setter(ITypeSymbol type) =>
        type.GetMembers()
            .OfType<IMethodSymbol>()
            .FirstOrDefault(m =>
                m.Name.StartsWith("SetInput", System.StringComparison.Ordinal)
                && m.Parameters.Length == 1
                && ModelClass.Constant(type, m.Name.Substring("Set".Length) + "Length") is not null
            )
            is { } set
            ? (UseRule.Call, $"{set.Name}(new float[{type.Name}.{set.Name.Substring("Set".Length)}Length])")
            : null;

    /// <summary>A declaration with a new model in an arena of its own: one that is handed in may hold an input.</summary>
    private static bool Creates(IOperation statement, ILocalSymbol local) =>
        statement is IVariableDeclarationGroupOperation group
        && group
            .Declarations.SelectMany(d => d.Declarators)
            .Any(d =>
                SymbolEqualityComparer.Default.Equals(d.Symbol, local)
                && d.Initializer?.Value is IObjectCreationOperation { Arguments.Length: 0, Initializer: null }
            );

    private static IInvocationOperation? RunOf(IOperation statement, ILocalSymbol local) =>
        statement
            is IExpressionStatementOperation
            {
                Operation: IInvocationOperation
                {
                    TargetMethod: { Name: "Invoke", Parameters.Length: 0 },
                    Instance: ILocalReferenceOperation reference
                } run
            }
        && SymbolEqualityComparer.Default.Equals(reference.Local, local)
            ? run
            : null;

    private static bool Uses(IOperation statement, ILocalSymbol local) =>
        statement.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(r => SymbolEqualityComparer.Default.Equals(r.Local, local));
}
