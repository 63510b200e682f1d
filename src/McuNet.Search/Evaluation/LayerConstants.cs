using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Search.Spaces;

namespace McuNet.Search.Evaluation;

/// <summary>Weights and bias of a layer in the order that its operator documents.</summary>
public sealed record LayerConstants(ConstantTensor Weights, ConstantTensor Bias)
{
    /// <summary>Dimensions without data, for stages that look at shapes alone.</summary>
    public static LayerConstants Blank(NetworkLayer layer) =>
        new(
            new ConstantTensor(WeightDims(layer), ElementType.Int8, [], [1f], [0]),
            new ConstantTensor([layer.OutChannels], ElementType.Int32, [], [1f], [0])
        );

    /// <summary>[out, height, width, in]; [height, width, channels] of a depthwise layer; [out, in] of the classifier.</summary>
    public static ImmutableArray<int> WeightDims(NetworkLayer layer) =>
        layer.Role switch
        {
            LayerRole.Depthwise => [layer.Kernel, layer.Kernel, layer.OutChannels],
            LayerRole.Classifier => [layer.OutChannels, layer.InChannels],
            _ => [layer.OutChannels, layer.Kernel, layer.Kernel, layer.InChannels],
        };
}
