using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Quantization;

/// <summary>A layer with weights: the tensor that it writes before any activation, and its output channels in dimension 1.</summary>
public sealed record LinearLayer(string Name, string Output, int Channels);

/// <summary>
/// A float model in the form that quantisation works on: opset 13 or later, batch 1, no nodes on constants alone, batch normalisations and
/// arithmetic with constants inside the layers, activations directly behind them, every convolution and fully connected layer with a bias.
/// Same inputs, outputs and function as the model that it comes from.
/// </summary>
public sealed record FloatModel
{
    private const long IrVersion = 8;

    private readonly ImmutableHashSet<string> _names;

    private FloatModel(OnnxModel model, IReadOnlyDictionary<string, ImportedValue> values)
    {
        (Model, Plan) = (model, QuantizationPlan.Of(model, values));
        _names =
        [
            .. model.Graph.Nodes.SelectMany(n => n.Inputs.Concat(n.Outputs).Append(n.Name)),
            .. model.Graph.Inputs.Select(i => i.Name),
        ];
    }

    public OnnxModel Model { get; }

    /// <summary>The node that writes a tensor; null for inputs and constants.</summary>
    internal OnnxNode? MakerOf(string tensor) => Model.Graph.Nodes.FirstOrDefault(n => n.Outputs.Contains(tensor));

    /// <summary>In the order in which they run.</summary>
    public ImmutableArray<LinearLayer> Layers =>
        [.. Model.Graph.Nodes.Where(IsLinear).Select(n => new LinearLayer(n.Label, n.Outputs[0], Channels(n)))];

    /// <summary>Tensors whose range must be observed.</summary>
    public ImmutableArray<string> Observed => Plan.Observed;

    internal QuantizationPlan Plan { get; }

    /// <summary>Whether a model's activations are quantised, in any form.</summary>
    public static bool IsQuantized(OnnxModel model) => model.Graph.Nodes.Any(IsQuantization);

    /// <summary>The importer's errors, MCU3009 for a model that is quantised already, MCU3007 where a node has a form that cannot be
    /// quantised.</summary>
    public static StageResult<FloatModel> Of(OnnxModel model, string file) =>
        LiveGraph
            .Of(model)
            .Then(live =>
                live.Graph.Nodes.FirstOrDefault(IsQuantization) is { } node
                    ? StageResult<FloatModel>.Failure(Diagnostic.Create(DiagnosticCatalog.QuantizedAlready, file, node.Name, node.Operator))
                    : ModelImporter.Read(live, file).Then(OfRead)
            );

    private static StageResult<FloatModel> OfRead(ImportedModel read)
    {
        try
        {
            var editor = new OnnxEditor(read.Model);
            ConstantFolding.Run(editor, read.Values);
            LinearForm.Run(editor);
            PaddingFolding.Run(editor);
            AffineFolding.Run(editor);
            ActivationOrder.Run(editor);
            OpsetUpgrade.Run(editor);
            return StageResult<FloatModel>.Success(new FloatModel(Finished(editor), read.Values));
        }
        catch (QuantizationFailure failure)
        {
            return StageResult<FloatModel>.Failure(failure.Diagnostic);
        }
    }

    private static bool IsQuantization(OnnxNode node) =>
        node.Operator is "QuantizeLinear" or "QGemm" or "DynamicQuantizeLinear" or "ConvInteger" or "MatMulInteger"
        || node.Operator.StartsWith("QLinear", System.StringComparison.Ordinal);

    private static OnnxModel Finished(OnnxEditor editor)
    {
        var model = editor.ToModel();
        var graph = model.Graph;
        return model with
        {
            IrVersion = System.Math.Max(IrVersion, model.IrVersion),
            Producer = "mcunet",
            Opsets = [new("", System.Math.Max(OpsetUpgrade.Target, editor.Opset)), .. model.Opsets.Where(o => o.Domain.Length > 0)],
            Graph = graph with { Inputs = [.. graph.Inputs.Select(OneCase)], Outputs = [.. graph.Outputs.Select(OneCase)] },
        };
    }

    private static OnnxValueInfo OneCase(OnnxValueInfo value) =>
        value.Dims is { Length: > 1 } dims && dims[0] <= 0 ? value with { Dims = dims.SetItem(0, 1) } : value;

    /// <summary>A name that nothing in the model has.</summary>
    internal string Free(string wanted) => _names.Contains(wanted) ? Free(wanted + "_") : wanted;

    private bool IsLinear(OnnxNode node) =>
        node.Operator is "Conv" or "ConvTranspose" or "Gemm"
        && node.Inputs.Length == 3
        && IsConstant(node.Inputs[1])
        && IsConstant(node.Inputs[2]);

    private bool IsConstant(string value) => Model.Graph.Initializers.Any(t => t.Name == value);

    private int Channels(OnnxNode node) => LinearForm.ChannelsOf(node, Model.Graph.Initializers.First(t => t.Name == node.Inputs[1]));
}
