using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Execution.Layers;
using Xunit;

namespace McuNet.Execution.Tests.Layers;

public sealed class TensorDifferenceTests
{
    /// <summary>Two channels of 1 x 3.</summary>
    private static readonly TensorType Signed = new(new(1, 3, 2), ElementType.Int8, new(0.5f, -118));

    [Fact]
    public void Of_ChannelsFirst_ComparesElementByElement()
    {
        var ours = new TensorData(Signed, [1, 11, 2, 12, 3, 13]);
        var view = new OnnxView("v", [1, 2, 1, 3], Signed, StoredOrder: false);

        Assert.Equal(new TensorDifference(6, 0, 0, null), TensorDifference.Of(ours, view, [1, 2, 3, 11, 12, 13]));
        var difference = TensorDifference.Of(ours, view, [1, 3, 3, 11, 12, 10]);
        Assert.Equal(new TensorDifference(6, 2, 3, new(5, 13, 10)), difference);
        Assert.Equal([0, 1, 0, 2], view.Place(difference.Worst!.Index).AsEnumerable());
    }

    [Fact]
    public void Of_StoredOrder_ComparesAsItLies()
    {
        var view = new OnnxView("v", [1, 1, 3, 2], Signed, StoredOrder: true);

        Assert.Equal(
            new TensorDifference(6, 1, 1, new(2, 2, 3)),
            TensorDifference.Of(new(Signed, [1, 11, 2, 12, 3, 13]), view, [1, 11, 3, 12, 3, 13])
        );
    }

    [Fact]
    public void Of_UnsignedValue_IsTheSameNumber128Higher()
    {
        var unsigned = Signed with { Element = ElementType.UInt8, Quantization = new(0.5f, 10) };
        var view = new OnnxView("v", [6], unsigned, StoredOrder: true);

        Assert.Equal(
            new TensorDifference(6, 1, 2, new(0, 0, 2)),
            TensorDifference.Of(new(Signed, [0x80, 0xFF, 0, 1, 0x7F, 0x81]), view, [2, 127, 128, 129, 255, 1])
        );
    }

    [Fact]
    public void Of_RealValues_StatesTheLargestDifference()
    {
        var real = new TensorType(TensorShape.Vector(2), ElementType.Float32);
        var (ours, theirs) = (new TensorData(real), new TensorData(real));
        (ours.Float32[0], ours.Float32[1], theirs.Float32[0], theirs.Float32[1]) = (1, 2, 1.25f, 1.5f);

        Assert.Equal(
            new TensorDifference(2, 2, 0.5, new(1, 2, 1.5)),
            TensorDifference.Of(ours, new("v", [1, 2], real, StoredOrder: true), theirs.Bytes)
        );
    }

    [Fact]
    public void Of_NoNumber_EqualsItselfAndDiffersFromEveryNumber()
    {
        var real = new TensorType(TensorShape.Vector(3), ElementType.Float32);
        var (ours, theirs) = (new TensorData(real), new TensorData(real));
        (ours.Float32[0], ours.Float32[1], theirs.Float32[0], theirs.Float32[2]) = (float.NaN, float.NaN, float.NaN, 9);

        var difference = TensorDifference.Of(ours, new("v", [1, 3], real, StoredOrder: true), theirs.Bytes);

        Assert.Equal((2, double.PositiveInfinity, 1), (difference.Mismatches, difference.Largest, difference.Worst!.Index));
    }
}
