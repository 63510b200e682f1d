using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Execution.Executors;
using McuNet.Execution.Models;
using McuNet.Runtimes.Qemu;

namespace McuNet.Cli.Bench;

/// <summary><c>mcunet bench</c>: instructions and modelled cycles of one inference under QEMU, whole and by operator.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var command = new Command("bench", "Count instructions and modelled cycles under QEMU.");
        var options = new ModelOptions();
        var firmware = new Option<string?>("--firmware")
        {
            HelpName = "folder",
            Description = "Write a firmware project that measures the model on a board.",
        };
        var cases = new Option<string?>("--cases")
        {
            HelpName = "folder",
            Description = "With --firmware: the cases to run, as for verify; default: noise.",
        };
        var log = new Option<string?>("--log") { HelpName = "file", Description = "Read what that firmware printed, and compare." };
        var dotnet = new Option<bool>("--dotnet") { Description = "Time the generated C# on this machine, beside ONNX Runtime." };
        options.AddTo(command);
        command.Add(firmware);
        command.Add(cases);
        command.Add(log);
        command.Add(dotnet);
        command.SetAction(parsed =>
            Run(parsed, options, parsed.GetValue(firmware), parsed.GetValue(cases), parsed.GetValue(log), parsed.GetValue(dotnet))
        );
        return command;
    }

    private static int Run(ParseResult parsed, ModelOptions options, string? firmware, string? cases, string? log, bool dotnet)
    {
        if (firmware is not null && log is not null)
            throw new UsageException("--firmware writes a project and --log reads what it printed; give one of them.");
        if (dotnet && (firmware ?? log) is not null)
            throw new UsageException("--dotnet measures on this machine, --firmware and --log on a board; give one of them.");
        if (cases is not null && firmware is null)
            throw new UsageException("--cases says what the firmware runs, so it needs --firmware.");
        var (model, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json));
        return firmware is not null ? FirmwareCommand.Run(model, options.Read(parsed), firmware, cases, json)
            : dotnet ? DotNetBench.Run(model, options.Read(parsed), json)
            : log is not null ? LogCommand.Run(model, options.Read(parsed), log, json)
            : Run(parsed, options);
    }

    private static int Run(ParseResult parsed, ModelOptions options)
    {
        var json = parsed.GetValue(options.Json);
        var result = options
            .Read(parsed)
            .Then(o => ModelFile.Compile(parsed.GetValue(options.Model)!, o))
            .Then(c => Measure(c).Then(run => StageResult<Measured>.Success(new Measured(c, run))));
        if (result.Succeeded)
        {
            if (json)
                Output.Json(Json(result.Value));
            else
                Describe(result.Value);
        }
        else if (json)
        {
            Output.Json(new JsonObject { ["diagnostics"] = CompilationJson.Diagnostics(result.Diagnostics) });
        }
        return Output.Finish(json, result.Diagnostics);
    }

    private sealed record Measured(Compilation Compilation, QemuRun Run)
    {
        /// <summary>As <c>compile</c> gives it: no inference takes more.</summary>
        public int Stack => Run.Stack.BoundBytes ?? Compilation.Footprint.Stack;

        /// <summary>What of the device's memory the model exceeds, so that the figures are those of no device that there is.</summary>
        public ImmutableArray<Diagnostic> Excess { get; } = BudgetCheck.Run(Compilation);
    }

    internal static StageResult<QemuRun> Measure(Compilation compilation)
    {
        var program = compilation.Program;
        return ProgramFolder.InFolder(
            program,
            compilation.Code(),
            artifact =>
                DeviceBoards.On(
                    compilation.Options.Device,
                    board =>
                        QemuEmulator.Run(
                            artifact,
                            board,
                            NoiseCases.Of(compilation.Model.Network, 1),
                            new QemuOptions { Measurement = QemuMeasurement.Operators }
                        )
                )
        );
    }

    private static IEnumerable<(string Name, string Kind, long Macs, double Estimate, OperatorWork Work)> Operators(Measured measured)
    {
        var model = measured.Compilation.Model;
        return measured
            .Run.Operators.Where(o => o.Operator < model.Graph.Nodes.Length)
            .Select(o =>
            {
                var node = model.Graph.Nodes[o.Operator];
                return (node.Name, node.Operator.Kind, node.Operator.Macs(model.Graph.TypesOf(node)), model.IdealNodeCycles[o.Operator], o);
            });
    }

    private static JsonObject Json(Measured measured)
    {
        var (compilation, run) = measured;
        return new JsonObject
        {
            ["name"] = compilation.Model.Name,
            ["device"] = compilation.Options.Device.Id,
            ["board"] = run.Board.Id,
            ["flags"] = string.Join(" ", run.Flags),
            ["instructions"] = run.Worst?.Instructions,
            ["cycles"] = run.Worst?.Cycles,
            ["deviceCycles"] = run.Worst?.DeviceCycles,
            ["memory"] = compilation.Options.Device.MemoryText,
            ["fetchWaits"] = run.Worst?.Waits?.Fetch,
            ["dataWaits"] = run.Worst?.Waits?.Data,
            ["estimatedCycles"] = (long)compilation.Model.IdealCycles,
            ["estimatedDeviceCycles"] = (long)compilation.Model.Cycles,
            ["fits"] = measured.Excess.IsEmpty,
            ["kernels"] = CompilationJson.Kernels(compilation.Model),
            ["diagnostics"] = CompilationJson.Diagnostics(measured.Excess),
            ["arena"] = compilation.Model.Memory.ArenaBytes,
            ["arenaBound"] = compilation.Model.Memory.LowerBound,
            ["arenaGap"] = compilation.Model.Memory.ArenaBytes - compilation.Model.Memory.WeightBytes - compilation.Model.Memory.LowerBound,
            ["arenaWeights"] = compilation.Model.Memory.WeightBytes,
            ["scratch"] = compilation.Model.Memory.ScratchBytes,
            ["stack"] = measured.Stack,
            ["stackUsed"] = run.StackBytes,
            ["flashWeights"] = compilation.Program.Constants.Bytes,
            ["flashCode"] = run.Sizes.Text + run.Sizes.Rodata + run.Sizes.Data + run.Sizes.Library - compilation.Program.Constants.Bytes,
            ["macs"] = compilation.Model.Network.Macs,
            ["macFactor"] = compilation.Model.MacFactor,
            ["operators"] = new JsonArray(
                Operators(measured)
                    .Select(o =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["name"] = o.Name,
                                ["kind"] = o.Kind,
                                ["kernel"] = compilation.Model.Kernels[o.Work.Operator].Function,
                                ["cycles"] = o.Work.Work.Cycles,
                                ["deviceCycles"] = o.Work.Work.DeviceCycles,
                                ["fetchWaits"] = o.Work.Work.Waits?.Fetch,
                                ["dataWaits"] = o.Work.Work.Waits?.Data,
                                ["instructions"] = o.Work.Work.Instructions,
                                ["macs"] = o.Macs,
                                ["estimatedCycles"] = (long)o.Estimate,
                                ["estimatedDeviceCycles"] = (long)compilation.Model.NodeCycles[o.Work.Operator],
                                ["steps"] = o.Work.Steps,
                            }
                    )
                    .ToArray()
            ),
        };
    }

    private static void Describe(Measured measured)
    {
        var (compilation, run) = measured;
        var model = compilation.Model;
        Console.Out.WriteLine(Text($"{model.Graph.Name} on {run.Board.Id}, {string.Join(" ", run.Flags)}"));
        var worst = run.Worst;
        foreach (var excess in measured.Excess)
            Console.Out.WriteLine(
                $"  does not fit, measured with the {CompilationJson.Kernels(model)} kernels all the same: {excess.Id} {excess.Message}"
            );
        Console.Out.WriteLine(
            Text(
                $"  instructions {worst?.Instructions:N0}, cycles {worst?.Cycles:N0} (estimated {compilation.Model.IdealCycles:N0}, both with memory that never waits), {(double)(worst?.Cycles ?? worst?.Instructions ?? 0) / Math.Max(1, model.Network.Macs):0.00} per MAC of the network"
            )
        );
        Console.Out.WriteLine(Text($"  {compilation.Options.Device.Id}: {compilation.Options.Device.MemoryText}"));
        if (worst?.Waits is { } waits)
            Console.Out.WriteLine(
                Text(
                    $"  device cycles {worst.DeviceCycles:N0} (estimated {model.Cycles:N0}): {waits.Fetch:N0} wait for instructions, {waits.Data:N0} for constants"
                )
            );
        Console.Out.WriteLine(
            Text(
                $"  arena {model.Memory.ArenaBytes:N0} (bound {model.Memory.LowerBound:N0}, gap {model.Memory.ArenaBytes - model.Memory.WeightBytes - model.Memory.LowerBound:N0}, weights {model.Memory.WeightBytes:N0}, scratch {model.Memory.ScratchBytes:N0}), stack {measured.Stack:N0} ({run.StackBytes:N0} used), MAC factor {model.MacFactor:0.000}"
            )
        );
        Console.Out.WriteLine(
            $"  {"operator", -28} {"kernel", -38} {"MACs", 11} {"cycles", 11} {"/MAC", 6} {"estimate", 11} {"device", 11} {"estimate", 11} {"fetch", 9} {"data", 9}"
        );
        foreach (var o in Operators(measured))
        {
            var (work, node) = (o.Work.Work, o.Work.Operator);
            var cycles = work.Cycles ?? work.Instructions;
            Console.Out.WriteLine(
                Text(
                    $"  {o.Name, -28} {model.Kernels[node].Function, -38} {o.Macs, 11:N0} {cycles, 11:N0} {(o.Macs > 0 ? (double)cycles / o.Macs : 0), 6:0.00} {o.Estimate, 11:N0} {work.DeviceCycles, 11:N0} {model.NodeCycles[node], 11:N0} {work.Waits?.Fetch, 9:N0} {work.Waits?.Data, 9:N0}"
                )
            );
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
