using System.CommandLine;
using System.IO;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Manifest;
using InputMode = McuNet.Compiler.Scheduling.InputMode;

namespace McuNet.Cli;

/// <summary>The options that compile, verify and bench share.</summary>
public sealed class ModelOptions
{
    public Argument<string> Model { get; } = new("MODEL") { Description = "The ONNX file." };

    public Option<string> Device { get; } = new("--device") { Description = "Device id, alias, or path to a JSON device file.", Required = true };

    public Option<string?> Name { get; } = new("--name") { Description = "Prefix of generated names; default: from the file name." };

    public Option<long?> Sram { get; } = new("--sram") { HelpName = "size", Description = "SRAM budget for arena and stack, such as 64KB; default: what the device has, less its reservation.", CustomParser = Quantity.Bytes };

    public Option<long?> Flash { get; } = new("--flash") { HelpName = "size", Description = "Flash budget for weights and code, such as 512KB; default: as for --sram.", CustomParser = Quantity.Bytes };

    public Option<long?> ReserveSram { get; } = new("--reserve-sram") { HelpName = "size", Description = "SRAM that the rest of the firmware needs; replaces the device's reservation.", CustomParser = Quantity.Bytes };

    public Option<long?> ReserveFlash { get; } = new("--reserve-flash") { HelpName = "size", Description = "Flash that the rest of the firmware needs; replaces the device's reservation.", CustomParser = Quantity.Bytes };

    public Option<double?> Latency { get; } = new("--latency") { HelpName = "time", Description = "Latency budget, such as 50ms.", CustomParser = Quantity.Milliseconds };

    public Option<double?> Energy { get; } = new("--energy") { HelpName = "energy", Description = "Energy budget per inference, such as 2mJ.", CustomParser = Quantity.Millijoules };

    public Option<Objective> Optimize { get; } = new("--optimize") { HelpName = "fit|memory|latency", CustomParser = Words<Objective>.Parse, Description = "fit: the fastest schedule that fits; memory: the smallest; latency: the fastest." };

    public Option<InputMode> Input { get; } = new("--input") { HelpName = "resident|rows", CustomParser = Words<InputMode>.Parse, Description = "resident: the input lies in the arena; rows: the application delivers rows." };

    public Option<int> Passes { get; } = new("--passes") { HelpName = "count", CustomParser = Quantity.Passes, DefaultValueFactory = _ => 1, Description = "With --input rows: how often the application can deliver the same rows; default: 1." };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on standard output and nothing else." };

    public void AddTo(Command command)
    {
        command.Add(Model);
        foreach (Option option in new Option[] { Device, Name, Sram, Flash, ReserveSram, ReserveFlash, Latency, Energy, Optimize, Input, Passes, Json })
            command.Add(option);
    }

    /// <summary>Finds the device and gathers the budgets.</summary>
    public StageResult<CompileOptions> Read(ParseResult parsed)
    {
        var name = parsed.GetValue(Name) ?? ModelNames.FromFile(parsed.GetValue(Model)!);
        if (!ModelNames.IsValid(name))
            throw new UsageException($"The name '{name}' cannot prefix C symbols: use a letter followed by letters, digits and underscores.");
        if (parsed.GetValue(Passes) > 1 && parsed.GetValue(Input) != InputMode.Rows)
            throw new UsageException("--passes says how often rows can be delivered, so it needs --input rows.");
        return DeviceOf(parsed.GetValue(Device)!).Then(device => StageResult<CompileOptions>.Success(new CompileOptions
        {
            Name = name,
            Device = device,
            Objective = parsed.GetValue(Optimize),
            Input = parsed.GetValue(Input),
            InputPasses = parsed.GetValue(Passes),
            Budgets = new Budgets(
                parsed.GetValue(Sram) ?? device.SramBytes - parsed.GetValue(ReserveSram),
                parsed.GetValue(Flash) ?? device.FlashBytes - parsed.GetValue(ReserveFlash),
                parsed.GetValue(Latency), parsed.GetValue(Energy)),
        }));
    }

    internal static StageResult<Device> DeviceOf(string name) =>
        name.EndsWith(".json", System.StringComparison.OrdinalIgnoreCase) && File.Exists(name)
            ? DeviceReader.Read(File.ReadAllBytes(name), name)
            : DeviceDatabase.Find(name);
}
