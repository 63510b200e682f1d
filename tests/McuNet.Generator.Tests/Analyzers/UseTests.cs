using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Facade;
using McuNet.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>Bodies of a method that uses the façade of a 4 x 2 x 3 model with an arena of 26,240 bytes, and what is found in them.</summary>
public sealed class UseTests
{
    [Theory]
    [InlineData("p.SetInput(new float[23]);", "'Person.SetInput' has 23 elements, and it takes 24. Make it as long as Person.InputLength.")]
    [InlineData("p.SetInputFromGrey(new byte[24], 1f, 0f);",
        "'Person.SetInputFromGrey' has 24 elements, and it takes 8. Make it as long as Person.InputHeight * Person.InputWidth.")]
    [InlineData("p.SetInputFromRgb(new byte[8], 1f, 0f);",
        "'Person.SetInputFromRgb' has 8 elements, and it takes 24. Make it as long as 3 * Person.InputHeight * Person.InputWidth.")]
    [InlineData("p.CopyOutput(new float[4]);", "'Person.CopyOutput' has 4 elements, and it takes at least 5. Make it as long as Person.OutputLength.")]
    [InlineData("p = new Person(new sbyte[100]);", "'Person.Person' has 100 elements, and it takes at least 26240. Make it as long as Person.ArenaBytes.")]
    public Task BufferLength_Wrong_IsFound(string body, string message) => Found("MCU7101", body, message);

    [Theory]
    [InlineData("p.SetInput(new float[24]);")]
    [InlineData("p.SetInputFromRgb(new byte[3 * Person.InputHeight * Person.InputWidth], 1f, 0f);")]
    [InlineData("p.CopyOutput(new float[100]);")]
    [InlineData("p = new Person(new sbyte[30000]);")]
    [InlineData("int n = System.Environment.ProcessorCount; p.SetInput(new float[n]);")]
    [InlineData("Person.Quantize(new float[3], new sbyte[3]);")]
    public Task BufferLength_RightOrUnknown_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("var q = new Person(); q.Invoke();")]
    [InlineData("var q = new Person(); int n = 3; q.Invoke(); q.ArgMax();")]
    [InlineData("if (p != null) { Person q = new Person(); System.GC.Collect(); q.Invoke(); }")]
    public Task InvokeBeforeInput_FreshModel_IsFound(string body) => Found("MCU7102", body, "'q' runs for the first time here");

    [Theory]
    [InlineData("var q = new Person(); q.SetInput(new float[24]); q.Invoke();")]
    [InlineData("var q = new Person(); q.Input[0] = 3; q.Invoke();")]
    [InlineData("var q = new Person(); Fill(q); q.Invoke();")]
    [InlineData("var q = new Person(shared); q.Invoke();")]
    [InlineData("p.Invoke();")]
    public Task InvokeBeforeInput_ModelThatMayHaveOne_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("p.SetInput(new float[24]); var q = p; q.Invoke(); q.Invoke();")]
    [InlineData("var q = p; q.Input[1] = 2; q.Invoke(); int n = 3; q.Invoke(); q.ArgMax();")]
    [InlineData("var q = p; for (int i = 0; i < 3; i++) { q.ArgMax(); } q.Invoke(); q.Invoke();")]
    public Task InvokeTwice_NothingBetween_IsFound(string body) => Found("MCU7103", body, "'q' runs again");

    [Theory]
    [InlineData("var q = p; q.Invoke(); q.SetInput(new float[24]); q.Invoke();")]
    [InlineData("var q = p; q.Invoke(); Fill(q); q.Invoke();")]
    [InlineData("var q = p; for (int i = 0; i < 3; i++) q.Invoke();")]
    [InlineData("var q = p; if (q.ArgMax() > 0) q.Invoke(); else q.Invoke();")]
    public Task InvokeTwice_SomethingBetween_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); var first = scores[0];")]
    [InlineData("System.ReadOnlySpan<sbyte> scores = p.Output; p.Input[0] = 3; p.ArgMax(); shared[0] = scores[1];")]
    [InlineData("var q = p; q.SetInput(new float[24]); q.Invoke(); var scores = q.Output; q.SetInputFromGrey(new byte[8], 1f, 0f); for (int i = 0; i < 5; i++) shared[i] = scores[i];")]
    public Task StaleOutput_ReadBetweenInputAndRun_IsFound(string body) => Found("MCU7104", body, "'scores' is a view of the output of");

    [Theory]
    [InlineData("var scores = p.Output; var first = scores[0]; p.SetInput(new float[24]);")]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); p.Invoke(); var first = scores[0];")]
    [InlineData("var scores = p.Output.ToArray(); p.SetInput(new float[24]); var first = scores[0];")]
    [InlineData("var scores = p.Output; var q = new Person(); q.SetInput(new float[24]); var first = scores[0];")]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); scores = new sbyte[3]; var first = scores[0];")]
    public Task StaleOutput_ReadAtAnotherTime_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) { var q = new Person(); Fill(q); q.Invoke(); }")]
    [InlineData("while (true) { new Person().ArgMax(); }")]
    [InlineData("foreach (var x in shared) { if (x > 0) { Person q = new Person(); q.Input[0] = x; q.Invoke(); } }")]
    public Task CreatedInLoop_Dropped_IsFound(string body) =>
        Found("MCU7105", body, "A 'Person' is created in each pass of a loop, with an arena of 26,240 bytes.");

    [Theory]
    [InlineData("var all = new Person[3]; for (int i = 0; i < 3; i++) all[i] = new Person();")]
    [InlineData("for (int i = new Person().ArgMax(); i < 3; i++) { }")]
    [InlineData("for (int i = 0; i < 3; i++) { var q = new Person(shared); Fill(q); }")]
    [InlineData("var q = new Person(); for (int i = 0; i < 3; i++) { Fill(q); q.Invoke(); }")]
    [InlineData("for (int i = 0; i < 3; i++) { System.Func<Person> make = () => { var r = new Person(); Fill(r); return r; }; make(); }")]
    public Task CreatedInLoop_KeptOrOutside_IsNot(string body) => NotFound(body);

    private static async Task Found(string id, string body, string message)
    {
        var found = Assert.Single(await Analyse(body));
        Assert.Equal((id, "file:///help/" + id + ".md"), (found.Id, found.Descriptor.HelpLinkUri));
        Assert.Contains(message, found.GetMessage(null), StringComparison.Ordinal);
    }

    private static async Task NotFound(string body) => Assert.Empty(await Analyse(body));

    private static async Task<ImmutableArray<Diagnostic>> Analyse(string body)
    {
        var manifest = SampleManifest.Person();
        var facade = FacadeWriter.Write(new(manifest, "Sample", "Person", FacadeDialect.Spans));
        var run = new GeneratorRun().WithCode(GeneratorRun.EngineFor(manifest), "engine.g.cs").WithCode(facade, "facade.g.cs").WithCode($$"""
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
            """);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var analyzers = ImmutableArray.Create<DiagnosticAnalyzer>(new BufferLengthAnalyzer(), new InvokeOrderAnalyzer(), new StaleOutputAnalyzer(),
            new CreatedInLoopAnalyzer());
        return await run.Compilation.WithAnalyzers(analyzers, new AnalyzerOptions([], GeneratorRun.ProjectOptions)).GetAnalyzerDiagnosticsAsync();
    }
}
