using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Manifest;
using McuNet.Options;
using InputMode = McuNet.Compiler.Scheduling.InputMode;

namespace McuNet.Cli.Options;

/// <summary>The options that compile, verify and bench share.</summary>
public sealed class ModelOptions
{
    public Argument<string> Model { get; } = new("MODEL") { Description = "The ONNX or .tflite file." };

    public Option<string> Device { get; } =
        new("--device") { Description = "Device id, alias, or path to a JSON device file.", Required = true };

    public Option<string?> Name { get; } = new("--name") { Description = "Prefix of generated names; default: from the file name." };

    public Option<long?> Sram { get; } = Of<long?>("Sram", Quantity.Bytes, "size");

    public Option<long?> Flash { get; } = Of<long?>("Flash", Quantity.Bytes, "size");

    public Option<long?> ReserveSram { get; } = Of<long?>("ReserveSram", Quantity.Bytes, "size");

    public Option<long?> ReserveFlash { get; } = Of<long?>("ReserveFlash", Quantity.Bytes, "size");

    public Option<double?> Latency { get; } = Of<double?>("Latency", Quantity.Milliseconds, "time");

    public Option<double?> Energy { get; } = Of<double?>("Energy", Quantity.Millijoules, "energy");

    public Option<Objective> Optimize { get; } = Of("Optimize", Words<Objective>.Parse);

    public Option<KernelSet> KernelSet { get; } = Of("KernelSet", Words<KernelSet>.Parse);

    public Option<InputMode> Input { get; } = Of("Input", Words<InputMode>.Parse);

    public Option<int> Passes { get; } = Of("InputPasses", Quantity.Passes, "count");

    public Option<string[]> State { get; } =
        new(ModelOptionTable.Of("State").Argument!)
        {
            HelpName = "input:output|none",
            Description = ModelOptionTable.Of("State").Description,
        };

    public Option<WindowHop?> Hop { get; } = Of("Hop", Quantity.Hop, "[input:]rows[@dimension]");

    public Option<HopPadding> HopPadding { get; } = Of("HopPadding", Words<HopPadding>.Parse);

    public Option<WeightFormat> WeightFormat { get; } = Of("WeightFormat", Words<WeightFormat>.Parse);

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    /// <summary>The option for a metadata of a <c>McuModel</c> item.</summary>
    /// <param name="value">What help calls a value where it is not one of a few words.</param>
    internal static Option<T> Of<T>(string metadata, Func<ArgumentResult, T> parse, string? value = null)
    {
        var row = ModelOptionTable.Of(metadata);
        var words = string.Join("; ", row.Values.Select(v => $"{v.Name}: {char.ToLowerInvariant(v.DisplayName[0])}{v.DisplayName[1..]}"));
        return new(row.Argument!)
        {
            HelpName = value ?? string.Join('|', row.Values.Select(v => v.Name)),
            Description = words.Length == 0 ? row.Description : $"{row.Description} {words}.",
            CustomParser = parse,
        };
    }

    public void AddTo(Command command)
    {
        command.Add(Model);
        foreach (
            Option option in new Option[]
            {
                Device,
                Name,
                Sram,
                Flash,
                ReserveSram,
                ReserveFlash,
                Latency,
                Energy,
                Optimize,
                KernelSet,
                Input,
                Passes,
                State,
                Hop,
                HopPadding,
                WeightFormat,
                Json,
            }
        )
            command.Add(option);
    }

    /// <summary>Finds the device and gathers the budgets.</summary>
    public StageResult<CompileOptions> Read(ParseResult parsed)
    {
        var name = NameOf(parsed);
        return DeviceOf(parsed.GetValue(Device)!).Then(device => StageResult<CompileOptions>.Success(For(parsed, device, name)));
    }

    /// <summary>The name of the model, after a check of what options mean together.</summary>
    internal string NameOf(ParseResult parsed)
    {
        var name = parsed.GetValue(Name) ?? ModelNames.FromFile(parsed.GetValue(Model)!);
        if (!ModelNames.IsValid(name))
            throw new UsageException(
                $"The name '{name}' cannot prefix C symbols: use a letter followed by letters, digits and underscores."
            );
        if (parsed.GetValue(Passes) > 1 && parsed.GetValue(Input) != InputMode.Rows)
            throw new UsageException("--passes says how often rows can be delivered, so it needs --input rows.");
        if (parsed.GetValue(HopPadding) == Compiler.Pipeline.HopPadding.Stream && parsed.GetValue(Hop) is null)
            throw new UsageException("--hop-padding says how windows are padded that move on, so it needs --hop.");
        return name;
    }

    /// <summary>The options for a device.</summary>
    /// <param name="name">Of the model.</param>
    internal CompileOptions For(ParseResult parsed, Device device, string name) =>
        new()
        {
            Name = name,
            Device = device,
            Objective = parsed.GetValue(Optimize),
            KernelSet = parsed.GetValue(KernelSet),
            Input = parsed.GetValue(Input),
            States = StateChoice.Of(parsed.GetValue(State) ?? []),
            Hop = parsed.GetValue(Hop),
            HopPadding = parsed.GetValue(HopPadding),
            WeightFormat = parsed.GetValue(WeightFormat),
            InputPasses = Math.Max(1, parsed.GetValue(Passes)),
            Budgets = new Budgets(
                parsed.GetValue(Sram),
                parsed.GetValue(Flash),
                parsed.GetValue(Latency),
                parsed.GetValue(Energy),
                parsed.GetValue(ReserveSram),
                parsed.GetValue(ReserveFlash)
            ),
        };

    internal static StageResult<Device> DeviceOf(string name) =>
        name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(name)
            ? DeviceReader.Read(File.ReadAllBytes(name), name)
            : DeviceDatabase.Find(name);
}
