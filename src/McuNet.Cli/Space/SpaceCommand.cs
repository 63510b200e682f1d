using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Cli.Search;
using McuNet.Cli.Writing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Search.Evaluation;
using McuNet.Search.PaperFigures;
using McuNet.Search.Runs;
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

/// <summary>Schedules that a study of a space considers: a <see cref="ScheduleMode"/>, or layer by layer beside all that compute nothing
/// twice.</summary>
internal enum StudiedSchedules
{
    Rows,
    Bands,
    Layers,
    Both,
}

/// <summary><c>mcunet space</c>: which resolution and width of a search space has the largest networks for a device.</summary>
internal static class SpaceCommand
{
    private const int ManySamples = 1000;

    /// <summary>Networks of all scales together of which schedules are looked for by default: about two minutes of two cores.</summary>
    private const int ScheduledNetworks = 4000;

    /// <summary>The same where bands of columns are tried too.</summary>
    private const int BandedNetworks = 400;

    private static readonly Argument<string> Space = new("SPACE")
    {
        Description = "A search-space file, or the name of one that comes with the tool.",
    };
    private static readonly Option<string> DeviceName = new("--device")
    {
        Description = "Device id, alias, or path to a JSON device file.",
        Required = true,
    };
    private static readonly Option<ImmutableArray<long>> Sram = new("--sram")
    {
        HelpName = "size,…",
        Description = "SRAM budget, such as 64KB, or several with commas; default: what the device has, less its reservation.",
        CustomParser = Quantity.ListOfBytes,
    };
    private static readonly Option<ImmutableArray<long>> Flash = new("--flash")
    {
        HelpName = "size,…",
        Description = "Flash budget, or several; default: as for --sram.",
        CustomParser = Quantity.ListOfBytes,
    };
    private static readonly Option<double?> Latency = new("--latency")
    {
        HelpName = "time",
        Description = "With --model mcunet: most time of an inference, such as 50ms.",
        CustomParser = Quantity.Milliseconds,
    };
    private static readonly Option<double?> Energy = new("--energy")
    {
        HelpName = "energy",
        Description = "With --model mcunet: most energy of an inference, such as 2mJ.",
        CustomParser = Quantity.Millijoules,
    };
    private static readonly Option<ResourceJudge> Model = new("--model")
    {
        HelpName = "mcunet|tinyengine",
        CustomParser = Words<ResourceJudge>.Parse,
        Description = "Who judges: this compiler, or the published device model of TinyEngine.",
    };
    private static readonly Option<StudiedSchedules> Schedule = new("--schedule")
    {
        HelpName = "rows|bands|layers|both",
        CustomParser = Words<StudiedSchedules>.Parse,
        Description =
            "With --model mcunet: all schedules that compute nothing twice, those in bands of columns too, layer by layer only, or layer by layer beside the first.",
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
    private static readonly Option<int?> Samples = new("--samples")
    {
        HelpName = "count",
        Description =
            "Random networks per resolution and width; default: 1000, or where this compiler looks for schedules what it judges in about two minutes.",
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
        foreach (
            Option option in new Option[]
            {
                DeviceName,
                Sram,
                Flash,
                Latency,
                Energy,
                Model,
                Schedule,
                Input,
                Bits,
                Samples,
                Seed,
                Out,
                Json,
            }
        )
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        Check(parsed);
        var loaded = Load(parsed.GetValue(Space)!);
        var device = ModelOptions.DeviceOf(parsed.GetValue(DeviceName)!);
        if (!loaded.Succeeded || !device.Succeeded)
            return Failed(parsed, [.. loaded.Diagnostics, .. device.Diagnostics]);
        if (parsed.GetValue(Energy) is { } energy && device.Value.Millijoules(1) is null)
            return Failed(parsed, [Diagnostic.Create(DiagnosticCatalog.EnergyUnknown, device.Value.Id, energy, loaded.Value.Name)]);
        var (grid, tables) = Studied(parsed, loaded.Value, device.Value);
        var found = grid.Judges[^1].Studies.All(s => s.Choice is null) ? new[] { grid.Last.Infeasible()! } : [];
        if (parsed.GetValue(Out) is { } file)
            Artifacts.Write(file, Encoding.UTF8.GetBytes(StudyReport.Html(grid)), "report");
        if (parsed.GetValue(Json))
        {
            Output.Json(SpaceJson.Of(grid, tables, found));
            return Output.ExitCode(found);
        }
        SpaceText.Print(grid, tables);
        return Output.Report(found);
    }

    private static void Check(ParseResult parsed)
    {
        if (parsed.GetValue(Samples) is < 1 or > 1_000_000)
            throw new UsageException("--samples takes a number from 1 to 1,000,000.");
        if (parsed.GetValue(Bits) is not (8 or 4))
            throw new UsageException("--bits is 8 or 4.");
        var isCompiler = parsed.GetValue(Model) == ResourceJudge.Mcunet;
        if (parsed.GetValue(Bits) == 4 && isCompiler)
            throw new UsageException("--bits 4 goes with --model tinyengine; this compiler works with 8 bits.");
        if (!isCompiler && (parsed.GetValue(Latency) ?? parsed.GetValue(Energy)) is not null)
            throw new UsageException("--latency and --energy go with --model mcunet; the model of TinyEngine knows bytes alone.");
        if (!isCompiler && parsed.GetValue(Schedule) != StudiedSchedules.Rows)
            throw new UsageException("--schedule goes with --model mcunet; the model of TinyEngine knows one schedule.");
    }

    /// <summary>The study, and the published table beside it where the space is a reading of that and no other budgets are given.</summary>
    private static (SpaceGrid Grid, TenSpaces? Table) Studied(ParseResult parsed, SearchSpace space, Device device)
    {
        var (sram, flash) = (parsed.GetValue(Sram), parsed.GetValue(Flash));
        var limits = new StudyOptions(0, 0, parsed.GetValue(Latency), parsed.GetValue(Energy));
        var isPublished = parsed.GetValue(Model) == ResourceJudge.TinyEngine;
        if (isPublished && sram.IsDefault && flash.IsDefault && TenSpaces.Presets.Contains(space.Name))
        {
            var (model, budgets) = TenSpaces.ReadingOf(space.Name);
            var grid = Grid(
                [budgets.SramBytes],
                [budgets.FlashBytes],
                ("a reading of MCUNet's table of ten spaces", "", new PublishedResources(space, model))
            );
            return (grid, TenSpaces.Beside(grid.Last));
        }
        sram = sram.IsDefault ? [device.SramBudgetBytes] : sram;
        flash = flash.IsDefault ? [device.FlashBudgetBytes] : flash;
        return (
            isPublished
                ? Grid(
                    sram,
                    flash,
                    (
                        $"the device model of TinyEngine, {parsed.GetValue(Bits)} bits",
                        "",
                        new PublishedResources(space, DeviceModel.TinyEngine(parsed.GetValue(Bits)))
                    )
                )
                : Grid(sram, flash, [.. Modes(parsed.GetValue(Schedule)).Select(Compiled)]),
            null
        );

        (string, string, IResourceModel) Compiled(ScheduleMode mode)
        {
            var compile = new CompileOptions
            {
                Name = "network",
                Device = device,
                Input = parsed.GetValue(Input),
                Budgets = new Budgets(sram[^1], flash[^1], limits.LatencyMs, limits.EnergyMj),
            };
            var input = compile.Input == InputMode.Rows ? "in rows" : "resident";
            return (
                $"this compiler for {device.Name}, {Describe(mode)}, input {input}",
                Describe(mode),
                new CompiledResources(new ResourceEvaluator(space, new EvaluationTarget(compile, mode)), sram, flash[^1])
            );
        }

        SpaceGrid Grid(
            ImmutableArray<long> sizes,
            ImmutableArray<long> flashes,
            params ImmutableArray<(string Judge, string Short, IResourceModel Model)> judges
        )
        {
            var scales = space.Resolutions.Length * space.Widths.Length;
            var samples = parsed.GetValue(Samples) ?? DefaultSamples(parsed, scales);
            using var progress = ConsoleProgress.Lasting();
            var drawn = judges
                .Select(j => (j.Judge, j.Short, SpaceSample.Draw(space, j.Model, samples, parsed.GetValue(Seed), Report(j.Short))))
                .ToImmutableArray();
            progress.Dispose();
            return SpaceGrid.Of(sizes, flashes, limits, drawn);

            Action<int> Report(string judge) =>
                done =>
                {
                    lock (progress)
                        progress.Report(new SearchProgress(judge.Length > 0 ? $"scales, {judge}" : "scales", done, scales));
                };
        }
    }

    private static int DefaultSamples(ParseResult parsed, int scales) =>
        parsed.GetValue(Model) == ResourceJudge.TinyEngine || parsed.GetValue(Schedule) == StudiedSchedules.Layers
            ? ManySamples
            : Math.Clamp(
                (parsed.GetValue(Schedule) == StudiedSchedules.Bands ? BandedNetworks : ScheduledNetworks) / scales,
                10,
                ManySamples
            );

    private static ScheduleMode[] Modes(StudiedSchedules schedules) =>
        schedules switch
        {
            StudiedSchedules.Both => [ScheduleMode.Layers, ScheduleMode.Rows],
            StudiedSchedules.Layers => [ScheduleMode.Layers],
            StudiedSchedules.Bands => [ScheduleMode.Bands],
            _ => [ScheduleMode.Rows],
        };

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

    private static string Describe(ScheduleMode schedules) =>
        schedules switch
        {
            ScheduleMode.Layers => "layer by layer",
            ScheduleMode.Bands => "all schedules with bands",
            _ => "all schedules",
        };

    private static int Failed(ParseResult parsed, IReadOnlyCollection<Diagnostic> found)
    {
        if (!parsed.GetValue(Json))
            return Output.Report(found);
        Output.Json(new JsonObject { ["space"] = parsed.GetValue(Space), ["diagnostics"] = CompilationJson.Diagnostics(found) });
        return Output.ExitCode(found);
    }
}
