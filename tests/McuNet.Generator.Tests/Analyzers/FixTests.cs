using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>What an editor offers for a finding, and the body of the method after it; the analyzers find nothing more in that.</summary>
public sealed class FixTests
{
    private static readonly UseFix[] Fixes =
    [
        new BufferLengthFix(),
        new SetInputFix(),
        new CopyOutputFix(),
        new MoveCreationFix(),
        new OwnArenaFix(),
        new RemoveModelFix(),
    ];

    [Theory]
    [InlineData("p.SetInput(new float[23]);", "Make it as long as Person.InputLength", "p.SetInput(new float[Person.InputLength]);")]
    [InlineData(
        "p.SetInputFromRgb(new byte[8], 1f, 0f);",
        "Make it as long as 3 * Person.InputHeight * Person.InputWidth",
        "p.SetInputFromRgb(new byte[3 * Person.InputHeight * Person.InputWidth], 1f, 0f);"
    )]
    [InlineData("p = new Person(new sbyte[100]);", "Make it as long as Person.ArenaBytes", "p = new Person(new sbyte[Person.ArenaBytes]);")]
    [InlineData(
        "var q = new Person(); q.Invoke();",
        "Set the input of 'q' before it runs",
        "var q = new Person(); q.SetInput(new float[Person.InputLength]); q.Invoke();"
    )]
    [InlineData(
        "var q = p; q.Invoke(); q.Invoke();",
        "Set the input of 'q' before it runs",
        "var q = p; q.Invoke(); q.SetInput(new float[Person.InputLength]); q.Invoke();"
    )]
    [InlineData(
        "var scores = p.Output; p.SetInput(new float[24]); var first = scores[0];",
        "Copy the output",
        "var scores = p.Output.ToArray(); p.SetInput(new float[24]); var first = scores[0];"
    )]
    [InlineData(
        "System.ReadOnlySpan<sbyte> scores = p.Output; p.Input[0] = 3; shared[0] = scores[1];",
        "Copy the output",
        "System.ReadOnlySpan<sbyte> scores = p.Output.ToArray(); p.Input[0] = 3; shared[0] = scores[1];"
    )]
    [InlineData(
        "for (int i = 0; i < 3; i++) { var q = new Person(); Fill(q); q.Invoke(); }",
        "Create 'q' once, before the loop",
        "var q = new Person(); for (int i = 0; i < 3; i++) { Fill(q); q.Invoke(); }"
    )]
    [InlineData(
        "if (shared != null) foreach (var x in shared) { Fill(p); }  while (true) { if (shared[0] > 0) { Person q = new Person(); Fill(q); } }",
        "Create 'q' once, before the loop",
        "if (shared != null) foreach (var x in shared) { Fill(p); } Person q = new Person(); while (true) { if (shared[0] > 0) { Fill(q); } }"
    )]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();",
        "Give it an arena of Person.ArenaBytes",
        "var q = new Person(new sbyte[Person.ArenaBytes]); var r = new Person(shared); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();"
    )]
    [InlineData(
        "var q = new Together(); var r = new Together(); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();",
        "Give it an arena of Together.ArenaBytes",
        "var q = new Together(new sbyte[Together.ArenaBytes]); var r = new Together(); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();"
    )]
    [InlineData("int n = 3; var q = new Person(); shared[0] = (sbyte)n;", "Remove 'q'", "int n = 3; shared[0] = (sbyte)n;")]
    public async Task Fix_Applied_LeavesNothingToFind(string body, string title, string after)
    {
        var (actions, document) = await Offered(body);
        var action = Assert.Single(actions);
        Assert.Equal(title, action.Title);
        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None)));
        var changed = await Formatter.FormatAsync(operation.ChangedSolution.GetDocument(document.Id)!);
        Assert.Equal(Flat(UseRun.Code(after)), Flat((await changed.GetTextAsync()).ToString()));
        Assert.Empty(await UseRun.Of(UseRun.With((await changed.GetTextAsync()).ToString())));
    }

    /// <summary>Where the right change is not known, nothing is offered.</summary>
    [Theory]
    [InlineData("p.SetInput(new float[] { 1, 2, 3 });")]
    [InlineData("while (true) { new Person().ArgMax(); }")]
    [InlineData("{ var q = p; Fill(q); } for (int i = 0; i < 3; i++) { var q = new Person(); Fill(q); }")]
    public async Task Fix_OfWhatIsNotKnown_IsNotOffered(string body) => Assert.Empty((await Offered(body)).Actions);

    private static async Task<(List<CodeAction> Actions, Document Document)> Offered(string body)
    {
        var compilation = UseRun.WithBody(body);
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(
            ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp)
        );
        var document = project.AddDocument("user.cs", SourceText.From(UseRun.Code(body)));
        var actions = new List<CodeAction>();
        foreach (var found in await UseRun.Of(compilation))
        {
            var tree = (await document.GetSyntaxTreeAsync())!;
            var moved = Diagnostic.Create(
                found.Descriptor,
                Location.Create(tree, found.Location.SourceSpan),
                found.AdditionalLocations.Select(l => Location.Create(tree, l.SourceSpan)),
                found.Properties,
                found.GetMessage(null)
            );
            foreach (var fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(found.Id)))
                await fix.RegisterCodeFixesAsync(
                    new CodeFixContext(document, moved, (action, _) => actions.Add(action), CancellationToken.None)
                );
        }
        return (actions, document);
    }

    /// <summary>Without what formatting decides.</summary>
    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
