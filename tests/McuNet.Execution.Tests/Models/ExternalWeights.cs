using System.Collections.Immutable;
using System.IO;
using McuNet.Compiler.Onnx;

namespace McuNet.Execution.Tests.Models;

/// <summary>Models whose weights lie in a file beside them.</summary>
internal static class ExternalWeights
{
    /// <summary>Moves the data of all initialisers of a model's file into a file beside it.</summary>
    /// <param name="location">Relative to the folder of the model.</param>
    public static void Write(string file, string location)
    {
        var data = Name(file, location);
        var beside = Path.Combine(Path.GetDirectoryName(file)!, location);
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        File.WriteAllBytes(beside, data);
    }

    /// <summary>The same without writing that file, whose content it gives.</summary>
    public static byte[] Name(string file, string location)
    {
        var model = OnnxReader.Read(File.ReadAllBytes(file), "model").Value;
        using var data = new MemoryStream();
        var tensors = ImmutableArray.CreateBuilder<OnnxTensor>();
        foreach (var tensor in model.Graph.Initializers)
        {
            tensors.Add(tensor with { Data = default, External = new(location, data.Position, tensor.Data.Length) });
            data.Write(tensor.Data.Span);
        }
        File.WriteAllBytes(file, OnnxWriter.Write(model with { Graph = model.Graph with { Initializers = tensors.ToImmutable() } }));
        return data.ToArray();
    }
}
