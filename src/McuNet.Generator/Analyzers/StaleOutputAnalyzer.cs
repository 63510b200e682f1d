using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// MCU7104: a view of an output in a local variable that is read after the model got its next input and before it ran on that: the bytes
/// may be those of the input.
/// After the run the view shows the new output, which is right. Only statements of one block that follow each other count.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaleOutputAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseStaleOutput)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Block, OperationKind.Block);
    }

    private static void Block(OperationAnalysisContext context)
    {
        var statements = ((IBlockOperation)context.Operation).Operations;
        for (var i = 0; i < statements.Length; i++)
            if (statements[i] is IVariableDeclarationGroupOperation group)
                foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators))
                    if (ViewedModel(declarator) is { } model)
                        Follow(context, statements, i + 1, declarator.Symbol, model, declarator.Initializer!.Value.Syntax);
    }

    private static void Follow(
        OperationAnalysisContext context,
        ImmutableArray<IOperation> statements,
        int first,
        ILocalSymbol view,
        ISymbol model,
        SyntaxNode output
    )
    {
        var isStale = false;
        foreach (var statement in statements.Skip(first))
        {
            var reads = statement
                .DescendantsAndSelf()
                .OfType<ILocalReferenceOperation>()
                .Where(r => SymbolEqualityComparer.Default.Equals(r.Local, view))
                .ToArray();
            if (reads.Any(r => r.Parent is ISimpleAssignmentOperation assignment && assignment.Target == r))
                return;
            if (isStale && reads.Length > 0)
            {
                context.ReportDiagnostic(
                    UseRule.At(
                        reads[0].Syntax,
                        context.Options,
                        DiagnosticCatalog.UseStaleOutput,
                        [output.GetLocation()],
                        [view.Name, model.Name]
                    )
                );
                return;
            }
            if (Touches(statement, model, name => name == "Invoke"))
                return;
            isStale |= Touches(statement, model, IsInput);
        }
    }

    /// <summary>The variable whose output a new variable views.</summary>
    private static ISymbol? ViewedModel(IVariableDeclaratorOperation declarator) =>
        declarator.Initializer?.Value is IPropertyReferenceOperation { Property: var property, Instance: { } instance }
        && property.Name.StartsWith("Output", StringComparison.Ordinal)
        && ModelClass.Is(property.ContainingType)
            ? Variable(instance)
            : null;

    /// <summary>Whether a statement uses a member of the model, whatever else it does.</summary>
    private static bool Touches(IOperation statement, ISymbol model, Func<string, bool> member) =>
        statement
            .DescendantsAndSelf()
            .Any(o =>
                o switch
                {
                    IInvocationOperation { Instance: { } instance } call => member(call.TargetMethod.Name)
                        && SymbolEqualityComparer.Default.Equals(Variable(instance), model),
                    IPropertyReferenceOperation { Instance: { } instance } read => member(read.Property.Name)
                        && SymbolEqualityComparer.Default.Equals(Variable(instance), model),
                    _ => false,
                }
            );

    private static bool IsInput(string name) =>
        name.StartsWith("SetInput", StringComparison.Ordinal) || name.StartsWith("Input", StringComparison.Ordinal);

    private static ISymbol? Variable(IOperation instance) =>
        instance switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            _ => null,
        };
}
