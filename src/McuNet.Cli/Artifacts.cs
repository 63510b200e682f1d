using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Programs;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Cli;

/// <summary>Puts generated files into a folder, all of them together. A file whose text has not changed is not written again, so that
/// nothing downstream rebuilds.</summary>
public static class Artifacts
{
    /// <param name="files">In the order in which they appear: last the one that says that the others are there.</param>
    /// <returns>MCU7034 where the folder cannot be written, else null.</returns>
    public static Diagnostic? Write(string directory, IEnumerable<GeneratedFile> files)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var batch = new FileBatch(WritingHold.FromEnvironment());
            foreach (var file in files)
                batch.Add(Path.Combine(directory, file.Name), file.Content);
            batch.Commit();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Diagnostic.Create(DiagnosticCatalog.OutputNotWritten, directory, problem.Message.TrimEnd('.'));
        }
    }

    /// <summary>Writes one file whole.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string path, byte[] content, string what = "file")
    {
        try
        {
            FileBatch.Write(path, content, WritingHold.FromEnvironment());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The {what} '{path}' cannot be written: {problem.Message.TrimEnd('.')}.");
        }
    }

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
            return Write(folder, files) is { } problem ? StageResult<T>.Failure(problem) : run(Describe(program, folder));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
