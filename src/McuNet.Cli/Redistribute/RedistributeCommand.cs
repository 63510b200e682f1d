using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Manifest;
using McuNet.Search.Redistribution;
using McuNet.Search.Spaces;

namespace McuNet.Cli.Redistribute;

/// <summary><c>mcunet redistribute</c>: what patches over the beginning of a network cost, and which kernels would make it less.</summary>
internal static class RedistributeCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX or .tflite file." };
    private static readonly Option<int> Patches = new("--patches")
    {
        HelpName = "count",
        Description = "Patches along each side; default: 4, or 2 where the result of the part has fewer than 16 rows.",
    };
    private static readonly Option<string?> To = new("--to")
    {
        HelpName = "layer",
        Description = "The last layer in patches; default: where an eighth of the input's rows is left.",
    };
    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "file",
        Description =
            "Write a search file over the network, the proposals and all between them, and its space as NAME.space.json beside it.",
    };
    private static readonly Option<string?> Dataset = new("--dataset")
    {
        HelpName = "file",
        Description = "With --out: the data set file that the search file names.",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object on standard output and nothing else.",
    };

    public static Command Create()
    {
        var command = new Command("redistribute", "Say what patches over the first layers cost, and which kernels would make it less.")
        {
            Model,
        };
        foreach (Option option in new Option[] { Patches, To, Out, Dataset, Json })
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (path, json) = (parsed.GetValue(Model)!, parsed.GetValue(Json));
        if ((parsed.GetValue(Out) is null) != (parsed.GetValue(Dataset) is null))
            throw new UsageException("--out and --dataset go together: a search file names the data that networks are trained on.");
        var name = ModelNames.FromFile(path);
        var network = ModelContent.Read(path).Then(content => ModelCompiler.Network(content.Bytes, path, name));
        if (network.ValueOrNull is not { } graph)
        {
            if (json)
                Output.Json(new JsonObject { ["name"] = name, ["diagnostics"] = CompilationJson.Diagnostics(network.Diagnostics) });
            return Output.Finish(json, network.Diagnostics);
        }
        var last = parsed.GetValue(To) ?? GraphRedistributor.StageEnd(graph);
        if (last is null || graph.Nodes.All(n => n.Name != last))
            throw new UsageException(
                last is null
                    ? "No layer leaves an eighth of the input's rows with one tensor alone; --to names the last layer in patches."
                    : $"There is no layer '{last}'; there are {string.Join(", ", graph.Nodes.Select(n => n.Name))}."
            );
        var patches = parsed.GetValue(Patches) is > 0 and var given ? given : GraphRedistributor.Patches(graph, last);
        if (GraphRedistributor.Describe(graph, last, patches) is not { } start)
            throw new UsageException(
                $"The layers up to '{last}' cannot run in {patches}x{patches} patches: one tensor must be alone behind them, each must work through a window "
                    + "or pixel by pixel, and the result needs a row and a column for each patch."
            );
        var proposals = GraphRedistributor.Propose(start, last, patches);
        var space = parsed.GetValue(Out) is { } file
            ? Written(file, parsed.GetValue(Dataset)!, name, [graph, .. proposals.Select(p => p.Graph)])
            : null;
        if (json)
            Output.Json(RedistributeText.Json(name, last, patches, start, proposals, network.Diagnostics));
        else
            RedistributeText.Print(name, last, patches, start, proposals, space);
        return Output.Finish(json, network.Diagnostics);
    }

    /// <summary>Writes the search file and its space.</summary>
    private static SearchSpace Written(string file, string dataset, string name, IReadOnlyList<NetworkGraph> graphs)
    {
        var (space, _, whyNot) = ResidualNetwork.SpaceOf(name, graphs);
        if (space is null)
            throw new UsageException($"No search space holds '{name}': {whyNot}. Search spaces are of inverted residual blocks.");
        var beside = Path.ChangeExtension(file, ".space.json");
        Artifacts.Write(beside, Encoding.UTF8.GetBytes(Output.Text(SpaceWriter.Write(space)) + "\n"), "space");
        Artifacts.Write(file, Encoding.UTF8.GetBytes(Output.Text(Search(Path.GetFileName(beside), dataset)) + "\n"), "search file");
        return space;
    }

    private static JsonObject Search(string space, string dataset) =>
        new()
        {
            ["version"] = 1,
            ["space"] = space,
            ["dataset"] = dataset,
            ["input"] = "either",
            ["preset"] = "small",
            ["evolution"] = new JsonObject { ["redistribution"] = 0.3 },
            ["train"] = new JsonObject { ["largest"] = 1000, ["random"] = 2000 },
            ["finetune"] = new JsonObject { ["steps"] = 1000 },
        };
}
