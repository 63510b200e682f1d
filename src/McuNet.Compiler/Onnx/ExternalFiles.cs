using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Onnx;

/// <summary>Tensors whose data lies in files beside the model, as exporters write it when weights are many.</summary>
public static class ExternalFiles
{
    /// <summary>Paths of these files from the model's folder, each once, with the first tensor that is in it.</summary>
    public static ImmutableArray<(string Location, string Tensor)> Of(OnnxModel model) =>
        [
            .. Tensors(model.Graph)
                .Where(t => t.External is not null)
                .Select(t => (t.External!.Location, t.Name))
                .DistinctBy(f => f.Location),
        ];

    /// <summary>The model with all data inside, or MCU1007 for every tensor whose file does not hold it.</summary>
    /// <param name="files">Content of the files that <see cref="Of"/> names.</param>
    public static StageResult<OnnxModel> Joined(OnnxModel model, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        var problems = new List<Diagnostic>();
        var graph = Joined(model.Graph, files, problems);
        return problems.Count > 0
            ? StageResult<OnnxModel>.Failure([.. problems])
            : StageResult<OnnxModel>.Success(model with { Graph = graph });
    }

    private static IEnumerable<OnnxTensor> Tensors(OnnxGraph graph) =>
        graph.Initializers.Concat(
            graph
                .Nodes.SelectMany(n => n.Attributes)
                .SelectMany(a => (a.Tensor is { } tensor ? new[] { tensor } : []).Concat(a.Graph is { } inner ? Tensors(inner) : []))
        );

    private static OnnxGraph Joined(OnnxGraph graph, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, List<Diagnostic> problems)
    {
        return graph with
        {
            Initializers = [.. graph.Initializers.Select(Tensor)],
            Nodes = [.. graph.Nodes.Select(n => n with { Attributes = [.. n.Attributes.Select(Attribute)] })],
        };

        OnnxAttribute Attribute(OnnxAttribute attribute) =>
            attribute switch
            {
                { Tensor: { External: not null } tensor } => attribute with { Tensor = Tensor(tensor) },
                { Graph: { } inner } => attribute with { Graph = Joined(inner, files, problems) },
                _ => attribute,
            };

        OnnxTensor Tensor(OnnxTensor tensor)
        {
            if (tensor.External is not { } external)
                return tensor;
            var file = files[external.Location];
            var length = external.Length ?? Math.Max(0, file.Length - external.Offset);
            if (external.Offset > file.Length || length > file.Length - external.Offset)
                return Refused($"{length:N0} bytes from byte {external.Offset:N0} on, and the file has {file.Length:N0}");
            var whole = tensor with { External = null, Data = file.Slice((int)external.Offset, (int)length) };
            return OnnxTensorReader.Mismatch(whole) is { } mismatch ? Refused($"the tensor {mismatch}") : whole;

            OnnxTensor Refused(FormattableString reason)
            {
                problems.Add(
                    Diagnostic.Create(
                        DiagnosticCatalog.ExternalData,
                        tensor.Name,
                        external.Location,
                        FormattableString.Invariant(reason),
                        "Export the model again; both files must be of one export."
                    )
                );
                return tensor;
            }
        }
    }
}
