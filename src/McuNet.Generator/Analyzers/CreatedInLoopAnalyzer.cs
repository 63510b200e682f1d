using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// MCU7105: a model with an arena of its own that a loop creates and drops in each pass. One that is kept, by an assignment to something
/// outside or as an argument, is meant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CreatedInLoopAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseCreatedInLoop)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Creation, OperationKind.ObjectCreation);
    }

    private static void Creation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (
            creation.Type is not { } type
            || creation.Arguments.Length > 0
            || !ModelClass.Is(type)
            || creation.Parent is not (IVariableInitializerOperation or IInvocationOperation or IPropertyReferenceOperation)
        )
            return;
        for (
            var around = creation.Parent;
            around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            around = around.Parent
        )
        {
            if (around is not ILoopOperation loop)
                continue;
            if (!InHead(loop, creation))
                context.ReportDiagnostic(
                    UseRule.At(creation.Syntax, context.Options, DiagnosticCatalog.UseCreatedInLoop, type.Name, ModelClass.ArenaBytes(type))
                );
            return;
        }
    }

    private static bool InHead(ILoopOperation loop, IOperation creation) => !loop.Body.Syntax.Span.Contains(creation.Syntax.Span);
}
