using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Finds what .NET nanoFramework would not run, or would run with wrong data without saying so.</summary>
public static class NanoCheck
{
    private const int NamedLayers = 3;

    /// <summary>Nothing where the model is not compiled for .NET nanoFramework.</summary>
    public static ImmutableArray<Diagnostic> Run(Compilation compilation)
    {
        if (!compilation.Options.Targets.HasFlag(Targets.NanoFramework))
            return [];
        var program = ProgramBuilder.CSharp(compilation.Model);
        var name = compilation.Model.Graph.Name;
        var (budget, found) = (NanoBudget.Of(program), ImmutableArray.CreateBuilder<Diagnostic>());
        if (budget.DataBytes > NanoBudget.MostData)
        {
            var largest = program
                .Called.OrderByDescending(l => l.Kernel.TableBytes)
                .Take(NamedLayers)
                .Select(l => $"'{l.Name}' ({l.Kernel.TableBytes})");
            found.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.NanoDataExceeded,
                    name,
                    budget.DataBytes,
                    NanoBudget.MostData,
                    string.Join(", ", largest)
                )
            );
        }
        if (budget.CodeBytes > NanoBudget.MostCode)
            found.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.NanoCodeExceeded,
                    name,
                    "assembly",
                    budget.CodeBytes,
                    NanoBudget.MostCode,
                    program.Layers.Length
                )
            );
        if (budget.ConstructorBytes > NanoBudget.MostMethod)
            found.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.NanoCodeExceeded,
                    name,
                    "method that makes its constants",
                    budget.ConstructorBytes,
                    NanoBudget.MostMethod,
                    program.Layers.Length
                )
            );
        return found.ToImmutable();
    }
}
