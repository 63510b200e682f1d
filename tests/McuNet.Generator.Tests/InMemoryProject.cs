using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace McuNet.Generator.Tests;

/// <summary>What projects of tests have in common: the framework that the tests run on, so that nothing is downloaded, and what the build
/// tells analyzers.</summary>
internal static class InMemoryProject
{
    private static readonly ReferenceAssemblies NothingToDownload = new("net10.0");

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    /// <param name="more">Lines of the global configuration after those of the project.</param>
    public static void Prepare(AnalyzerTest<DefaultVerifier> test, string more = "")
    {
        test.ReferenceAssemblies = NothingToDownload;
        test.TestState.AdditionalReferences.AddRange(GeneratorRun.Framework);
        test.TestState.AnalyzerConfigFiles.Add(
            (
                "/.globalconfig",
                $"is_global = true\nbuild_property.RootNamespace = My-App.class\nbuild_property.McuNetHelpRoot = /help/\n{more}"
            )
        );
    }
}
