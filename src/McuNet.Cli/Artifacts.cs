using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Runtimes.CSource;

namespace McuNet.Cli;

/// <summary>Puts generated files into a folder. A file whose text has not changed is not written again, so that nothing downstream rebuilds.</summary>
public static class Artifacts
{
    public static void Write(string directory, IEnumerable<GeneratedFile> files)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in files)
        {
            var path = Path.Combine(directory, file.Name);
            var bytes = Encoding.UTF8.GetBytes(file.Text);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                File.WriteAllBytes(path, bytes);
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
