using System.Threading.Tasks;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>What an editor offers for a finding, and the body of the method after it; the analyzers find nothing more in that.</summary>
public sealed class FixTests
{
    [Theory]
    [InlineData(
        "p.SetInput({|MCU7101:new float[23]|});",
        "Make it as long as Person.InputLength",
        "p.SetInput(new float[Person.InputLength]);"
    )]
    [InlineData(
        "p.SetInputFromRgb({|MCU7101:new byte[8]|}, 1f, 0f);",
        "Make it as long as 3 * Person.InputHeight * Person.InputWidth",
        "p.SetInputFromRgb(new byte[3 * Person.InputHeight * Person.InputWidth], 1f, 0f);"
    )]
    [InlineData(
        "p = new Person({|MCU7101:new sbyte[100]|});",
        "Make it as long as Person.ArenaBytes",
        "p = new Person(new sbyte[Person.ArenaBytes]);"
    )]
    [InlineData(
        "var q = new Person(); {|MCU7102:q.Invoke()|};",
        "Set the input of 'q' before it runs",
        "var q = new Person(); q.SetInput(new float[Person.InputLength]);\nq.Invoke();"
    )]
    [InlineData(
        "var q = p; q.Invoke(); {|MCU7103:q.Invoke()|};",
        "Set the input of 'q' before it runs",
        "var q = p; q.Invoke(); q.SetInput(new float[Person.InputLength]);\nq.Invoke();"
    )]
    [InlineData(
        "var scores = p.Output; p.SetInput(new float[24]); var first = {|MCU7104:scores|}[0];",
        "Copy the output",
        "var scores = p.Output.ToArray(); p.SetInput(new float[24]); var first = scores[0];"
    )]
    [InlineData(
        "System.ReadOnlySpan<sbyte> scores = p.Output; p.Input[0] = 3; shared[0] = {|MCU7104:scores|}[1];",
        "Copy the output",
        "System.ReadOnlySpan<sbyte> scores = p.Output.ToArray(); p.Input[0] = 3; shared[0] = scores[1];"
    )]
    [InlineData(
        "for (int i = 0; i < 3; i++) { var q = {|MCU7105:new Person()|}; Fill(q); q.Invoke(); }",
        "Create 'q' once, before the loop",
        "var q = new Person();\nfor (int i = 0; i < 3; i++) { Fill(q); q.Invoke(); }"
    )]
    [InlineData(
        "if (shared != null) foreach (var x in shared) { Fill(p); }  while (true) { if (shared[0] > 0) { Person q = {|MCU7105:new Person()|}; Fill(q); } }",
        "Create 'q' once, before the loop",
        "if (shared != null) foreach (var x in shared) { Fill(p); }\nPerson q = new Person();\nwhile (true) { if (shared[0] > 0) { Fill(q); } }"
    )]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; r.Input[0] = 2; {|MCU7106:q.Invoke()|};",
        "Give it an arena of Person.ArenaBytes",
        "var q = new Person(new sbyte[Person.ArenaBytes]); var r = new Person(shared); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();"
    )]
    [InlineData(
        "var q = new Together(); var r = new Together(); q.Input[0] = 1; r.Input[0] = 2; {|MCU7106:q.Invoke()|};",
        "Give it an arena of Together.ArenaBytes",
        "var q = new Together(new sbyte[Together.ArenaBytes]); var r = new Together(); q.Input[0] = 1; r.Input[0] = 2; q.Invoke();"
    )]
    [InlineData("int n = 3; var {|MCU7107:q = new Person()|}; shared[0] = (sbyte)n;", "Remove 'q'", "int n = 3; shared[0] = (sbyte)n;")]
    public Task Fix_Applied_LeavesNothingToFind(string body, string title, string after) => UseTest.OfBody(body).ChangesTo(after, title);

    /// <summary>Where the right change is not known, nothing is offered.</summary>
    [Theory]
    [InlineData("p.SetInput({|MCU7101:new float[] { 1, 2, 3 }|});")]
    [InlineData("while (true) { {|MCU7105:new Person()|}.ArgMax(); }")]
    [InlineData("{ var q = p; Fill(q); } for (int i = 0; i < 3; i++) { var q = {|MCU7105:new Person()|}; Fill(q); }")]
    public Task Fix_OfWhatIsNotKnown_IsNotOffered(string body) => UseTest.OfBody(body).ChangesTo(body, "");
}
