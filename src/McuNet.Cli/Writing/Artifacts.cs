using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Diagnostics;
using McuNet.Files;

namespace McuNet.Cli.Writing;

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
}
