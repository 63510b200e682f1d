using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using McuNet.Cli.Arena;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Cli.Report;
using McuNet.Cli.Writing;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Report;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Manifest;
using McuNet.Options;
using InputMode = McuNet.Compiler.Scheduling.InputMode;

namespace McuNet.Cli.Compile;

/// <summary><c>mcunet compile</c>: a model into C and C# for a device.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var command = new Command("compile", "Compile a model into C and C# for a device.");
        var options = new ModelOptions();
        var output = new Option<string>("--out") { Description = "Folder for the generated files.", Required = true };
        var target = new Option<string>("--target")
        {
            Description = "c, csharp, nanoframework, interop, or several of them.",
            DefaultValueFactory = _ => "c,csharp",
        };
        var calibration = CalibrationOption.Create();
        var arena = new Option<string?>("--arena")
        {
            HelpName = "name",
            Description = "Share the arena of this name with models that never run at the same time; mcunet arena writes it.",
            CustomParser = ArenaCommand.ParseName,
        };
        var kernels = ModelOptions.Of("Kernels", Words<KernelLinkage>.Parse);
        var preprocess = ModelOptions.Of("Preprocess", Quantity.Pixels, "range");
        var step = new Option<bool>(ModelOptionTable.Of("Step").Argument!) { Description = ModelOptionTable.Of("Step").Description };
        var weights = ModelOptions.Of("Weights", Words<WeightStorage>.Parse);
        var timings = new Option<bool>("--timings") { Description = "Also print how long each phase took." };
        var pictures = new Option<bool>("--pictures")
        {
            Description = "Also draw rows over time and the arena, as NAME.rows.svg and NAME.arena.svg.",
        };
        var summary = new Option<bool>("--summary") { Description = "Also write the figures as NAME.json and NAME.md." };
        var report = new Option<bool>(ModelOptionTable.Of("McuReport").Argument!)
        {
            Description = "Also write what the model takes, and why, as NAME.report.html.",
        };
        options.AddTo(command);
        command.Add(report);
        command.Add(summary);
        command.Add(timings);
        command.Add(pictures);
        command.Add(weights);
        command.Add(kernels);
        command.Add(preprocess);
        command.Add(step);
        command.Add(output);
        command.Add(target);
        command.Add(calibration);
        command.Add(arena);
        command.SetAction(parsed =>
            Run(
                parsed,
                options,
                o =>
                    o with
                    {
                        SharedArena = parsed.GetValue(arena),
                        KernelLinkage = parsed.GetValue(kernels),
                        WeightStorage = parsed.GetValue(weights),
                        Stepped = parsed.GetValue(step),
                        Preprocess = parsed.GetValue(preprocess),
                        Targets = TargetsOf(parsed.GetValue(target)!),
                    },
                parsed.GetValue(output)!,
                parsed.GetValue(calibration),
                parsed.GetValue(timings) ? new Timings() : null,
                parsed.GetValue(pictures),
                parsed.GetValue(summary),
                parsed.GetValue(report)
            )
        );
        return command;
    }

    private static Targets TargetsOf(string text)
    {
        Targets targets = 0;
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            targets |= name switch
            {
                "c" => Targets.C,
                "csharp" => Targets.CSharp,
                "nanoframework" => Targets.NanoFramework,
                "interop" => Targets.Interop | Targets.C,
                _ => throw new UsageException($"There is no target '{name}'. Targets: c, csharp, nanoframework, interop."),
            };
        }
        if (targets.HasFlag(Targets.CSharp | Targets.NanoFramework))
            throw new UsageException("The targets csharp and nanoframework write the same file; choose one.");
        return targets;
    }

    private static StageResult<CompileOptions> Sharing(CompileOptions options, string model) =>
        options.SharedArena is { } arena && ModelNames.IsOfArena(options.Name, arena)
            ? StageResult<CompileOptions>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelNamedAsArena, model, options.Name, arena))
            : StageResult<CompileOptions>.Success(options);

    /// <summary>Native methods copy whole inputs, and a firmware is one image.</summary>
    private static CompileOptions Sensible(CompileOptions options) =>
        options.Targets.HasFlag(Targets.Interop)
        && (
            options.Input == InputMode.Rows
            || options.WeightStorage == WeightStorage.Blob
            || options.SharedArena is not null
            || options.KernelLinkage == KernelLinkage.Shared
        )
            ? throw new UsageException(
                "The target interop takes a whole input and one C file: leave out --input rows, --weights blob, --kernels shared and --arena."
            )
            : options;

    private static int Run(
        ParseResult parsed,
        ModelOptions options,
        Func<CompileOptions, CompileOptions> further,
        string output,
        string? calibration,
        Timings? timings,
        bool pictures,
        bool summary,
        bool report
    )
    {
        var history = report ? new PassHistory() : null;
        var (model, json, phases) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json), timings ?? Phases.Unobserved);
        ImmutableArray<string> external = [];
        var result = options
            .Read(parsed)
            .Then(o => Sharing(Sensible(further(o)), model))
            .Then(o =>
                ModelContent
                    .Read(model)
                    .Then(content =>
                        ModelCompiler.Build(
                            (external = content.External, content.Bytes).Bytes,
                            model,
                            o,
                            ModelFile.Tools with
                            {
                                Phases = phases,
                                Quantise = Calibration.With(calibration, model, o.Name, o.Preprocess),
                                Observe = history is null ? null : history.Add,
                            }
                        )
                    )
            );
        if (result.ValueOrNull is not { } compilation)
        {
            if (json)
                Output.Json(
                    CompilationJson.Failed(Path.GetFileNameWithoutExtension(model), parsed.GetValue(options.Device)!, result.Diagnostics)
                );
            return Output.Finish(json, result.Diagnostics);
        }
        var (diagnostics, files) = (result.Diagnostics, compilation.Files);
        if (pictures && !files.IsEmpty)
            files = [.. Pictures(compilation.Model), .. files];
        if (summary && !files.IsEmpty)
            files = [.. CompilationSummary.Files(compilation, diagnostics), .. files];
        if (history is not null)
            files = [ReportFile.Of(compilation, diagnostics, history, ReportAccuracyFile.Find(null, model)), .. files];
        var problem = phases.Run("write", () => Artifacts.Write(output, files));
        if (problem is not null)
            (diagnostics, files) = (diagnostics.Add(problem), []);
        if (json)
            Output.Json(CompilationJson.Of(compilation, diagnostics, files.Select(f => f.Name), external, timings));
        else
            Describe(compilation, diagnostics, output, timings);
        return problem is not null ? ExitCodes.WrongUsage : Output.ExitCode(diagnostics);
    }

    private static IEnumerable<GeneratedFile> Pictures(CompiledModel model) =>
        [new($"{model.Name}.rows.svg", RowsPicture.Svg(model)), new($"{model.Name}.arena.svg", ArenaPicture.Svg(model))];

    private static void Describe(Compilation compilation, IReadOnlyCollection<Diagnostic> diagnostics, string output, Timings? timings)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        var latency = options.Device.Milliseconds(model.Cycles);
        var energy = options.Device.Millijoules(model.Cycles) is { } mj
            ? string.Create(CultureInfo.InvariantCulture, $", {mj:0.###} mJ")
            : "";
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {model.Graph.Name} on {options.Device.Name} ({options.Device.CoreName}, {options.Device.ClockHz / 1e6:0.#} MHz)
                  SRAM   {compilation.SramBytes, 10:N0} of {options.SramBudget:N0} bytes: arena {model.Memory.ArenaBytes:N0} {(
                    model.Memory.ProvedOptimal ? "(proved minimal for its schedule)" : $"(at least {model.Memory.LowerBound:N0})"
                )}{(
                    model.Memory.WeightBytes == 0
                        ? ""
                        : $" with {model.Memory.WeightBytes:N0} for weights, which save {100 * model.SavedByMemory / (model.Cycles + model.SavedByMemory):0.##} % of the time"
                )}, stack {footprint.Stack:N0}
                  peak   at '{CompilationJson.PeakAt(model)}': {string.Join(
                    ", ",
                    model.Memory.AtPeak.Take(5).Select(s => $"{s.Name} {s.Bytes:N0}")
                )}
                  flash  {footprint.Flash, 10:N0} of {options.FlashBudget:N0} bytes: weights {footprint.Weights:N0}, code {footprint.Code:N0} ({(
                    footprint.Measured ? "measured" : "estimated"
                )}), {CompilationJson.Kernels(model)} kernels
                  work   {model.Graph.Macs, 10:N0} MACs in {model.Graph.Nodes.Length} layers, {model.Schedule.Segments.Length} segments{(
                    model.MacFactor == 1 ? "" : $", {model.MacFactor:0.000} of the network's MACs"
                )}{(model.InputPasses == 1 ? "" : $", {model.InputPasses} passes over the input")}
                  time   about {latency:0.##} ms{energy}; {options.Device.MemoryText}
                """
            )
        );
        if (CompilationSummary.Window(model) is { } window)
            Console.Out.WriteLine($"  window {window}");
        Output.Report(diagnostics);
        if (Output.ExitCode(diagnostics) == ExitCodes.Done)
            Console.Out.WriteLine($"  files  {output}");
        if (timings is not null)
            Console.Out.WriteLine($"  phases {timings}");
    }
}
