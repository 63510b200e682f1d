using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.Linq;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Fit;

/// <summary><c>mcunet fit</c>: on which devices a model fits, and what would make it fit one.</summary>
internal static class FitCommand
{
    public static Command Create()
    {
        var command = new Command("fit", "List the devices that a model fits, and what would make it fit one of them.");
        var options = new ModelOptions();
        options.Device.Required = false;
        options.Device.Description =
            "The device that it is to fit: its id, an alias, or the path of a JSON device file. --sram and --flash are its budgets.";
        var vendor = new Option<string?>("--vendor")
        {
            HelpName = "text",
            Description = "Only devices whose vendor has this text in its name.",
        };
        var core = new Option<string?>("--core")
        {
            HelpName = "text",
            Description = "Only devices whose core has this text in its name, such as m4 or cortex-m33.",
        };
        var calibration = CalibrationOption.Create();
        options.AddTo(command);
        command.Add(vendor);
        command.Add(core);
        command.Add(calibration);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(vendor), parsed.GetValue(core), parsed.GetValue(calibration)));
        return command;
    }

    private static int Run(ParseResult parsed, ModelOptions options, string? vendor, string? core, string? calibration)
    {
        var (model, name, json) = (parsed.GetValue(options.Model)!, options.NameOf(parsed), parsed.GetValue(options.Json));
        if (parsed.GetValue(options.Device) is null && (parsed.GetValue(options.Sram) ?? parsed.GetValue(options.Flash)) is not null)
            throw new UsageException(
                "--sram and --flash are budgets of one device, so they need --device; --reserve-sram and --reserve-flash say what a firmware takes of each."
            );
        ImmutableArray<Device> listed =
        [
            .. DeviceDatabase.All.Where(d => Has(d.Vendor, vendor) && (Has(d.CoreName, core) || Has(d.Core.Id, core))),
        ];
        var wanted = parsed.GetValue(options.Device) is { } id ? ModelOptions.DeviceOf(id) : null;
        if (listed.IsEmpty && wanted is null)
            throw new UsageException("No device is left by --vendor and --core; 'mcunet devices' lists all.");
        var report = wanted is { Succeeded: false }
            ? StageResult<FitReport>.Failure(wanted.Diagnostics)
            : ModelContent
                .Read(model)
                .Then(content =>
                    ModelFit.Of(
                        content.Bytes,
                        model,
                        Devices(listed, wanted?.Value),
                        For,
                        wanted?.Value,
                        ModelFile.Tools with
                        {
                            Quantise = Calibration.With(calibration, model, name),
                        }
                    )
                );
        if (json)
            Output.Json(
                report.ValueOrNull is { } found ? FitJson.Of(name, found, report.Diagnostics) : FitJson.Failed(name, report.Diagnostics)
            );
        else if (report.Succeeded)
            FitText.Print(name, report.Value);
        var code = Output.Finish(json, report.Diagnostics);
        return
            code == ExitCodes.Done
            && report.Succeeded
            && !(report.Value.Wanted is { } own ? own.Needs.Fits : report.Value.Devices.Any(d => d.Needs.Fits))
            ? ExitCodes.AtFault
            : code;

        CompileOptions For(Device device) => options.For(parsed, device, name) is var all && device == wanted?.Value ? all : all.On(device);
    }

    private static ImmutableArray<Device> Devices(ImmutableArray<Device> listed, Device? wanted) =>
        wanted is null || listed.Contains(wanted) ? listed : [.. listed, wanted];

    private static bool Has(string name, string? text) => text is null || name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
