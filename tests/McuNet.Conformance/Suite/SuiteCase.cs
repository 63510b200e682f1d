using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Onnx.Wire;

namespace McuNet.Conformance.Suite;

/// <summary>A case of ONNX's own suite: a model of mostly one node with operands and results.</summary>
internal sealed record SuiteCase(string Name, OnnxModel Model, ImmutableArray<OnnxTensor> Inputs, ImmutableArray<OnnxTensor> Outputs)
{
    /// <summary>Where Debian's libonnx-testdata keeps the node cases.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("MCUNET_ONNX_SUITE") is { Length: > 0 } folder
            ? folder
            : "/usr/share/libonnx-testdata/data/node";

    public static IEnumerable<string> Names =>
        Directory.Exists(Folder) ? Directory.GetDirectories(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal) : [];

    /// <summary>The case, or null where its operands are no tensors (sequences, optionals).</summary>
    public static SuiteCase? Read(string name)
    {
        var folder = Path.Combine(Folder, name);
        var model = OnnxReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), name);
        if (!model.Succeeded)
            return null;
        try
        {
            return new(name, model.Value, Tensors(folder, "input"), Tensors(folder, "output"));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Elements that are not float32 somewhere, or no fixed shape of up to four dimensions.</summary>
    public bool IsOrdinary => Inputs.Concat(Outputs).All(t => t.Type == OnnxType.Float && t.Dims.Length <= 4 && !t.Dims.Contains(0));

    /// <summary>The same case with some operands as constants of the model, as networks hold weights, shapes and axes.</summary>
    public SuiteCase Bound(Func<int, bool> isBound)
    {
        var bound = Inputs.Where((_, i) => isBound(i)).ToArray();
        var names = bound.Select(t => t.Name).ToHashSet();
        var graph = Model.Graph;
        return this with
        {
            Model = Model with
            {
                Graph = graph with
                {
                    Inputs = [.. graph.Inputs.Where(i => !names.Contains(i.Name))],
                    Initializers = [.. graph.Initializers, .. bound],
                },
            },
            Inputs = [.. Inputs.Where((_, i) => !isBound(i))],
        };
    }

    private static ImmutableArray<OnnxTensor> Tensors(string folder, string kind) =>
        [
            .. Enumerable
                .Range(0, int.MaxValue)
                .Select(i => Path.Combine(folder, "test_data_set_0", $"{kind}_{i}.pb"))
                .TakeWhile(File.Exists)
                .Select(Tensor),
        ];

    private static OnnxTensor Tensor(string file)
    {
        var fault = new OnnxFault();
        var tensor = OnnxTensorReader.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(file)), fault);
        return fault.Problem is null ? tensor : throw new InvalidDataException($"{file}: {fault.Problem}");
    }
}
