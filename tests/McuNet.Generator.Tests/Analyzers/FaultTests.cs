using System.Threading.Tasks;
using McuNet.Generator.Analyzers;
using McuNet.Manifest;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace McuNet.Generator.Tests.Analyzers;

/// <summary>Why a model has no class, shown where code names it.</summary>
public sealed class FaultTests
{
    private static readonly ModelFault Large = new(
        "large-net",
        "LargeNet",
        "MCU4001",
        "App.csproj(12)",
        "The arena needs 300,000 bytes;\n262,144 are there.\tTake less."
    );

    [Fact]
    public void Text_OfFaults_ReadsBackWithoutLineBreaksAndTabs() =>
        Assert.Equal(
            [Large with { Message = "The arena needs 300,000 bytes; 262,144 are there. Take less." }],
            FaultText.Parse(FaultText.Line(Large) + "\nno fault\n\n")
        );

    [Theory]
    [InlineData("class User { {|MCU4001:LargeNet|} one; LargeNet other; }")]
    [InlineData("class User { void Use() { var x = new Sample.{|MCU4001:LargeNet|}(); } }")]
    [InlineData("[{|MCU4001:McuNet.McuModel(\"large-net\")|}] partial class Mine { }")]
    public Task FirstName_OfAModelWithAFault_ShowsIt(string code) => new FaultTest(code, "true").RunAsync();

    [Theory]
    [InlineData("class User { int LargeNet; }", "true")]
    [InlineData("class User { LargeNet one; }", "")]
    [InlineData("class User { Larger one; }", "true")]
    public Task Name_OfNothingOrWithoutFaults_ShowsNone(string code, string metadata) => new FaultTest(code, metadata).RunAsync();

    /// <summary>Code beside a file of faults, found where the markup says.</summary>
    private sealed class FaultTest : CSharpAnalyzerTest<FaultAnalyzer, DefaultVerifier>
    {
        private const string File = "/0/mcunet.faults";

        public FaultTest(string code, string metadata)
        {
            InMemoryProject.Prepare(this, $"[{File}]\nbuild_metadata.AdditionalFiles.McuFaults = {metadata}\n");
            TestCode = code;
            TestState.AdditionalFiles.Add((File, FaultText.Line(Large) + "\n"));
            CompilerDiagnostics = CompilerDiagnostics.None;
            TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
            DiagnosticVerifier = (found, _, verifier) =>
            {
                verifier.Equal("App.csproj(12): The arena needs 300,000 bytes; 262,144 are there. Take less.", found.GetMessage(null));
                verifier.Equal("file:///help/MCU4001.md", found.Descriptor.HelpLinkUri);
            };
        }
    }
}
