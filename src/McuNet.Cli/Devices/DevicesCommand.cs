using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;

namespace McuNet.Cli.Devices;

/// <summary><c>mcunet devices</c>: what the compiler knows.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List the known devices.");
        var json = new Option<bool>("--json") { Description = "Print one JSON object on standard output and nothing else." };
        command.Add(json);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Output.Json(new JsonObject { ["devices"] = new JsonArray(DeviceDatabase.All.Select(d => (JsonNode)Json(d)).ToArray()) });
            else
                Table();
            return ExitCodes.Done;
        });
        return command;
    }

    private static JsonObject Json(Device device) =>
        new()
        {
            ["id"] = device.Id,
            ["name"] = device.Name,
            ["vendor"] = device.Vendor,
            ["aliases"] = new JsonArray(device.Aliases.Select(a => (JsonNode)a).ToArray()),
            ["core"] = device.CoreName,
            ["features"] = device.Features.ToString(),
            ["clockHz"] = device.ClockHz,
            ["sram"] = device.SramBytes,
            ["sramBudget"] = device.SramBudgetBytes,
            ["flash"] = device.FlashBytes,
            ["flashBudget"] = device.FlashBudgetBytes,
            ["memory"] = device.MemoryText,
            ["qemu"] = device.QemuMachine,
            ["sources"] = new JsonArray(device.Sources.Select(s => (JsonNode)s).ToArray()),
        };

    private static void Table()
    {
        var table = new TextTable("device", "name", "core", ">MHz", ">SRAM", ">flash");
        foreach (var device in DeviceDatabase.All)
            table.Add(
                device.Id,
                device.Name,
                device.CoreName,
                Text($"{device.ClockHz / 1e6:0.#}"),
                Text($"{device.SramBytes:N0}"),
                Text($"{device.FlashBytes:N0}")
            );
        table.Print();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
