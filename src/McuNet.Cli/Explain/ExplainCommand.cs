using System.CommandLine;
using System.IO;
using System.Linq;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Explaining;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Explain;

/// <summary><c>mcunet explain</c>: why a compiled model has its schedule, its bytes and its kernels.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var command = new Command("explain", "Say why a model has its schedule, its memory and its kernels on a device.");
        var options = new ModelOptions();
        var node = new Option<string?>("--node") { HelpName = "name", Description = "Only this layer, with every kernel of its operator." };
        var calibration = CalibrationOption.Create();
        options.AddTo(command);
        command.Add(node);
        command.Add(calibration);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(node), parsed.GetValue(calibration)));
        return command;
    }

    private static int Run(ParseResult parsed, ModelOptions options, string? node, string? calibration)
    {
        var (model, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json));
        var compiled = options.Read(parsed).Then(o => ModelFile.Compile(model, o, calibration));
        if (compiled.ValueOrNull is not { } found)
        {
            if (json)
                Output.Json(
                    CompilationJson.Failed(Path.GetFileNameWithoutExtension(model), parsed.GetValue(options.Device)!, compiled.Diagnostics)
                );
            return Output.Finish(json, compiled.Diagnostics);
        }
        var compilation = found.Measured(ModelFile.Tools.CrossCompiler);
        var explanation = Explainer.Of(compilation);
        if (node is not null && explanation.Nodes.All(n => n.Name != node))
            throw new UsageException(
                $"There is no layer '{node}'; there are {string.Join(", ", explanation.Nodes.Select(n => n.Name).Distinct())}."
            );
        if (json)
            Output.Json(ExplainJson.Of(compilation.Model.Name, explanation, node, compiled.Diagnostics));
        else
            ExplainText.Print(compilation.Model.Name, explanation, node);
        return Output.Finish(json, compiled.Diagnostics);
    }
}
