using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Generator.Analyzers;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
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
    [InlineData("class User { LargeNet one; LargeNet other; }", "LargeNet")]
    [InlineData("class User { void Use() { var x = new Sample.LargeNet(); } }", "LargeNet")]
    [InlineData("[McuNet.McuModel(\"large-net\")] partial class Mine { }", "McuNet.McuModel(\"large-net\")")]
    public async Task FirstName_OfAModelWithAFault_ShowsIt(string code, string at)
    {
        var found = Assert.Single(await Of(code, "true"));
        Assert.Equal(
            ("MCU4001", DiagnosticSeverity.Error, "file:///help/MCU4001.md"),
            (found.Id, found.Severity, found.Descriptor.HelpLinkUri)
        );
        Assert.Equal("App.csproj(12): The arena needs 300,000 bytes; 262,144 are there. Take less.", found.GetMessage(null));
        Assert.Equal(
            (code.IndexOf(at, StringComparison.Ordinal), at.Length),
            (found.Location.SourceSpan.Start, found.Location.SourceSpan.Length)
        );
    }

    [Theory]
    [InlineData("class User { int LargeNet; }", "true")]
    [InlineData("class User { LargeNet one; }", "")]
    [InlineData("class User { Larger one; }", "true")]
    public async Task Name_OfNothingOrWithoutFaults_ShowsNone(string code, string metadata) => Assert.Empty(await Of(code, metadata));

    private static async Task<ImmutableArray<Diagnostic>> Of(string code, string metadata)
    {
        var options = new AnalyzerOptions([new FaultFile()], GeneratorRun.OptionsWith("McuFaults", metadata));
        return await new GeneratorRun()
            .WithCode(code)
            .Compilation.WithAnalyzers([new FaultAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
    }

    private sealed class FaultFile : AdditionalText
    {
        public override string Path => "mcunet.faults";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(FaultText.Line(Large) + "\n");
    }
}
