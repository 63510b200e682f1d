using System.Collections.Immutable;
using McuNet.Compiler.Onnx;
using McuNet.Search.Spaces;

namespace McuNet.Search.Export;

/// <summary>
/// A trained network as a float ONNX model: Conv, Relu or Clip, Add, GlobalAveragePool, Flatten, Gemm.
/// Input <c>image</c> [1, C, R, R] with x = (pixel - 128) / 128, output <c>logits</c> [1, classes].
/// </summary>
public sealed class FloatNetwork
{
    public const string InputName = "image";
    public const string OutputName = "logits";

    private const long IrVersion = 8;
    private const long Opset = 13;
    private const string Zero = "zero";
    private const string Six = "six";

    private readonly SearchSpace _space;
    private readonly ImmutableArray<OnnxNode>.Builder _nodes = ImmutableArray.CreateBuilder<OnnxNode>();
    private readonly ImmutableArray<OnnxTensor>.Builder _constants = ImmutableArray.CreateBuilder<OnnxTensor>();

    private FloatNetwork(SearchSpace space) => _space = space;

    /// <param name="metadata">Texts about the network that the file carries.</param>
    public static OnnxModel Of(SearchSpace space, Architecture architecture, NetworkWeights weights, ImmutableArray<OnnxProperty> metadata)
    {
        var network = new FloatNetwork(space);
        network.Add(weights);
        var side = architecture.Resolution;
        return new OnnxModel
        {
            IrVersion = IrVersion,
            Producer = "mcunet",
            Opsets = [new("", Opset)],
            Metadata = metadata,
            Graph = new(
                space.Name,
                network._nodes.ToImmutable(),
                network._constants.ToImmutable(),
                [new(InputName, OnnxType.Float, [1, space.InputChannels, side, side], [])],
                [new(OutputName, OnnxType.Float, [1, space.Classes], [])],
                []
            ),
        };
    }

    private void Add(NetworkWeights weights)
    {
        if (_space.Activation == Activation.Relu6)
            _constants.AddRange(OnnxTensor.Of<float>(Zero, OnnxType.Float, [], [0]), OnnxTensor.Of<float>(Six, OnnxType.Float, [], [6]));
        var (current, blockInput) = (InputName, InputName);
        foreach (var trained in weights.Layers)
        {
            var layer = trained.Layer;
            if (layer.OpensBlock)
                blockInput = current;
            current = layer.Role switch
            {
                LayerRole.Classifier => Classifier(trained, current),
                LayerRole.Project => Convolution(trained, current),
                _ => Activated(layer.Name, Convolution(trained, current)),
            };
            if (layer is { Role: LayerRole.Project, Residual: true })
                current = Node("Add", layer.Name + ".add", [current, blockInput]);
        }
    }

    private string Convolution(TrainedLayer trained, string input)
    {
        var layer = trained.Layer;
        return Node(
            "Conv",
            layer.Name,
            [input, .. Constants(trained)],
            OnnxAttribute.Of("kernel_shape", [layer.Kernel, layer.Kernel]),
            OnnxAttribute.Of("strides", [layer.Stride, layer.Stride]),
            OnnxAttribute.Of("pads", [layer.Padding, layer.Padding, layer.Padding, layer.Padding]),
            OnnxAttribute.Of("group", layer.IsDepthwise ? layer.OutChannels : 1L)
        );
    }

    private string Activated(string name, string input) =>
        _space.Activation == Activation.Relu6 ? Node("Clip", name + ".relu6", [input, Zero, Six]) : Node("Relu", name + ".relu", [input]);

    private string Classifier(TrainedLayer trained, string input)
    {
        var features = Node("Flatten", "flatten", [Node("GlobalAveragePool", "pool", [input])]);
        _nodes.Add(new("classifier", "Gemm", "", [features, .. Constants(trained)], [OutputName], [OnnxAttribute.Of("transB", 1L)]));
        return OutputName;
    }

    private ImmutableArray<string> Constants(TrainedLayer trained)
    {
        var (weight, bias) = (trained.Layer.Name + ".weight", trained.Layer.Name + ".bias");
        _constants.Add(new(weight, OnnxType.Float, trained.Weights.Dims, trained.Weights.Data));
        _constants.Add(new(bias, OnnxType.Float, trained.Bias.Dims, trained.Bias.Data));
        return [weight, bias];
    }

    /// <summary>Adds a node whose one output has its name, and returns that.</summary>
    private string Node(string type, string name, ImmutableArray<string> inputs, params ImmutableArray<OnnxAttribute> attributes)
    {
        _nodes.Add(new(name, type, "", inputs, [name + ".out"], attributes));
        return name + ".out";
    }
}
