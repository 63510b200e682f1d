using System;
using System.Threading.Tasks;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>Bodies of a method that uses the façade of a 4 x 2 x 3 model with an arena of 26,240 bytes, and what is found in
/// them.</summary>
public sealed class UseTests
{
    [Theory]
    [InlineData(
        "p.SetInput({|MCU7101:new float[23]|});",
        "'Person.SetInput' has 23 elements, and it takes 24. Make it as long as Person.InputLength."
    )]
    [InlineData(
        "p.SetInputFromGrey({|MCU7101:new byte[24]|}, 1f, 0f);",
        "'Person.SetInputFromGrey' has 24 elements, and it takes 8. Make it as long as Person.InputHeight * Person.InputWidth."
    )]
    [InlineData(
        "p.SetInputFromRgb({|MCU7101:new byte[8]|}, 1f, 0f);",
        "'Person.SetInputFromRgb' has 8 elements, and it takes 24. Make it as long as 3 * Person.InputHeight * Person.InputWidth."
    )]
    [InlineData(
        "p.CopyOutput({|MCU7101:new float[4]|});",
        "'Person.CopyOutput' has 4 elements, and it takes at least 5. Make it as long as Person.OutputLength."
    )]
    [InlineData(
        "p = new Person({|MCU7101:new sbyte[100]|});",
        "'Person.Person' has 100 elements, and it takes at least 26240. Make it as long as Person.ArenaBytes."
    )]
    public Task BufferLength_Wrong_IsFound(string body, string message) => Found(body, message);

