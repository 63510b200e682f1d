using System;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace McuNet.Generator.Tests;

/// <summary>A project with models, what the generator writes for it, and what it finds where the markup says; all of it compiles but for
/// that.</summary>
internal sealed class ModelTest : CSharpSourceGeneratorTest<McuModelGenerator, DefaultVerifier>
{
    public const string Item = "App.csproj(12)";

    private readonly string _visibility;

    public ModelTest(string visibility = "internal")
    {
        _visibility = visibility;
        InMemoryProject.Prepare(this);
        Writes("McuModelAttribute.g.cs", McuModelAttribute.Source);
    }

    public ModelTest WithModel(ModelManifest manifest)
    {
        TestState.Sources.Add(("/0/engine.g.cs", GeneratorRun.EngineFor(manifest)));
        return WithFile($"{manifest.Name}.mcunet", ManifestText.Write(manifest));
    }

    public ModelTest WithFile(string name, string text)
    {
        TestState.AdditionalFiles.Add(("/0/" + name, text));
        if (name.EndsWith(".mcunet", StringComparison.Ordinal))
            TestState.AnalyzerConfigFiles.Add(
                (
                    $"/{name}.globalconfig",
                    $"""
                    is_global = true
                    [/0/{name}]
                    build_metadata.AdditionalFiles.McuModel = true
                    build_metadata.AdditionalFiles.McuVisibility = {_visibility}
                    build_metadata.AdditionalFiles.McuItem = {Item}

                    """
                )
            );
        return this;
    }

    public ModelTest WithCode(string code)
    {
        TestState.Sources.Add(("/0/user.cs", code));
        return this;
    }

    /// <summary>A part of what every finding says.</summary>
    public ModelTest Says(string message)
    {
        DiagnosticVerifier = (found, _, verifier) =>
        {
            verifier.True(found.GetMessage(null).Contains(message, StringComparison.Ordinal), found.GetMessage(null));
            verifier.Equal("file:///help/" + found.Id + ".md", found.Descriptor.HelpLinkUri);
        };
        return this;
    }

    public ModelTest Writes(FacadeRequest facade) =>
        Writes($"{facade.Namespace.Replace("@", "")}.{facade.ClassName}.g.cs", FacadeWriter.Write(facade));

    private ModelTest Writes(string hint, string text)
    {
        TestState.GeneratedSources.Add((typeof(McuModelGenerator), hint, text));
        return this;
    }

    protected override ParseOptions CreateParseOptions() => InMemoryProject.Parse;
}
