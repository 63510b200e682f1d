using System;
using System.IO;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace McuNet.Cli.Tests;

/// <summary>One run of <c>mcunet</c> inside the test's process, with what it printed.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static CommandRun Of(params string[] arguments) => Of(new StringWriter(), arguments);

    public static CommandRun Of(TextWriter output, params string[] arguments)
    {
        var (keptOutput, keptError) = (Console.Out, Console.Error);
        var error = new StringWriter();
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            return new CommandRun(Program.Main(arguments), output.ToString()!, error.ToString());
        }
        finally
        {
            Console.SetOut(keptOutput);
            Console.SetError(keptError);
        }
    }

    /// <summary>The one object on standard output; fails when anything else is there.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();
}
