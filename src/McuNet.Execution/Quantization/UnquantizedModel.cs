using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;

namespace McuNet.Execution.Quantization;

/// <summary>A float model that can be quantised: read, folded, with one input.</summary>
/// <param name="Graph">The folded model as the compiler sees it.</param>
/// <param name="Name">For the network and for messages.</param>
public sealed record UnquantizedModel(FloatModel Model, NetworkGraph Graph, string Name)
{
    /// <summary>Its extents have batch 1 included.</summary>
    public GraphPort Input => Graph.Inputs[0];

    /// <summary>The input and all tensors that are rounded, each with the node that makes it, in the order in which they are made; the
    /// input goes under its own name.</summary>
    public IEnumerable<(string Tensor, string Node)> Layers =>
        Model.Model.Graph.Inputs.Select(i => (i.Name, i.Name)).Concat(QdqModel.RoundedTensors(Model));

    /// <returns>Errors of the importer (MCU1xxx), MCU3007 for a model of several inputs and what else cannot be quantised, MCU3009 for one
    /// that is quantised already.</returns>
    public static StageResult<UnquantizedModel> Of(OnnxModel model, string name) =>
        FloatModel
            .Of(model, name)
            .Then(folded =>
                ModelImporter
                    .Import(folded.Model, name)
                    .Then(graph =>
                        graph.Inputs.Length == 1
                            ? StageResult<UnquantizedModel>.Success(new(folded, graph, name))
                            : StageResult<UnquantizedModel>.Failure(
                                Diagnostic.Create(
                                    DiagnosticCatalog.QuantizationImpossible,
                                    name,
                                    "model",
                                    $"it has {graph.Inputs.Length} inputs",
                                    "Models with one input can be quantised."
                                )
                            )
                    )
            );

    /// <summary>Options with another format for some layers, named by their nodes; MCU3015 where there is no such layer.</summary>
    public StageResult<QuantizationOptions> Keeping(QuantizationOptions options, ActivationFormat format, IEnumerable<string> nodes)
    {
        var layers = Layers.ToLookup(l => l.Node, l => l.Tensor);
        foreach (var node in nodes)
        {
            if (!layers.Contains(node))
                return StageResult<QuantizationOptions>.Failure(
                    Diagnostic.Create(DiagnosticCatalog.LayerUnknown, Name, node, string.Join(", ", layers.Select(l => l.Key)))
                );
            options = WithFormat(options, format, layers[node]);
        }
        return StageResult<QuantizationOptions>.Success(options);
    }

    internal static QuantizationOptions WithFormat(QuantizationOptions options, ActivationFormat format, IEnumerable<string> tensors) =>
        options with
        {
            Exceptions = options.Exceptions.SetItems(tensors.Select(t => KeyValuePair.Create(t, format))),
        };
}
