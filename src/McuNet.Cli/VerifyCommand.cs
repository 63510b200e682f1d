using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Layers;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Runtimes.Cases;

namespace McuNet.Cli;

/// <summary><c>mcunet verify</c>: runs cases on several executors and compares each with the outputs that the cases hold.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Run cases on several executors and compare with their outputs.");
        var options = new ModelOptions();
        var cases = new Option<string>("--cases") { Description = "Folder with golden.json and raw tensors.", Required = true };
        var on = new Option<string>("--on") { Description = "Executors, separated by commas.", DefaultValueFactory = _ => "reference,host,csharp" };
        var layers = new Option<bool>("--layers") { Description = "Name the first node whose result differs from ONNX Runtime's." };
        options.AddTo(command);
        command.Add(cases);
        command.Add(on);
        command.Add(layers);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(cases)!, parsed.GetValue(on)!, parsed.GetValue(layers)));
        return command;
    }

    private static int Run(ParseResult parsed, ModelOptions options, string folder, string on, bool layers)
    {
        var names = on.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.FirstOrDefault(n => !Executors.Names.Contains(n)) is { } unknown)
            throw new UsageException($"There is no executor '{unknown}'. Executors: {string.Join(", ", Executors.Names)}.");
        var (path, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json));
        var loaded = GoldenCases.Read(folder).Then(golden => options.Read(parsed)
            .Then(o => ModelFile.Compile(path, o))
            .Then(c => Loaded.Of(folder, path, CasesFit.For(c.Model.Network, StreamCases.Of(golden, c.Model.Network)), c)));
        var diagnostics = loaded.Diagnostics.ToList();
        var result = new JsonObject { ["executors"] = new JsonArray() };
        if (loaded.Succeeded)
        {
            foreach (var name in names)
                result["executors"]!.AsArray().Add(Verify(name, loaded.Value, path, diagnostics, quiet: json));
            if (layers)
                result["layers"] = Compare(loaded.Value, path, diagnostics, quiet: json);
        }
        result["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        if (json)
            Output.Json(result);
        return json ? Output.ExitCode(diagnostics) : Output.Report(diagnostics);
    }

    private sealed record Loaded(GoldenModel Golden, Compilation Compilation)
    {
        public static StageResult<Loaded> Of(string folder, string path, GoldenModel golden, Compilation compilation) =>
            CasesFit.Check(folder, path, golden, compilation.Model.Network) is { IsEmpty: false } misfits
                ? StageResult<Loaded>.Failure(misfits)
                : StageResult<Loaded>.Success(new Loaded(golden, compilation));
    }

    private static JsonArray Compare(Loaded loaded, string path, List<Diagnostic> diagnostics, bool quiet)
    {
        var table = ModelFile.Read(path).Then(file => LayerTable.Of(file, loaded.Compilation.Model.Network, loaded.Golden));
        diagnostics.AddRange(table.Diagnostics);
        if (!table.Succeeded)
            return [];
        foreach (var line in quiet ? [] : LayerText.Lines(table.Value))
            Console.Out.WriteLine(line);
        return LayerJson.Of(table.Value);
    }

    private static JsonObject Verify(string name, Loaded loaded, string path, List<Diagnostic> diagnostics, bool quiet)
    {
        var (golden, compilation) = loaded;
        var graph = compilation.Model.Network;
        var inputs = golden.Cases.Select(c => (IReadOnlyList<byte[]>)PortLayout.StoredInputs(c, graph)).ToArray();
        var run = Executors.Run(name, compilation, inputs, golden, path);
        diagnostics.AddRange(run.Diagnostics);
        if (!run.Succeeded)
            return new JsonObject { ["name"] = name, ["cases"] = golden.Cases.Length, ["exact"] = false, ["failed"] = true };
        var total = new Agreement(0, 0, 0, 0, 0);
        for (var c = 0; c < golden.Cases.Length; c++)
        {
            for (var o = 0; o < graph.Outputs.Length; o++)
            {
                if (golden.IsStream && graph.IsStateOutput(o))
                    continue;
                var port = graph.Outputs[o];
                total += Agreement.Of(PortLayout.ToStored(golden.Cases[c].Outputs[o], graph, port), run.Value.Outputs[c][o], graph[port.Tensor].Type.Element);
            }
        }
        if (!quiet)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-12} {golden.Cases.Length} cases, {total.Elements:N0} elements: {(total.Mismatches == 0 ? "exact" : $"{total.Mismatches:N0} differ by up to {total.Largest:0.######}")}, top-1 equal {total.Top1Equal} of {total.Tensors}{Executors.Difference(name, compilation)}"));
        }
        if (!total.IsWithinRounding)
            diagnostics.Add(Diagnostic.Create(DiagnosticCatalog.ExecutorsDisagree, graph.Name, name, total.Mismatches, total.Elements, total.Largest));
        return new JsonObject
        {
            ["name"] = name,
            ["cases"] = golden.Cases.Length,
            ["exact"] = total.Mismatches == 0,
            ["elements"] = total.Elements,
            ["mismatches"] = total.Mismatches,
            ["maxLsb"] = total.Largest,
            ["top1Equal"] = total.Top1Equal == total.Tensors,
        };
    }
}
