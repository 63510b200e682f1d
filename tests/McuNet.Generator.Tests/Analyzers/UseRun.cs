using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Facade;
using McuNet.Generator.Analyzers;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>Code that uses models, and what all analyzers find in it: <c>Person</c> with an arena of its own, <c>Together</c>, the same in
/// a shared one.</summary>
internal static class UseRun
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        new BufferLengthAnalyzer(),
        new InvokeOrderAnalyzer(),
        new StaleOutputAnalyzer(),
        new CreatedInLoopAnalyzer(),
        new SharedArenaAnalyzer(),
        new UnusedModelAnalyzer(),
    ];

    private static readonly GeneratorRun Models = OfModels();

    /// <summary>The body of a method with a model <c>p</c> and an arena <c>shared</c>.</summary>
    public static string Code(string body) =>
        $$"""
            namespace Sample
            {
                internal static class User
                {
                    private static void Fill(Person model) { model.Input[0] = 1; }

                    private static void Use(Person p, sbyte[] shared)
                    {
                        {{body}}
                    }
                }
            }
            """;

    public static CSharpCompilation WithBody(string body) => With(Code(body));

    public static CSharpCompilation WithAttribute(string code) =>
        (CSharpCompilation)new GeneratorRun().WithCode(McuModelAttribute.Source, "attribute.cs").WithCode(code).Compilation;

    public static CSharpCompilation With(string code) => Models.WithCode(code).Compilation;

    private static GeneratorRun OfModels()
    {
        var own = SampleManifest.Person();
        var together = own with { ClassName = "Together", SharedArena = "vision" };
        return new GeneratorRun()
            .WithCode(GeneratorRun.EngineFor(own), "engine.g.cs")
            .WithCode(
                $"namespace McuNet.Generated {{ internal static class {ModelNames.ArenaClass("vision")["McuNet.Generated.".Length..]} {{ public static readonly sbyte[] Memory = new sbyte[30000]; }} }}",
                "arena.g.cs"
            )
            .WithCode(FacadeWriter.Write(new(own, "Sample", "Person", FacadeDialect.Spans)), "facade.g.cs")
            .WithCode(FacadeWriter.Write(new(together, "Sample", "Together", FacadeDialect.Spans)), "together.g.cs");
    }

    public static async Task<ImmutableArray<Diagnostic>> Of(CSharpCompilation compilation)
    {
        Assert.Empty(
            compilation.GetSemanticModel(compilation.SyntaxTrees[^1]).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
        );
        return await compilation
            .WithAnalyzers(Analyzers, new AnalyzerOptions([], GeneratorRun.ProjectOptions))
            .GetAnalyzerDiagnosticsAsync();
    }
}
