using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>
/// MCU7106: two models of one block in one arena, of which one runs or is read after the other has got its input or run: what it had there
/// is gone. Statements of the block count in their order, from the creation of the models on; a statement that holds blocks of its own, or
/// uses models in another way, ends what is known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedArenaAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseArenaTaken)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Block, OperationKind.Block);
    }

    private static void Block(OperationAnalysisContext context)
    {
        var block = (IBlockOperation)context.Operation;
        var groups = block
            .Locals.Where(l => ModelClass.Is(l.Type))
            .Select(l => (Model: l, Creation: CreationOf(block, l)))
            .Where(m => m.Creation is not null && ArenaOf(m.Creation) is not null && !IsReassigned(block, m.Model))
            .GroupBy(m => ArenaOf(m.Creation!)!, m => (m.Model, Creation: m.Creation!), EqualityComparer<object>.Default);
        foreach (var group in groups.Where(g => g.Count() > 1))
            Follow(context, block.Operations, group.ToDictionary(m => m.Model, m => m.Creation, SymbolEqualityComparer.Default));
    }

    private static void Follow(
        OperationAnalysisContext context,
        ImmutableArray<IOperation> statements,
        Dictionary<ISymbol?, IObjectCreationOperation> models
    )
    {
        ISymbol? owner = null;
        foreach (var statement in statements)
        {
            var uses = statement.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Where(r => models.ContainsKey(r.Local)).ToArray();
            if (uses.Length == 0)
                continue;
            var model = uses[0].Local;
            if (
                HoldsBlocks(statement)
                || uses.Any(u => !SymbolEqualityComparer.Default.Equals(u.Local, model))
                || uses.Any(u => Use(u) == UseKind.Other)
            )
            {
                owner = null;
                continue;
            }
            var needs = uses.FirstOrDefault(u => Use(u) is UseKind.Run or UseKind.Read);
            if (needs is not null && owner is not null && !SymbolEqualityComparer.Default.Equals(owner, model))
            {
                context.ReportDiagnostic(
                    UseRule.At(
                        needs.Parent!.Syntax,
                        context.Options,
                        DiagnosticCatalog.UseArenaTaken,
                        [models[model].Syntax.GetLocation()],
                        [model.Name, owner.Name]
                    )
                );
                return;
            }
            owner = uses.Any(u => Use(u) != UseKind.Read) ? model : owner;
        }
    }

    private enum UseKind
    {
        Other,
        Input,
        Run,
        Read,
    }

    /// <summary>What is done with a model; a run that is handed its input needs nothing from before.</summary>
    private static UseKind Use(ILocalReferenceOperation model) =>
        model.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "Invoke" } run => run.Arguments.Length == 0 ? UseKind.Run : UseKind.Input,
            IInvocationOperation call when call.Instance == model => call.TargetMethod.Name.StartsWith("SetInput", StringComparison.Ordinal)
                ? UseKind.Input
            : new[] { "ArgMax", "CopyOutput", "GetOutput" }.Any(n => call.TargetMethod.Name.StartsWith(n, StringComparison.Ordinal))
                ? UseKind.Read
            : UseKind.Other,
            IPropertyReferenceOperation property when property.Instance == model => property.Property.Name.StartsWith(
                "Input",
                StringComparison.Ordinal
            )
                ? UseKind.Input
            : property.Property.Name.StartsWith("Output", StringComparison.Ordinal) ? UseKind.Read
            : UseKind.Other,
            _ => UseKind.Other,
        };

    private static bool HoldsBlocks(IOperation statement) =>
        statement
            .DescendantsAndSelf()
            .Any(o =>
                o
                    is ILoopOperation
                        or IConditionalOperation
                        or ISwitchOperation
                        or IAnonymousFunctionOperation
                        or ILocalFunctionOperation
                        or ITryOperation
            );

    private static IObjectCreationOperation? CreationOf(IBlockOperation block, ILocalSymbol local) =>
        block
            .Operations.OfType<IVariableDeclarationGroupOperation>()
            .SelectMany(g => g.Declarations)
            .SelectMany(d => d.Declarators)
            .Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local))
            .Select(d => d.Initializer?.Value as IObjectCreationOperation)
            .FirstOrDefault();

    private static bool IsReassigned(IBlockOperation block, ILocalSymbol local) =>
        block
            .Descendants()
            .OfType<ISimpleAssignmentOperation>()
            .Any(a => a.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local));

    /// <summary>The variable that holds the arena, or the name of the one that items share; null for an arena of its own and where it is
    /// not known.</summary>
    private static object? ArenaOf(IObjectCreationOperation creation) =>
        creation.Arguments.Length switch
        {
            0 => ModelClass.SharedArena(creation.Type!),
            1 => creation.Arguments[0].Value switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
                _ => null,
            },
            _ => null,
        };
}
