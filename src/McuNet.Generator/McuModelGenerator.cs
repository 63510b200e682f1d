using System.Linq;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McuNet.Generator;

/// <summary>
/// Joins the engine's manifests with the classes that ask for them and writes one façade per model. It knows manifests and
/// C#, and nothing about networks.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class McuModelGenerator : IIncrementalGenerator
{
    internal const string ManifestsStep = "Manifests";
    internal const string ClassesStep = "Classes";
    internal const string FacadesStep = "Facades";
    internal const string FindingsStep = "Findings";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddSource(McuModelAttribute.HintName, McuModelAttribute.Source));

        var manifests = context
            .AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => InputReader.IsManifest(pair.Left, pair.Right))
            .Select(
                static (pair, cancellation) =>
                    InputReader.Manifest(
                        pair.Left,
                        InputReader.IsPublic(pair.Left, pair.Right),
                        InputReader.Item(pair.Left, pair.Right),
                        cancellation
                    )
            )
            .WithTrackingName(ManifestsStep);
        var placed = context.SyntaxProvider.ForAttributeWithMetadataName(
            McuModelAttribute.FullName,
            static (node, _) => node is ClassDeclarationSyntax,
            static (attribute, cancellation) => InputReader.Class(attribute, cancellation)
        );
        var classes = placed
            .Select(static (one, _) => one.Class)
            .Collect()
            .Select(static (all, _) => all.ToEquatableArray())
            .WithTrackingName(ClassesStep);
        var project = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => InputReader.Project(options));
        var dialect = context.CompilationProvider.Select(static (compilation, _) => InputReader.Dialect(compilation));

        var facades = manifests
            .Combine(classes)
            .Combine(project)
            .Combine(dialect)
            .SelectMany(
                static (input, _) => FacadePlan.Requests(input.Left.Left.Left, input.Left.Left.Right, input.Left.Right, input.Right)
            )
            .WithTrackingName(FacadesStep);
        context.RegisterSourceOutput(
            facades,
            static (output, request) => output.AddSource(FacadePlan.HintName(request), FacadeWriter.Write(request))
        );

        var findings = manifests
            .Collect()
            .Combine(placed.Collect())
            .Combine(project)
            .SelectMany(static (input, _) => FindingPlan.Findings(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(FindingsStep);
        context.RegisterSourceOutput(findings, static (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));
    }
}