    [Theory]
    [InlineData("p.SetInput(new float[24]);")]
    [InlineData("p.SetInputFromRgb(new byte[3 * Person.InputHeight * Person.InputWidth], 1f, 0f);")]
    [InlineData("p.CopyOutput(new float[100]);")]
    [InlineData("p = new Person(new sbyte[30000]);")]
    [InlineData("int n = System.Environment.ProcessorCount; p.SetInput(new float[n]);")]
    [InlineData("Person.Quantize(new float[3], new sbyte[3]);")]
    public Task BufferLength_RightOrUnknown_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("var q = new Person(); {|MCU7102:q.Invoke()|};")]
    [InlineData("var q = new Person(); int n = 3; {|MCU7102:q.Invoke()|}; q.ArgMax();")]
    [InlineData("if (p != null) { Person q = new Person(); System.GC.Collect(); {|MCU7102:q.Invoke()|}; }")]
    public Task InvokeBeforeInput_FreshModel_IsFound(string body) => Found(body, "'q' runs for the first time here");

    [Theory]
    [InlineData("var q = new Person(); q.SetInput(new float[24]); q.Invoke();")]
    [InlineData("var q = new Person(); q.Input[0] = 3; q.Invoke();")]
    [InlineData("var q = new Person(); Fill(q); q.Invoke();")]
    [InlineData("var q = new Person(shared); q.Invoke();")]
    [InlineData("p.Invoke();")]
    public Task InvokeBeforeInput_ModelThatMayHaveOne_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("p.SetInput(new float[24]); var q = p; q.Invoke(); {|MCU7103:q.Invoke()|};")]
    [InlineData("var q = p; q.Input[1] = 2; q.Invoke(); int n = 3; {|MCU7103:q.Invoke()|}; q.ArgMax();")]
    [InlineData("var q = p; for (int i = 0; i < 3; i++) { q.ArgMax(); } q.Invoke(); {|MCU7103:q.Invoke()|};")]
    public Task InvokeTwice_NothingBetween_IsFound(string body) => Found(body, "'q' runs again");

    [Theory]
    [InlineData("var q = p; q.Invoke(); q.SetInput(new float[24]); q.Invoke();")]
    [InlineData("var q = p; q.Invoke(); Fill(q); q.Invoke();")]
    [InlineData("var q = p; for (int i = 0; i < 3; i++) q.Invoke();")]
    [InlineData("var q = p; if (q.ArgMax() > 0) q.Invoke(); else q.Invoke();")]
    public Task InvokeTwice_SomethingBetween_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); var first = {|MCU7104:scores|}[0];")]
    [InlineData("System.ReadOnlySpan<sbyte> scores = p.Output; p.Input[0] = 3; p.ArgMax(); shared[0] = {|MCU7104:scores|}[1];")]
    [InlineData(
        "var q = p; q.SetInput(new float[24]); q.Invoke(); var scores = q.Output; q.SetInputFromGrey(new byte[8], 1f, 0f); for (int i = 0; i < 5; i++) shared[i] = {|MCU7104:scores|}[i];"
    )]
    public Task StaleOutput_ReadBetweenInputAndRun_IsFound(string body) => Found(body, "'scores' is a view of the output of");

    [Theory]
    [InlineData("var scores = p.Output; var first = scores[0]; p.SetInput(new float[24]);")]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); p.Invoke(); var first = scores[0];")]
    [InlineData("var scores = p.Output.ToArray(); p.SetInput(new float[24]); var first = scores[0];")]
    [InlineData("var scores = p.Output; var q = new Person(); q.SetInput(new float[24]); var first = scores[0];")]
    [InlineData("var scores = p.Output; p.SetInput(new float[24]); scores = new sbyte[3]; var first = scores[0];")]
    public Task StaleOutput_ReadAtAnotherTime_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) { var q = {|MCU7105:new Person()|}; Fill(q); q.Invoke(); }")]
    [InlineData("while (true) { {|MCU7105:new Person()|}.ArgMax(); }")]
    [InlineData("foreach (var x in shared) { if (x > 0) { Person q = {|MCU7105:new Person()|}; q.Input[0] = x; q.Invoke(); } }")]
    public Task CreatedInLoop_Dropped_IsFound(string body) =>
        Found(body, "A 'Person' is created in each pass of a loop, with an arena of 26,240 bytes.");

    [Theory]
    [InlineData("var all = new Person[3]; for (int i = 0; i < 3; i++) all[i] = new Person();")]
    [InlineData("for (int i = new Person().ArgMax(); i < 3; i++) { }")]
    [InlineData("for (int i = 0; i < 3; i++) { var q = new Person(shared); Fill(q); }")]
    [InlineData("var q = new Person(); for (int i = 0; i < 3; i++) { Fill(q); q.Invoke(); }")]
    [InlineData("for (int i = 0; i < 3; i++) { System.Func<Person> make = () => { var r = new Person(); Fill(r); return r; }; make(); }")]
    public Task CreatedInLoop_KeptOrOutside_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.SetInput(new float[24]); r.SetInput(new float[24]); {|MCU7106:q.Invoke()|};",
        "'q' and 'r' share an arena"
    )]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); Fill(q); q.Invoke(); r.Input[0] = 1; r.Invoke(); {|MCU7106:q.ArgMax()|};",
        "and 'r' got an input or ran since 'q' did"
    )]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; q.Invoke(); r.Input[0] = 2; shared[0] = {|MCU7106:q.Output|}[1];",
        "'q' and 'r' share an arena"
    )]
    [InlineData(
        "var q = new Together(); var r = new Together(); q.Input[0] = 1; r.Input[0] = 2; {|MCU7106:q.Invoke()|};",
        "'q' and 'r' share an arena"
    )]
    public Task ArenaTaken_ByAnotherModelInBetween_IsFound(string body, string message) => Found(body, message);

    [Theory]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; q.Invoke(); q.ArgMax(); r.Input[0] = 2; r.Invoke(); r.ArgMax();"
    )]
    [InlineData("var q = new Person(); var r = new Person(); q.Input[0] = 1; r.Input[0] = 1; q.Invoke(); r.Invoke();")]
    [InlineData(
        "var q = new Person(shared); var r = new Person(new sbyte[30000]); q.Input[0] = 1; r.Input[0] = 1; q.Invoke(); r.Invoke();"
    )]
    [InlineData(
        "var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; Fill(r); if (shared[0] > 0) { r.Invoke(); } else { q.Invoke(); }"
    )]
    [InlineData("var q = new Person(shared); var r = new Person(shared); q.Input[0] = 1; r.Input[0] = 1; Fill(q); q.Invoke(); q.ArgMax();")]
    [InlineData("var q = new Together(); q.Input[0] = 1; var r = new Together(shared); r.Input[0] = 2; q.Invoke();")]
    public Task ArenaTaken_OneAfterTheOtherOrUnknown_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("var {|MCU7107:q = new Person()|};", "Nothing uses 'q', which takes an arena of 26,240 bytes.")]
    [InlineData("Person {|MCU7107:q = new Person()|}; p.ArgMax();", "Nothing uses 'q'")]
    [InlineData("for (int i = 0; i < 3; i++) { Person {|MCU7107:q = new Person(shared)|}; }", "Nothing uses 'q'")]
    public Task ModelUnused_Local_IsFound(string body, string message) => Found(body, message);

    [Theory]
    [InlineData("var q = new Person(); Fill(q);")]
    [InlineData("var q = new Person(); System.Action run = () => q.ArgMax(); run();")]
    [InlineData("var q = p;")]
    [InlineData("var all = new Person[] { new Person() };")]
    public Task ModelUnused_UsedOrNotCreatedHere_IsNot(string body) => NotFound(body);

    [Theory]
    [InlineData("[{|MCU7108:McuNet.McuModel(\"person\")|}] internal partial class Mine { }")]
    [InlineData("[{|MCU7108:McuNet.McuModel(\"person\")|}] partial class Mine { }", "public class Other { string Mine() => \"Mine\"; }")]
    [InlineData("namespace Deep { [{|MCU7108:McuNet.McuModel(\"person\")|}] partial class Mine { } }")]
    public Task ModelClassUnused_NobodyNamesIt_IsFound(string declaration, string more = "") =>
        UseTest.OfAttribute(declaration + more, "'Mine' completes a model, and nothing in the project names it.").RunAsync();

    [Theory]
    [InlineData("[McuNet.McuModel(\"person\")] internal partial class Mine { } class Other { int Of() => new Mine().GetHashCode(); }")]
    [InlineData("[McuNet.McuModel(\"person\")] public partial class Mine { }")]
    [InlineData("internal partial class Mine { }")]
    public Task ModelClassUnused_NamedOrPublicOrNoModel_IsNot(string declaration) => UseTest.OfAttribute(declaration).RunAsync();

    /// <param name="body">With markup where the one finding is.</param>
    private static Task Found(string body, string message) => UseTest.OfBody(body, message).RunAsync();

    private static Task NotFound(string body) => UseTest.OfBody(body).RunAsync();
}
