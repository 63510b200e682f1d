using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Evaluate;
using McuNet.Cli.Nano;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Cli;

/// <summary>The <c>mcunet</c> command. Exit codes: 0 done, 1 the model or device is at fault, 2 wrong usage, 3 internal error.</summary>
public static class Program
{
    public const int Done = 0;
    public const int AtFault = 1;
    public const int WrongUsage = 2;
    public const int InternalError = 3;

    /// <summary>What a command may take after Ctrl+C to keep its work.</summary>
    private static readonly TimeSpan TimeToSave = TimeSpan.FromMinutes(2);

    public static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Compiles neural networks for microcontrollers: ONNX in, C and C# out.")
        {
            CompileCommand.Create(),
            ReportCommand.Create(),
            ArenaCommand.Create(),
            VerifyCommand.Create(),
            BenchCommand.Create(),
            InspectCommand.Create(),
            FitCommand.Create(),
            ExplainCommand.Create(),
            NanoCommand.Create(),
            QuantizeCommand.Create(),
            EvaluateCommand.Create(),
            DevicesCommand.Create(),
            SpaceCommand.Create(),
            RedistributeCommand.Create(),
            TrainCommand.Create(),
            SearchCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            var command = parsed.CommandResult.Command;
            foreach (var unknown in parsed.UnmatchedTokens)
                if (NearestName.Of(unknown, Known(command)) is { } meant)
                    Console.Error.WriteLine($"Did you mean '{meant}'?");
            Console.Error.WriteLine(
                command is RootCommand ? "'mcunet --help' shows the usage." : $"'mcunet {command.Name} --help' shows the usage."
            );
            return WrongUsage;
        }
        try
        {
            return parsed.Invoke(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToSave }
            );
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return WrongUsage;
        }
        catch (Exception problem)
        {
            Console.Error.WriteLine(Diagnostic.Create(DiagnosticCatalog.InternalFault, problem.GetType().Name, problem.Message));
            Console.Error.WriteLine(problem.StackTrace);
            return InternalError;
        }
    }

    /// <summary>What may follow a command: verbs and options, each with its aliases.</summary>
    private static IEnumerable<string> Known(Command command) =>
        command
            .Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))
            .Concat(command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)))
            .Append("--help");
}

/// <summary>A command line that parses but makes no sense.</summary>
public sealed class UsageException(string message) : Exception(message);
