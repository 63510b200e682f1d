using System.Linq;
using McuNet.Cli.Verify;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Execution.Layers;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>Two layers of two elements in one case.</summary>
public sealed class LayerTextTests
{
    private static readonly TensorType Type = new(TensorShape.Vector(2), ElementType.Int8, new(0.25f, -4));

    private static readonly LayerResult Equal = Layer("a", new TensorDifference(2, 0, 0, null));

    [Fact]
    public void Lines_NothingDiffers_SaysHowManyWereCompared() =>
        Assert.Equal(
            ["no layer differs (1 compared, 1 could not be observed)", "not observed: node 'b' (Rescale), tensor 'b_q': hidden"],
            Lines(Equal, new(Equal.Node with { Name = "b" }, "b_q", null, [], "hidden"))
        );

    [Fact]
    public void Lines_FirstDifference_GivesTheElementAndWhatItMeans()
    {
        var differing = Layer("b", new TensorDifference(2000, 2, 51, new(1, 12, 63))) with { Cause = DifferenceCause.Node };
        var follower = Layer("c", new TensorDifference(2, 1, 1, new(0, 1, 2))) with { Cause = DifferenceCause.Inputs };

        Assert.Equal(
            [
                "first difference: node 'b' (Rescale), tensor 'b_q': 2 of 2,000 elements differ by up to 51 steps, e.g. element [0, 1] of 'noise': 12 (4) here, 63 (16.75) in ONNX Runtime. Its inputs are equal.",
                "1 more layer differs because its inputs do (3 compared, 0 could not be observed)",
            ],
            Lines(Equal, differing, follower)
        );
    }

    [Fact]
    public void Lines_UnobservedBefore_NamesIt()
    {
        var differing = Layer("b", new TensorDifference(2, 1, 1, new(0, 1, 2))) with
        {
            Cause = DifferenceCause.Unknown,
            Suspects = ["x", "y"],
        };

        var lines = Lines(Layer("a", new TensorDifference(2, 1, 1, new(0, 1, 2))) with { Cause = DifferenceCause.Node }, differing);

        Assert.StartsWith("first difference: node 'a'", lines[0], System.StringComparison.Ordinal);
        Assert.StartsWith("also: node 'b'", lines[1], System.StringComparison.Ordinal);
        Assert.EndsWith(
            "1 (1.25) here, 2 (1.5) in ONNX Runtime. No input that could be observed differs; 'x', 'y' before it could not be and may be the cause as well.",
            lines[1],
            System.StringComparison.Ordinal
        );
        Assert.Equal("no other layer differs (2 compared, 0 could not be observed)", lines[2]);
    }

    private static LayerResult Layer(string name, TensorDifference difference) =>
        new(
            new(new(0), name, new Rescale(), [new(0)], new(1)),
            name + "_q",
            new(name + "_q", [1, 2], Type, StoredOrder: true),
            [difference],
            null
        );

    private static string[] Lines(params LayerResult[] layers) => LayerText.Lines(new([.. layers], ["noise"])).ToArray();
}
