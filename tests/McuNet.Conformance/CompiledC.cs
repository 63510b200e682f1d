using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Runtimes.CSource;

namespace McuNet.Conformance;

/// <summary>Writes the generated C of a model into a folder for the C executors.</summary>
internal static class CompiledC
{
    public static CArtifact Write(CompiledModel model, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in CEmitter.Emit(model))
            File.WriteAllText(Path.Combine(directory, file.Name), file.Text);
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
