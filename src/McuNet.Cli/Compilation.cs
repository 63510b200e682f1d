using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;

namespace McuNet.Cli;

/// <summary>A model compiled for a device, with what its code takes there.</summary>
public sealed record Compilation(CompiledModel Model, CompileOptions Options, Footprint Footprint)
{
    /// <summary>Errors for budgets that do not hold.</summary>
    public ImmutableArray<Diagnostic> CheckBudgets() => BudgetCheck.Run(Model, Options, Footprint);

    public static StageResult<NetworkGraph> Load(string path, string name)
    {
        if (!File.Exists(path))
            return StageResult<NetworkGraph>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelNotFound, path) with { Location = new SourceLocation(path) });
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<NetworkGraph>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, path, problem.Message, 0, 0));
        }
        return OnnxReader.Read(bytes, path).Then(m => ModelImporter.Import(m, name)).Then(g => PassPipeline.Run(g));
    }

    public static StageResult<Compilation> Compile(string path, CompileOptions options) =>
        Load(path, options.Name)
            .Then(graph => ModelCompiler.Compile(graph, options))
            .Then(model => StageResult<Compilation>.Success(new Compilation(model, options, Footprint.Estimate(model))));
}
