using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Threading;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace McuNet.Generator.Tests;

/// <summary>The generator where <see cref="ModelTest"/> does not reach: the reasons of its steps, a compilation without references, an
/// assembly to run. The engine copies.</summary>
internal sealed record GeneratorRun
{
    public static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)),
    ];

    private readonly CSharpParseOptions _parse;

    public GeneratorRun(LanguageVersion language = LanguageVersion.CSharp12)
    {
        _parse = new(language, DocumentationMode.Diagnose);
        Compilation = CSharpCompilation.Create(
            "Sample",
            references: Framework,
            options: new(
                OutputKind.DynamicallyLinkedLibrary,
                warningLevel: 9999,
                nullableContextOptions: language >= LanguageVersion.CSharp8
                    ? NullableContextOptions.Enable
                    : NullableContextOptions.Disable,
                allowUnsafe: false
            )
        );
        Driver = CSharpGeneratorDriver.Create(
            [new McuModelGenerator().AsSourceGenerator()],
            optionsProvider: new Options(),
            parseOptions: _parse,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );
    }

    public CSharpCompilation Compilation { get; init; }

    public GeneratorDriver Driver { get; private init; }

    public GeneratorDriverRunResult Result => Driver.GetRunResult();

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    public GeneratorRun WithCode(string code, string path = "user.cs") =>
        this with
        {
            Compilation = Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, _parse, path, Encoding.UTF8)),
        };

    public GeneratorRun WithModel(ModelManifest manifest) =>
        (this with { Driver = Driver.AddAdditionalTexts([new Text($"{manifest.Name}.mcunet", ManifestText.Write(manifest))]) }).WithCode(
            EngineFor(manifest),
            "engine.g.cs"
        );

    public GeneratorRun Run() => this with { Driver = Driver.RunGenerators(Compilation) };

    public string Source(string hint) => Result.Results.Single().GeneratedSources.Single(s => s.HintName == hint).SourceText.ToString();

    /// <summary>The reasons of one step's outputs.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. Result.Results.Single().TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason)];

    /// <summary>Compiles user code and façade without a single warning and loads the result.</summary>
    public Assembly Load()
    {
        var complete = Compilation.AddSyntaxTrees(Result.GeneratedTrees);
        using var image = new MemoryStream();
        var emitted = complete.Emit(image);
        Assert.Empty(emitted.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(image.ToArray()));
    }

    public static string EngineFor(ModelManifest m) =>
        $$"""
            namespace McuNet.Generated
            {
                internal delegate void PersonRowSource(int row, sbyte[] arena, int offset);

                internal static class PersonEngine
                {
                    internal static class Kernels
                    {
                        internal static float LoadF32(sbyte[] arena, int at) => arena[at];

                        internal static void StoreF32(sbyte[] arena, int at, float value) => arena[at] = (sbyte)value;
                    }

                    public static void Invoke(sbyte[] arena, int[] accumulators) => System.Array.Copy(arena, 0, arena, 1024, 20);

                    public static void Reset(sbyte[] arena) => arena[{{m.ArenaBytes - 1}}]++;

                    public static void InvokeRows(sbyte[] arena, int[] accumulators, PersonRowSource source)
                    {
                        for (var y = 0; y < {{m.Inputs[0].Height}}; y++)
                        {
                            source(y, arena, 32);
                            arena[1024 + y] = arena[33];
                        }
                    }
                }
            }
            """;

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Values(new() { ["build_property.RootNamespace"] = "My-App.class" });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Values(
                new() { ["build_metadata.AdditionalFiles.McuModel"] = "true", ["build_metadata.AdditionalFiles.McuItem"] = ModelTest.Item }
            );
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
