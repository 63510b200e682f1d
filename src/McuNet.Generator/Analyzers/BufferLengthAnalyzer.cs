using System.Linq;
using McuNet.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McuNet.Generator.Analyzers;

/// <summary>MCU7101: a new array of constant length, handed to a model that takes another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BufferLengthAnalyzer() : UseAnalyzer(DiagnosticCatalog.UseBufferLength)
{
    protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(Invocation, OperationKind.Invocation);
        context.RegisterOperationAction(Creation, OperationKind.ObjectCreation);
    }

    private static void Invocation(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (
            call.TargetMethod is not { IsStatic: false, ContainingType: var type }
            || !ModelClass.Is(type)
            || call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is not { } buffer
        )
            return;
        if (
            Expected(type, call.TargetMethod.Name) is not var (length, atLeast, what)
            || LengthOf(buffer.Value) is not { } given
            || given == length
            || (atLeast && given > length)
        )
            return;
        context.ReportDiagnostic(
            UseRule.At(
                buffer.Syntax,
                context.Options,
                DiagnosticCatalog.UseBufferLength,
                [],
                [type.Name, call.TargetMethod.Name, given, atLeast ? $"at least {length}" : $"{length}", what],
                (UseRule.Length, what)
            )
        );
    }

    private static void Creation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (
            creation.Type is not { } type
            || !ModelClass.Is(type)
            || creation.Arguments.Length != 1
            || LengthOf(creation.Arguments[0].Value) is not { } given
            || given >= ModelClass.ArenaBytes(type)
        )
            return;
        var what = $"{type.Name}.ArenaBytes";
        context.ReportDiagnostic(
            UseRule.At(
                creation.Arguments[0].Syntax,
                context.Options,
                DiagnosticCatalog.UseBufferLength,
                [],
                [type.Name, type.Name, given, $"at least {ModelClass.ArenaBytes(type)}", what],
                (UseRule.Length, what)
            )
        );
    }

    /// <summary>How many elements a method takes, whether more are right too, and what says so; null for methods that take any
    /// number.</summary>
    private static (int Length, bool AtLeast, string What)? Expected(ITypeSymbol type, string method)
    {
        foreach (var (begin, end, perPixel) in new[] { ("Set", "FromGrey", 1), ("Set", "FromRgb", 3) })
        {
            if (!method.StartsWith(begin, System.StringComparison.Ordinal) || !method.EndsWith(end, System.StringComparison.Ordinal))
                continue;
            var port = method.Substring(begin.Length, method.Length - begin.Length - end.Length);
            return ModelClass.Constant(type, port + "Height") is { } height && ModelClass.Constant(type, port + "Width") is { } width
                ? (
                    perPixel * height * width,
                    false,
                    $"{(perPixel == 1 ? "" : perPixel + " * ")}{type.Name}.{port}Height * {type.Name}.{port}Width"
                )
                : null;
        }
        foreach (var (begin, atLeast) in new[] { ("Set", false), ("Copy", true) })
            if (
                method.StartsWith(begin, System.StringComparison.Ordinal)
                && ModelClass.Constant(type, method.Substring(begin.Length) + "Length") is { } length
            )
                return (length, atLeast, $"{type.Name}.{method.Substring(begin.Length)}Length");
        return null;
    }

    /// <summary>The constant length of a new array, through conversions to spans; null for everything else.</summary>
    private static int? LengthOf(IOperation value) =>
        value switch
        {
            IConversionOperation conversion => LengthOf(conversion.Operand),
            IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } => sizes[0].ConstantValue
                is { HasValue: true, Value: int length }
                ? length
                : null,
            _ => null,
        };
}
