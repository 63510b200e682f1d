using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using McuNet.CodeFixes;
using McuNet.Facade;
using McuNet.Generator.Analyzers;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>Code that uses models, what all analyzers find in it where the markup says, and what all fixes make of it: <c>Person</c> with
/// an arena of its own, <c>Together</c>, the same in a shared one.</summary>
internal sealed class UseTest : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private static readonly (string, string)[] Models = [.. OfModels()];

    /// <param name="message">A part of what every finding says.</param>
    public UseTest(string code, string message = "")
    {
        InMemoryProject.Prepare(this);
        TestCode = code;
        // Fixing all in a project or solution is the same provider of Roslyn over more documents.
        CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;
        TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        DiagnosticVerifier = (found, _, verifier) =>
        {
            verifier.True(found.GetMessage(null).Contains(message, StringComparison.Ordinal), found.GetMessage(null));
            verifier.Equal("file:///help/" + found.Id + ".md", found.Descriptor.HelpLinkUri);
        };
    }

    public static UseTest OfBody(string body, string message = "")
    {
        var test = new UseTest(Code(body), message);
        foreach (var model in Models)
            test.TestState.Sources.Add(model);
        return test;
    }

    /// <summary>The body of a method with a model <c>p</c> and an arena <c>shared</c>.</summary>
    private static string Code(string body) =>
        $$"""
            namespace Sample
            {
                internal static class User
                {
                    private static void Fill(Person model) { model.Input[0] = 1; }

                    private static void Use(Person p, sbyte[] shared)
                    {
                        {{body.Replace("\n", "\n            ", StringComparison.Ordinal)}}
                    }
                }
            }
            """;

    public static UseTest OfAttribute(string code, string message = "")
    {
        var test = new UseTest(code, message);
        test.TestState.Sources.Add(("attribute.cs", McuModelAttribute.Source));
        return test;
    }

    /// <summary>The one change that is offered, under that title, and the body after it.</summary>
    public Task ChangesTo(string body, string title)
    {
        FixedCode = Code(body);
        foreach (var model in Models)
            FixedState.Sources.Add(model);
        CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title);
        return RunAsync();
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
        [
            new BufferLengthAnalyzer(),
            new InvokeOrderAnalyzer(),
            new StaleOutputAnalyzer(),
            new CreatedInLoopAnalyzer(),
            new SharedArenaAnalyzer(),
            new UnusedModelAnalyzer(),
        ];

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
        [new BufferLengthFix(), new SetInputFix(), new CopyOutputFix(), new MoveCreationFix(), new OwnArenaFix(), new RemoveModelFix()];

    protected override ParseOptions CreateParseOptions() => InMemoryProject.Parse;

    private static IEnumerable<(string, string)> OfModels()
    {
        var own = SampleManifest.Person();
        var together = own with { ClassName = "Together", SharedArena = "vision" };
        var arena = ModelNames.ArenaClass("vision")["McuNet.Generated.".Length..];
        yield return ("engine.g.cs", GeneratorRun.EngineFor(own));
        yield return (
            "arena.g.cs",
            $"namespace McuNet.Generated {{ internal static class {arena} {{ public static readonly sbyte[] Memory = new sbyte[30000]; }} }}"
        );
        yield return ("facade.g.cs", FacadeWriter.Write(new(own, "Sample", "Person", FacadeDialect.Spans)));
        yield return ("together.g.cs", FacadeWriter.Write(new(together, "Sample", "Together", FacadeDialect.Spans)));
    }
}
