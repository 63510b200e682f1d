using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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

    [Fact]
    public void Run_ModelWithoutClass_WritesOneInTheRootNamespace()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person()).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["McuModelAttribute.g.cs", "My_App.class.Person.g.cs"], run.Hints.Order(StringComparer.Ordinal));
        Assert.Contains("namespace My_App.@class", run.Source("My_App.class.Person.g.cs"), StringComparison.Ordinal);
        Assert.NotNull(run.Load().GetType("My_App.class.Person"));
    }

    [Fact]
    public void Run_ClassWithAttribute_IsCompletedInPlace()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person()).WithCode(Mine).Run();
        Assert.Empty(run.Diagnostics);
        var assembly = run.Load();
        Assert.NotNull(assembly.GetType("Vision.Mine")!.GetMethod("Invoke"));
        Assert.Null(assembly.GetType("My_App.class.Person"));
    }

    [Fact]
    public void Run_OtherAdditionalFile_IsLeftAlone() =>
        Assert.Equal(["McuModelAttribute.g.cs"], new GeneratorRun().WithFile("notes.txt", "hello").Run().Hints);

    [Theory]
    [InlineData("[McuNet.McuModel(\"person\")] class Mine { }", "MCU7009", "not partial")]
    [InlineData("[McuNet.McuModel(\"person\")] static partial class Mine { }", "MCU7009", "static")]
    [InlineData("[McuNet.McuModel(\"person\")] partial class Mine<T> { }", "MCU7009", "generic")]
    [InlineData("class Outer { [McuNet.McuModel(\"person\")] partial class Mine { } }", "MCU7009", "nested")]
    [InlineData("[McuNet.McuModel(\"face\")] partial class Mine { }", "MCU7008", "Its models are: person")]
    public void Run_UnsuitableClass_IsReportedAtItsAttribute(string code, string id, string text)
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person()).WithCode(code).Run();
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(text, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("user.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal($"file:///help/{id}.md", diagnostic.Descriptor.HelpLinkUri);
    }

    [Fact]
    public void Run_UnreadableManifest_IsReportedThere()
    {
        var diagnostic = Assert.Single(new GeneratorRun().WithFile("old.mcunet", "mcunet-manifest 0\n").Run().Diagnostics);
        Assert.Equal("MCU7007", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("old.mcunet", diagnostic.Location.GetLineSpan().Path);
    }

    /// <summary>The build has said it at the line of the item.</summary>
    [Fact]
    public void Run_WarningOfTheEngine_IsNotSaidAgain() =>
        Assert.Empty(
            new GeneratorRun()
                .WithModel(SampleManifest.Person(diagnostics: [SampleManifest.Warning("uses {0} % of SRAM")]))
                .WithCode(Mine)
                .Run()
                .Diagnostics
        );

    [Fact]
    public void Run_FloatModelWithoutSpans_IsWrittenWithArrays()
    {
        var run = new GeneratorRun().WithModel(SampleManifest.Person(ElementType.Float32));
        var bare = (run with { Compilation = run.Compilation.RemoveAllReferences() }).Run();
        Assert.Empty(bare.Diagnostics);
        Assert.Contains("public void SetInput(float[] values)", bare.Source("My_App.class.Person.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ManifestOfAPublicModel_GivesAPublicClass()
    {
        var run = new GeneratorRun("public").WithModel(SampleManifest.Person()).Run();
        Assert.Contains("public sealed partial class Person", run.Source("My_App.class.Person.g.cs"), StringComparison.Ordinal);
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
