using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Execution.Executors;

/// <summary>The files of a program in a folder, for those that compile and run them.</summary>
public static class ProgramFolder
{
    /// <summary>What the C executors need to know about a model whose files lie in <paramref name="directory"/>.</summary>
    public static CArtifact Describe(DeviceProgram program, string directory) =>
        new()
        {
            Directory = directory,
            Name = program.Name,
            InputBytes = [.. program.ModelInputs.Select(p => p.Port.Type.Bytes)],
            OutputBytes = [.. program.ModelOutputs.Select(p => p.Port.Type.Bytes)],
            InputNames = [.. program.ModelInputs.Select(p => p.Accessor)],
            OutputNames = [.. program.ModelOutputs.Select(p => p.Accessor)],
            Streamed = program.Inputs[0] is { IsStreamed: true, Type: var type }
                ? new StreamedRows(type.Shape.Height, type.RowBytes)
                : null,
        };

    /// <summary>Writes the files of a program into a folder of their own for as long as <paramref name="run"/> takes.</summary>
    public static StageResult<T> InFolder<T>(DeviceProgram program, IEnumerable<GeneratedFile> files, Func<CArtifact, StageResult<T>> run)
        where T : class
    {
        var folder = Path.Combine(Path.GetTempPath(), $"mcunet-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            foreach (var file in files)
                FileBatch.Write(Path.Combine(folder, file.Name), file.Content);
            return run(Describe(program, folder));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<T>.Failure(Diagnostic.Create(DiagnosticCatalog.OutputNotWritten, folder, problem.Message.TrimEnd('.')));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
