using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace McuNet.Generator.Tests;

public sealed class McuModelGeneratorTests
{
    private const string Mine = """
        namespace Vision
        {
            /// <summary>Declared by the user.</summary>
            [McuNet.McuModel("person")]
            internal partial class Mine
            {
            }
        }
        """;

    private static readonly FacadeRequest Facade = new(
        SampleManifest.Person(),
        "My_App.@class",
        "Person",
        FacadeDialect.Spans,
        Item: ModelTest.Item
    );

    [Theory]
    [InlineData("internal", false)]
    [InlineData("public", true)]
    public Task Run_ModelWithoutClass_WritesOneInTheRootNamespace(string visibility, bool isPublic) =>
        new ModelTest(visibility).WithModel(Facade.Manifest).Writes(Facade with { IsPublic = isPublic }).RunAsync();

    [Fact]
    public Task Run_ClassWithAttribute_IsCompletedInPlace() =>
        new ModelTest()
            .WithModel(Facade.Manifest)
            .WithCode(Mine)
            .Writes(Facade with { Namespace = "Vision", ClassName = "Mine", Completes = true })
            .RunAsync();

    [Fact]
    public Task Run_OtherAdditionalFile_IsLeftAlone() => new ModelTest().WithFile("notes.txt", "hello").RunAsync();

    [Theory]
    [InlineData("[{|MCU7009:McuNet.McuModel(\"person\")|}] class Mine { }", "not partial")]
    [InlineData("[{|MCU7009:McuNet.McuModel(\"person\")|}] static partial class Mine { }", "static")]
    [InlineData("[{|MCU7009:McuNet.McuModel(\"person\")|}] partial class Mine<T> { }", "generic")]
    [InlineData("class Outer { [{|MCU7009:McuNet.McuModel(\"person\")|}] partial class Mine { } }", "nested")]
    public Task Run_UnsuitableClass_IsReportedAtItsAttribute(string code, string message) =>
        new ModelTest().WithModel(Facade.Manifest).WithCode(code).Says(message).RunAsync();

    [Fact]
    public Task Run_ClassOfNoModel_IsReportedAtItsAttribute() =>
        new ModelTest()
            .WithModel(Facade.Manifest)
            .WithCode("[{|MCU7008:McuNet.McuModel(\"face\")|}] partial class Mine { }")
            .Says("Its models are: person")
            .Writes(Facade)
            .RunAsync();

    [Fact]
    public Task Run_UnreadableManifest_IsReportedThere()
    {
        var test = new ModelTest().WithFile("old.mcunet", "mcunet-manifest 0\n");
        test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerError("MCU7007").WithSpan("/0/old.mcunet", 1, 1, 1, 1));
        return test.RunAsync();
    }

    /// <summary>The build has said it at the line of the item.</summary>
    [Fact]
    public Task Run_WarningOfTheEngine_IsNotSaidAgain()
    {
        var manifest = SampleManifest.Person(diagnostics: [SampleManifest.Warning("uses {0} % of SRAM")]);
        return new ModelTest().WithModel(manifest).Writes(Facade with { Manifest = manifest }).RunAsync();
    }

    [Fact]
    public void Run_FloatModelWithoutSpans_IsWrittenWithArrays()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person(ElementType.Float32));
        var bare = (run with { Compilation = run.Compilation.RemoveAllReferences() }).Run();
        Assert.Empty(bare.Diagnostics);
        Assert.Contains("public void SetInput(float[] values)", bare.Source("My_App.class.Person.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AfterUnrelatedEdit_KeepsEveryStepCached()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person()).WithCode(Mine).Run();
        var again = run.WithCode("// a comment", "other.cs").Run();
        foreach (var step in new[] { McuModelGenerator.ManifestsStep, McuModelGenerator.ClassesStep, McuModelGenerator.FacadesStep })
            Assert.All(
                again.Reasons(step),
                r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} {r}")
            );
        Assert.NotEmpty(again.Reasons(McuModelGenerator.FacadesStep));
    }

    [Fact]
    public void Run_AttributeMoved_KeepsTheFacade()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person()).WithCode(Mine).Run();
        var tree = run.Compilation.SyntaxTrees.Last();
        var moved = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("\n\n" + Mine, System.Text.Encoding.UTF8));
        var again = (run with { Compilation = run.Compilation.ReplaceSyntaxTree(tree, moved) }).Run();
        Assert.All(
            again.Reasons(McuModelGenerator.FacadesStep),
            r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
        );
    }

    [Fact]
    public void Inputs_AnyField_HoldsPlainValues()
    {
        var seen = new HashSet<Type>();
        foreach (
            var root in new[] { typeof(ManifestInput), typeof(ProjectInput), typeof(ClassInput), typeof(PlacedClass), typeof(Finding) }
        )
            Visit(root);
        Assert.Contains(typeof(TensorManifest), seen);

        void Visit(Type type)
        {
            if (!seen.Add(type))
                return;
            Assert.False(
                typeof(ISymbol).IsAssignableFrom(type) || typeof(SyntaxNode).IsAssignableFrom(type) || type == typeof(Location),
                type.Name
            );
            foreach (var argument in type.GetGenericArguments())
                Visit(argument);
            if (type.Assembly == typeof(ManifestInput).Assembly && !typeof(IEnumerable).IsAssignableFrom(type))
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                    Visit(field.FieldType);
        }
    }

    [Fact]
    public void Documentation_OfTheClass_NamesTheItem() =>
        Assert.Contains(
            "/// <para>The item in <c>App.csproj(12)</c> declares the model.</para>\n    /// </remarks>",
            new GeneratorRun().WithModel(SampleManifest.Person()).Run().Source("My_App.class.Person.g.cs"),
            StringComparison.Ordinal
        );

    [Fact]
    public void ReleaseFiles_Rows_AreTheIdsThatGeneratorAndAnalyzersRaise()
    {
        var rows = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "AnalyzerReleases.Shipped.md")))
            .Where(l => l.StartsWith("MCU", StringComparison.Ordinal))
            .Select(l => l.Split('|').Select(c => c.Trim()).ToArray())
            .ToDictionary(c => c[0], c => c[3]);
        Assert.Equal(
            ["MCU7007", "MCU7008", "MCU7009", "MCU7101", "MCU7102", "MCU7103", "MCU7104", "MCU7105", "MCU7106", "MCU7107", "MCU7108"],
            rows.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(rows, row => Assert.Equal(McuNet.Diagnostics.DiagnosticCatalog.All.Single(d => d.Id == row.Key).Title, row.Value));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp9)]
    public void Load_OlderLanguage_CompilesWithoutWarnings(LanguageVersion language) =>
        Assert.NotNull(new GeneratorRun(language).WithModel(SampleManifest.Person()).Run().Load());
}
