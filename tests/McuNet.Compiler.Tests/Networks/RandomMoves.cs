using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>Operators of random networks that move values: slices, reflections, margins, shuffles, blocks of pixels turned into channels
/// and back.</summary>
internal static class RandomMoves
{
    public static Operator Of(TensorShape shape, LayerPlan plan) =>
        plan.Variant switch
        {
            0 => new SelectPixels { RowSource = Slice(shape.Height, plan.Channels), ColumnSource = Slice(shape.Width, plan.Channels / 2) },
            1 => new SelectPixels { RowSource = Flipped(shape.Height), ColumnSource = Slice(shape.Width, 0) },
            2 => new SelectPixels { RowSource = Slice(shape.Height, 0), ColumnSource = Flipped(shape.Width) },
            3 => new SelectPixels { RowSource = Reflected(shape.Height), ColumnSource = Reflected(shape.Width) },
            4 => new SelectChannels { Source = Slice(shape.Channels, plan.Channels) },
            5 => new SelectChannels { Source = Flipped(shape.Channels) },
            6 or 7 => new Pad { Margins = new(plan.Channels % 3, plan.Channels % 2, 1, 2, 0, 0), Fill = plan.Variant == 6 ? 0 : -0.7f },
            8 => new Pad { Margins = new(0, 1, 0, 0, plan.Channels % 3, 1), Fill = 0.3f },
            9 when shape.Channels % 4 == 0 => ToPixels(shape, 2),
            10 when shape.Height % 2 == 0 && shape.Width % 2 == 0 => ToChannels(shape, 2),
            _ => new Permute
            {
                Shape = new(shape.Width, shape.Height, shape.Channels),
                Loops = [new(shape.Width, shape.Channels), new(shape.Height, shape.RowElements), new(shape.Channels, 1)],
            },
        };

    /// <summary>All, or those after the first, or every second one.</summary>
    private static ImmutableArray<int> Slice(int size, int choice) =>
        [.. Enumerable.Range(0, size).Where(i => size == 1 || choice % 3 == 0 || (choice % 3 == 1 ? i > 0 : i % 2 == 0))];

    private static ImmutableArray<int> Flipped(int size) => [.. Enumerable.Range(0, size).Reverse()];

    /// <summary>With the second and the last but one in front and behind, as far as there are some.</summary>
    private static ImmutableArray<int> Reflected(int size) => size == 1 ? [0] : [1, .. Enumerable.Range(0, size), size - 2];

    /// <summary>DepthToSpace, mode DCR.</summary>
    public static Permute ToPixels(TensorShape input, int block)
    {
        var depth = input.Channels / (block * block);
        return new()
        {
            Shape = new(input.Height * block, input.Width * block, depth),
            Loops =
            [
                new(input.Height, input.RowElements),
                new(block, block * depth),
                new(input.Width, input.Channels),
                new(block, depth),
                new(depth, 1),
            ],
        };
    }

    /// <summary>SpaceToDepth.</summary>
    public static Permute ToChannels(TensorShape input, int block) =>
        new()
        {
            Shape = new(input.Height / block, input.Width / block, input.Channels * block * block),
            Loops =
            [
                new(input.Height / block, input.RowElements * block),
                new(input.Width / block, input.Channels * block),
                new(block, input.RowElements),
                new(block, input.Channels),
                new(input.Channels, 1),
            ],
        };
}
