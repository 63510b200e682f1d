using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evaluation;

/// <summary>
/// The integer network that a build has after import and passes, made directly from an architecture: int8 tensors, activations fused,
/// pooling as a mean, a 1x1 convolution on one pixel as a dense layer.
/// </summary>
/// <remarks>A build can end with fewer channels, where training has left some constant and a pass removes them; never with more.</remarks>
public sealed class ArchitectureGraph
{
    /// <summary>Real step and zero point of the input: x = (pixel - 128) / 128.</summary>
    private static readonly QuantizationParameters InputSteps = new(1f / 128, 0);

    private static readonly QuantizationParameters ActivationSteps = new(6f / 255, -128);
    private static readonly QuantizationParameters LinearSteps = new(12f / 255, 0);
    private static readonly QuantizationParameters SumSteps = new(17f / 255, 0);

    private readonly SearchSpace _space;
    private readonly Architecture _architecture;
    private readonly Func<NetworkLayer, LayerConstants> _constants;
    private readonly ImmutableArray<Tensor>.Builder _tensors = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();

    private ArchitectureGraph(SearchSpace space, Architecture architecture, Func<NetworkLayer, LayerConstants> constants) =>
        (_space, _architecture, _constants) = (space, architecture, constants);

    /// <summary>The network with the constants that <paramref name="constants"/> gives, by default none.</summary>
    public static NetworkGraph Of(SearchSpace space, Architecture architecture, Func<NetworkLayer, LayerConstants>? constants = null) =>
        new ArchitectureGraph(space, architecture, constants ?? LayerConstants.Blank).Build();

    private NetworkGraph Build()
    {
        var side = _architecture.Resolution;
        var input = Add("input", new TensorShape(side, side, _space.InputChannels), InputSteps);
        var (current, blockInput) = (input, input);
        foreach (var layer in NetworkLayer.Of(_space, _architecture))
        {
            if (layer.OpensBlock)
                blockInput = current;
            current = layer.Role == LayerRole.Classifier ? Classifier(layer, Pooled(current)) : Convolution(layer, current);
            if (layer is { Role: LayerRole.Project, Residual: true })
                current = AddNode(layer.Name + ".add", new Add(), [current, blockInput], TypeOf(current).Shape, SumSteps);
        }
        return new NetworkGraph(
            _space.Name,
            _tensors.ToImmutable(),
            _nodes.ToImmutable(),
            [new GraphPort("input", input, [1, _space.InputChannels, side, side], ElementType.Int8)],
            [new GraphPort("output", current, [1, _space.Classes], ElementType.Int8)]
        );
    }

    private TensorId Convolution(NetworkLayer layer, TensorId input)
    {
        var constants = _constants(layer);
        var padding = layer.Padding;
        var window = new Window
        {
            KernelHeight = layer.Kernel,
            KernelWidth = layer.Kernel,
            StrideHeight = layer.Stride,
            StrideWidth = layer.Stride,
            PadTop = padding,
            PadLeft = padding,
            PadBottom = padding,
            PadRight = padding,
        };
        var isLinear = layer.Role == LayerRole.Project;
        var clamp =
            isLinear ? Clamp.None
            : _space.Activation == Activation.Relu6 ? new Clamp(0, 6)
            : Clamp.Relu;
        Operator op =
            layer.IsDepthwise
                ? new DepthwiseConv2D
                {
                    Weights = constants.Weights,
                    Bias = constants.Bias,
                    Window = window,
                    Clamp = clamp,
                }
            : layer.InSide == 1 && layer.Kernel == 1
                ? new Dense
                {
                    Weights = constants.Weights with { Dims = [layer.OutChannels, layer.InChannels] },
                    Bias = constants.Bias,
                    Clamp = clamp,
                }
            : new Conv2D
            {
                Weights = constants.Weights,
                Bias = constants.Bias,
                Window = window,
                Clamp = clamp,
            };
        return AddNode(
            layer.Name,
            op,
            [input],
            new TensorShape(layer.OutSide, layer.OutSide, layer.OutChannels),
            isLinear ? LinearSteps : ActivationSteps
        );
    }

    private TensorId Pooled(TensorId input) =>
        AddNode(
            "pool",
            new Mean { OverHeight = true, OverWidth = true },
            [input],
            TensorShape.Vector(TypeOf(input).Shape.Channels),
            TypeOf(input).Quantization!
        );

    private TensorId Classifier(NetworkLayer layer, TensorId input)
    {
        var constants = _constants(layer);
        var dense = new Dense { Weights = constants.Weights, Bias = constants.Bias };
        return AddNode(layer.Name, dense, [input], TensorShape.Vector(layer.OutChannels), LinearSteps);
    }

    private TensorId AddNode(string name, Operator op, ImmutableArray<TensorId> inputs, TensorShape shape, QuantizationParameters steps)
    {
        var output = Add(name, shape, steps);
        _nodes.Add(new Node(new NodeId(_nodes.Count), name, op, inputs, output));
        return output;
    }

    private TensorId Add(string name, TensorShape shape, QuantizationParameters steps)
    {
        var id = new TensorId(_tensors.Count);
        _tensors.Add(new Tensor(id, name, new TensorType(shape, ElementType.Int8, steps)));
        return id;
    }

    private TensorType TypeOf(TensorId tensor) => _tensors[tensor.Value].Type;
}
