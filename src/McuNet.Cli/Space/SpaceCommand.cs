using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Search.Evaluation;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;
using McuNet.Search.Study;
using InputMode = McuNet.Compiler.Scheduling.InputMode;

namespace McuNet.Cli.Space;

/// <summary>Who judges whether networks fit.</summary>
internal enum ResourceJudge
{
    Mcunet,
    TinyEngine,
}

/// <summary><c>mcunet space</c>: which resolution and width of a search space has the largest networks for a device.</summary>
internal static class SpaceCommand
{
    private static readonly Argument<string> Space = new("SPACE")
    {
        Description = "A search-space file, or the name of one that comes with the tool.",
    };
    private static readonly Option<string> DeviceName = new("--device")
    {
        Description = "Device id, alias, or path to a JSON device file.",
        Required = true,
    };
    private static readonly Option<long?> Sram = new("--sram")
    {
        HelpName = "size",
        Description = "SRAM budget, such as 64KB; default: what the device has, less its reservation.",
        CustomParser = Quantity.Bytes,
    };
    private static readonly Option<long?> Flash = new("--flash")
    {
        HelpName = "size",
        Description = "Flash budget; default: as for --sram.",
        CustomParser = Quantity.Bytes,
    };
    private static readonly Option<ResourceJudge> Model = new("--model")
    {
        HelpName = "mcunet|tinyengine",
        CustomParser = Words<ResourceJudge>.Parse,
        Description = "Who judges: this compiler, or the published device model of TinyEngine.",
    };
    private static readonly Option<ScheduleMode> Schedule = new("--schedule")
    {
        HelpName = "rows|bands|layers",
        CustomParser = Words<ScheduleMode>.Parse,
        Description =
            "With --model mcunet: all schedules that compute nothing twice, those in bands of columns too, or layer by layer only.",
    };
    private static readonly Option<InputMode> Input = new("--input")
    {
        HelpName = "resident|rows",
        CustomParser = Words<InputMode>.Parse,
        Description = "With --model mcunet: the input lies in the arena, or the application delivers rows.",
    };
    private static readonly Option<int> Bits = new("--bits")
    {
        HelpName = "8|4",
        DefaultValueFactory = _ => 8,
        Description = "With --model tinyengine: bits of weights and activations.",
    };
    private static readonly Option<int> Samples = new("--samples")
    {
        HelpName = "count",
        DefaultValueFactory = _ => 1000,
        Description = "Random networks per resolution and width.",
    };
    private static readonly Option<ulong> Seed = new("--seed")
    {
        HelpName = "number",
        DefaultValueFactory = _ => 1,
        Description = "Seed of the random networks.",
    };
    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "file",
        Description = "Write a report with the distributions as one HTML file.",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object on standard output and nothing else.",
    };

    public static Command Create()
    {
        var command = new Command("space", "Find the resolution and width of a search space with the largest networks for a device.")
        {
            Space,
        };
        foreach (Option option in new Option[] { DeviceName, Sram, Flash, Model, Schedule, Input, Bits, Samples, Seed, Out, Json })
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Samples) is < 1 or > 1_000_000)
            throw new UsageException("--samples takes a number from 1 to 1,000,000.");
        if (parsed.GetValue(Bits) is not (8 or 4))
            throw new UsageException("--bits is 8 or 4.");
        if (parsed.GetValue(Bits) == 4 && parsed.GetValue(Model) == ResourceJudge.Mcunet)
            throw new UsageException("--bits 4 goes with --model tinyengine; this compiler works with 8 bits.");
        var loaded = Load(parsed.GetValue(Space)!);
        var device = ModelOptions.DeviceOf(parsed.GetValue(DeviceName)!);
        if (!loaded.Succeeded || !device.Succeeded)
            return Failed(parsed, [.. loaded.Diagnostics, .. device.Diagnostics]);
        var options = new StudyOptions(
            parsed.GetValue(Sram) ?? device.Value.SramBudgetBytes,
            parsed.GetValue(Flash) ?? device.Value.FlashBudgetBytes
        );
        var (samples, seed) = (parsed.GetValue(Samples), parsed.GetValue(Seed));
        var study = SpaceStudy.Of(
            SpaceSample.Draw(loaded.Value, Judge(parsed, loaded.Value, device.Value, options), samples, seed, Progress(loaded.Value)),
            options
        );
        var tables =
            parsed.GetValue(Model) == ResourceJudge.TinyEngine && TenSpaces.Presets.Contains(loaded.Value.Name)
                ? TenSpaces.Compare(loaded.Value.Name, samples, seed, options.Demanded)
                : null;
        var found = study.Infeasible() is { } infeasible ? new[] { infeasible } : [];
        if (parsed.GetValue(Out) is { } file)
            Artifacts.Write(file, Encoding.UTF8.GetBytes(StudyReport.Html(study, JudgeName(parsed, device.Value))), "report");
        if (parsed.GetValue(Json))
        {
            Output.Json(SpaceJson.Of(study, tables, found));
            return Output.ExitCode(found);
        }
        SpaceText.Print(study, JudgeName(parsed, device.Value), tables);
        return Output.Report(found);
    }

    /// <summary>A search space by the path of its file or the name of a preset.</summary>
    internal static StageResult<SearchSpace> Load(string name)
    {
        if (!File.Exists(name))
            return SpacePresets.Find(name);
        try
        {
            return SpaceReader.Read(File.ReadAllBytes(name), name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<SearchSpace>.Failure(Diagnostic.Create(DiagnosticCatalog.SpaceFileNotJson, name, problem.Message));
        }
    }

    private static IResourceModel Judge(ParseResult parsed, SearchSpace space, Device device, StudyOptions options)
    {
        if (parsed.GetValue(Model) == ResourceJudge.TinyEngine)
            return new PublishedResources(space, DeviceModel.TinyEngine(parsed.GetValue(Bits)));
        var compile = new CompileOptions
        {
            Name = "network",
            Device = device,
            Input = parsed.GetValue(Input),
            Budgets = new Budgets(options.SramBytes, options.FlashBytes),
        };
        return new CompiledResources(new ResourceEvaluator(space, new EvaluationTarget(compile, parsed.GetValue(Schedule))));
    }

    private static string JudgeName(ParseResult parsed, Device device) =>
        parsed.GetValue(Model) == ResourceJudge.TinyEngine
            ? $"the device model of TinyEngine, {parsed.GetValue(Bits)} bits"
            : $"this compiler for {device.Name}, {Describe(parsed.GetValue(Schedule))}, input {(parsed.GetValue(Input) == InputMode.Rows ? "in rows" : "resident")}";

    private static string Describe(ScheduleMode schedules) =>
        schedules switch
        {
            ScheduleMode.Layers => "layer by layer",
            ScheduleMode.Bands => "all schedules with bands",
            _ => "all schedules",
        };

    /// <summary>A line on standard error that counts scales, where somebody may be watching.</summary>
    private static Action<int>? Progress(SearchSpace space)
    {
        if (Console.IsErrorRedirected)
            return null;
        var all = space.Resolutions.Length * space.Widths.Length;
        return done =>
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done} of {all} scales{(done == all ? "\n" : "")}"));
    }

    private static int Failed(ParseResult parsed, IReadOnlyCollection<Diagnostic> found)
    {
        if (!parsed.GetValue(Json))
            return Output.Report(found);
        Output.Json(new JsonObject { ["space"] = parsed.GetValue(Space), ["diagnostics"] = CompilationJson.Diagnostics(found) });
        return Output.ExitCode(found);
    }
}
