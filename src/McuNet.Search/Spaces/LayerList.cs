using System.Collections.Immutable;

namespace McuNet.Search.Spaces;

/// <summary>Derives channel counts and image sides layer by layer.</summary>
internal sealed class LayerList(SearchSpace space, Architecture architecture)
{
    private readonly ImmutableArray<NetworkLayer>.Builder _layers = ImmutableArray.CreateBuilder<NetworkLayer>();
    private int _side = architecture.Resolution;
    private int _channels = space.InputChannels;

    public ImmutableArray<NetworkLayer> All()
    {
        Add("stem", LayerRole.Stem, Scaled(space.Stem.Out), space.Stem.Kernel, space.Stem.Stride);
        AddBlock("first", Scaled(space.First.Out), architecture.FirstKernel, 1, space.First.Stride, 0);
        for (var s = 0; s < architecture.Stages.Length; s++)
        {
            var (stage, choice) = (space.Stages[s], architecture.Stages[s]);
            var channels = Scaled(stage.Out * choice.Width);
            for (var b = 0; b < choice.Blocks.Length; b++)
                AddBlock(
                    $"stages.{s}.blocks.{b}",
                    channels,
                    choice.Blocks[b].Kernel,
                    choice.Blocks[b].Expand,
                    b == 0 ? stage.Stride : 1,
                    b
                );
        }
        if (space.HeadOut > 0)
            Add("head", LayerRole.Head, Scaled(space.HeadOut), 1, 1);
        _side = 1;
        Add("classifier", LayerRole.Classifier, space.Classes, 1, 1);
        return _layers.ToImmutable();
    }

    private int Scaled(double channels) => space.Rounding.Round(channels * architecture.Width);

    private void AddBlock(string name, int channels, int kernel, int expand, int stride, int index)
    {
        var input = _channels;
        var residual = space.Residual == ResidualRule.AfterFirst ? index > 0 : stride == 1 && input == channels;
        if (expand > 1)
            Add($"{name}.expand", LayerRole.Expand, input * expand, 1, 1, residual, input, expand > 1);
        Add($"{name}.depthwise", LayerRole.Depthwise, _channels, kernel, stride, residual, input, expand > 1);
        Add($"{name}.project", LayerRole.Project, channels, 1, 1, residual, input, expand > 1);
    }

    private void Add(
        string name,
        LayerRole role,
        int channels,
        int kernel,
        int stride,
        bool residual = false,
        int blockInput = 0,
        bool expanded = false
    )
    {
        var side = (_side + (kernel - 1) / 2 * 2 - kernel) / stride + 1;
        _layers.Add(new NetworkLayer(name, role, _side, _channels, side, channels, kernel, stride, residual, blockInput, expanded));
        (_side, _channels) = (side, channels);
    }
}
