using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Runtimes.Firmware;

namespace McuNet.Cli.Bench;

/// <summary><c>mcunet bench --log</c>: what a board measured beside what this compiler says.</summary>
internal static class LogCommand
{
    public static int Run(string model, StageResult<CompileOptions> options, string path, bool json)
    {
        var result = BoardLogReader
            .Read(path)
            .Then(log =>
                options
                    .Then(o => ModelFile.Compile(model, o))
                    .Then(c =>
                        BoardComparison.Check(log, FirmwareCommand.Identity(c, model, c.Code()), c.Model, path) is { } problem
                            ? StageResult<BoardComparison>.Failure(problem)
                            : Compare(log, c)
                    )
            );
        if (result.Succeeded)
        {
            if (json)
                Output.Json(BoardOutput.Json(result.Value));
            else
                BoardOutput.Describe(result.Value);
        }
        else if (json)
        {
            Output.Json(new JsonObject { ["diagnostics"] = CompilationJson.Diagnostics(result.Diagnostics) });
        }
        return Output.Finish(json, result.Diagnostics);
    }

    /// <summary>The emulated board adds figures where it can; without its tools the board's own still stand.</summary>
    private static StageResult<BoardComparison> Compare(BoardLog log, Compilation compilation)
    {
        var emulated = BenchCommand.Measure(compilation);
        return StageResult<BoardComparison>.Success(new BoardComparison(log, compilation, emulated.Succeeded ? emulated.Value : null));
    }
}
