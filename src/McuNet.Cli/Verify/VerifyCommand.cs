using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Execution.Executors;
using McuNet.Execution.Layers;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Runtimes.Cases;

namespace McuNet.Cli.Verify;

/// <summary><c>mcunet verify</c>: runs cases on several executors and compares each with the outputs that the cases hold, or with the
/// reference evaluator.</summary>
internal static class VerifyCommand
{
    private const string Reference = "reference";

    public static Command Create()
    {
        var command = new Command("verify", "Run cases on several executors and compare with their outputs.");
        var options = new ModelOptions();
        var cases = new Option<string?>("--cases")
        {
            Description = "Folder with golden.json and raw tensors, or file of samples (.npz, .npy, .safetensors, .bin); default: noise.",
        };
        var on = new Option<string>("--on")
        {
            Description = "Executors, separated by commas.",
            DefaultValueFactory = _ => "reference,host,csharp",
        };
        var exact = new Option<bool>("--exact")
        {
            Description = "Compare executors with the reference evaluator, bit for bit; as always where cases hold no outputs.",
        };
        var layers = new Option<bool>("--layers") { Description = "Name the first node whose result differs from ONNX Runtime's." };
        var calibration = CalibrationOption.Create();
        options.AddTo(command);
        foreach (Option option in new Option[] { cases, on, exact, layers, calibration })
            command.Add(option);
        command.SetAction(parsed =>
            Run(
                parsed,
                options,
                new(
                    parsed.GetValue(cases),
                    parsed.GetValue(on)!,
                    parsed.GetValue(exact),
                    parsed.GetValue(layers),
                    parsed.GetValue(calibration)
                )
            )
        );
        return command;
    }

    /// <param name="Cases">Folder or file; null for noise.</param>
    private sealed record Request(string? Cases, string On, bool Exact, bool Layers, string? Calibration)
    {
        public string[] Names { get; } = On.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        /// <summary>What makes no sense; null where nothing does.</summary>
        public string? Fault(VerifyCases? cases) =>
            Names.FirstOrDefault(n => !ExecutorTable.Names.Contains(n)) is { } unknown
                ? $"There is no executor '{unknown}'. Executors: {string.Join(", ", ExecutorTable.Names)}."
            : cases is { Golden: null } && (Layers || Names.Contains("onnxruntime"))
                ? "ONNX Runtime takes the cases of a folder with golden.json: name one with --cases, or leave out --layers and the executor onnxruntime."
            : null;
    }

    private static int Run(ParseResult parsed, ModelOptions options, Request request)
    {
        if (request.Fault(null) is { } fault)
            throw new UsageException(fault);
        var (path, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json));
        if (parsed.GetValue(options.Hop) is not null && request.Layers)
            throw new UsageException("--layers compares nodes on whole inputs: leave out --hop.");
        if (parsed.GetValue(options.HopPadding) == HopPadding.Stream && request.Names.Contains("onnxruntime"))
            throw new UsageException(
                "The file pads every window, and with --hop-padding stream the model does not: leave out the executor onnxruntime."
            );
        var loaded = VerifyCases
            .Open(request.Cases, path)
            .Then(source =>
                options
                    .Read(parsed)
                    .Then(o => ModelFile.Compile(path, o, request.Calibration))
                    .Then(c => source(c.Model.Network).Then(cases => StageResult<Loaded>.Success(new Loaded(cases, c, path))))
            );
        var diagnostics = loaded.Diagnostics.ToList();
        var result = new JsonObject { ["executors"] = new JsonArray() };
        if (loaded.Succeeded)
        {
            if (request.Fault(loaded.Value.Cases) is { } late)
                throw new UsageException(late);
            foreach (var run in Runs(loaded.Value, request, diagnostics, quiet: json))
                result["executors"]!.AsArray().Add(run);
            if (request.Layers)
                result["layers"] = Compare(loaded.Value, diagnostics, quiet: json);
        }
        result["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        if (json)
            Output.Json(result);
        return Output.Finish(json, diagnostics);
    }

    private sealed record Loaded(VerifyCases Cases, Compilation Compilation, string Path)
    {
        public NetworkGraph Network => Compilation.Model.Network;
    }

