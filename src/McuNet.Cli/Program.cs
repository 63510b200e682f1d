using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Arena;
using McuNet.Cli.Bench;
using McuNet.Cli.Compile;
using McuNet.Cli.Devices;
using McuNet.Cli.Evaluate;
using McuNet.Cli.Explain;
using McuNet.Cli.Fit;
using McuNet.Cli.Inspect;
using McuNet.Cli.Nano;
using McuNet.Cli.Quantize;
using McuNet.Cli.Redistribute;
using McuNet.Cli.Report;
using McuNet.Cli.Search;
using McuNet.Cli.Space;
using McuNet.Cli.Train;
using McuNet.Cli.Verify;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Cli;

/// <summary>The <c>mcunet</c> command. It ends with one of <see cref="ExitCodes"/>.</summary>
public static class Program
{
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
            foreach (var line in UsageErrors.Of(parsed))
                Console.Error.WriteLine(line);
            return ExitCodes.WrongUsage;
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
            return ExitCodes.WrongUsage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted.");
            return ExitCodes.AtFault;
        }
        catch (Exception problem)
        {
            Console.Error.WriteLine(Diagnostic.Create(DiagnosticCatalog.InternalFault, problem.GetType().Name, problem.Message));
            Console.Error.WriteLine(problem.StackTrace);
            return ExitCodes.InternalError;
        }
    }
}
