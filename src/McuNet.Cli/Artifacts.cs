using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Runtimes.CSource;

namespace McuNet.Cli;

/// <summary>Puts generated files into a folder, all of them together. A file whose text has not changed is not written again, so that nothing downstream rebuilds.</summary>
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
    public static CArtifact Describe(CompiledModel model, string directory)
    {
        var input = model.Graph[model.Graph.Inputs[0].Tensor].Type;
        return new CArtifact
        {
            Directory = directory,
            Name = model.Name,
            InputBytes = model.Graph.Inputs.Select(p => model.Graph[p.Tensor].Type.Bytes).ToImmutableArray(),
            OutputBytes = model.Graph.Outputs.Select(p => model.Graph[p.Tensor].Type.Bytes).ToImmutableArray(),
            Streamed = model.StreamsInput ? new StreamedRows(input.Shape.Height, input.RowBytes) : null,
        };
    }
}
