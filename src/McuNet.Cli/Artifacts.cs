using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Runtimes.CSource;

namespace McuNet.Cli;

/// <summary>Puts generated files into a folder. A file whose text has not changed is not written again, so that nothing downstream rebuilds.</summary>
public static class Artifacts
{
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    public static void Write(string directory, IEnumerable<GeneratedFile> files)
    {
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var file in files)
                WriteChanged(Path.Combine(directory, file.Name), file.Content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{directory}' cannot be written: {problem.Message.TrimEnd('.')}.");
        }
    }

    private static void WriteChanged(string path, byte[] bytes)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            File.WriteAllBytes(path, bytes);
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