    private static IEnumerable<JsonObject> Runs(Loaded loaded, Request request, List<Diagnostic> diagnostics, bool quiet)
    {
        if (!request.Exact && loaded.Cases.Outputs is { } given)
            return [.. request.Names.Select(name => Verify(name, loaded, given, exact: false, diagnostics, quiet))];
        var reference = ExecutorTable
            .Run(Reference, loaded.Compilation, loaded.Cases.Inputs, loaded.Cases.Golden, loaded.Path)
            .Value.Outputs.Select(o => (IReadOnlyList<byte[]>)o)
            .ToArray();
        var others = request
            .Names.Where(n => n != Reference)
            .Select(name => Verify(name, loaded, reference, exact: request.Exact || name != "onnxruntime", diagnostics, quiet));
        return loaded.Cases.Outputs is { } expected ? [Verify(Reference, loaded, expected, exact: false, diagnostics, quiet), .. others]
            : request.Names.Contains(Reference) ? [Verify(Reference, loaded, reference, exact: true, diagnostics, quiet), .. others]
            : [.. others];
    }

    private static JsonArray Compare(Loaded loaded, List<Diagnostic> diagnostics, bool quiet)
    {
        var table = ModelFile.Read(loaded.Path).Then(file => LayerTable.Of(file, loaded.Network, loaded.Cases.Golden!));
        diagnostics.AddRange(table.Diagnostics);
        if (!table.Succeeded)
            return [];
        foreach (var line in quiet ? [] : LayerText.Lines(table.Value))
            Console.Out.WriteLine(line);
        return LayerJson.Of(table.Value);
    }

    /// <param name="expected">By case, then by output.</param>
    /// <param name="exact">Whether every bit counts, or what rounding explains is let pass.</param>
    private static JsonObject Verify(
        string name,
        Loaded loaded,
        IReadOnlyList<IReadOnlyList<byte[]>> expected,
        bool exact,
        List<Diagnostic> diagnostics,
        bool quiet
    )
    {
        var (cases, compilation, graph) = (loaded.Cases, loaded.Compilation, loaded.Network);
        var run = ExecutorTable.Run(name, compilation, cases.Inputs, cases.Golden, loaded.Path);
        diagnostics.AddRange(run.Diagnostics);
        if (!run.Succeeded)
            return new JsonObject
            {
                ["name"] = name,
                ["cases"] = cases.Inputs.Count,
                ["exact"] = false,
                ["failed"] = true,
            };
        var total = new Agreement(0, 0, 0, 0, 0);
        for (var c = 0; c < cases.Inputs.Count; c++)
        {
            for (var o = 0; o < graph.Outputs.Length; o++)
            {
                if (cases.Compares(graph, name, c, o))
                    total += Agreement.Of(expected[c][o], run.Value.Outputs[c][o], graph[graph.Outputs[o].Tensor].Type.Element);
            }
        }

        if (!quiet)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -12} {cases.Inputs.Count} cases, {total.Elements:N0} elements: {(total.Mismatches == 0 ? "exact" : $"{total.Mismatches:N0} differ by up to {total.Largest:0.######}")}, top-1 equal {total.Top1Equal} of {total.Tensors}{ExecutorTable.Difference(name, compilation)}"
                )
            );
        }
        if (
            exact
            && FirstDifference.Fault(graph, name, expected, run.Value.Outputs, (c, o) => cases.Compares(graph, name, c, o))
                is { } difference
        )
            diagnostics.Add(difference);
        else if (!exact && !total.IsWithinRounding)
            diagnostics.Add(
                Diagnostic.Create(DiagnosticCatalog.ExecutorsDisagree, graph.Name, name, total.Mismatches, total.Elements, total.Largest)
            );
        return new JsonObject
        {
            ["name"] = name,
            ["cases"] = cases.Inputs.Count,
            ["exact"] = total.Mismatches == 0,
            ["elements"] = total.Elements,
            ["mismatches"] = total.Mismatches,
            ["maxLsb"] = total.Largest,
            ["top1Equal"] = total.Top1Equal == total.Tensors,
        };
    }
}
