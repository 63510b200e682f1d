using System;
using System.Linq;
using McuNet.Runtimes.Cases;
using Xunit;

namespace McuNet.Runtimes.Tests.Cases;

public class TensorLayoutTests
{
    [Fact]
    public void ToNhwc_TwoChannels_InterleavesThem() =>
        Assert.Equal([1, 7, 2, 8, 3, 9], TensorLayout.ToNhwc([1, 2, 3, 7, 8, 9], [1, 2, 1, 3]));

    [Fact]
    public void ToNhwc_FourByteElements_MovesWholeElements() =>
        Assert.Equal(
            [1, 1, 1, 1, 3, 3, 3, 3, 2, 2, 2, 2, 4, 4, 4, 4],
            TensorLayout.ToNhwc([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4], [1, 2, 2, 1], elementBytes: 4)
        );

    [Theory]
    [InlineData(2, 3, 4, 5, 1)]
    [InlineData(1, 16, 3, 1, 4)]
    public void ToNchw_AfterToNhwc_GivesTheOriginal(int n, int c, int h, int w, int elementBytes)
    {
        var data = Enumerable.Range(0, n * c * h * w * elementBytes).Select(i => (byte)(i * 31)).ToArray();

        var there = TensorLayout.ToNhwc(data, [n, c, h, w], elementBytes);

        Assert.NotEqual(data, there);
        Assert.Equal(data, TensorLayout.ToNchw(there, [n, c, h, w], elementBytes));
    }

    [Fact]
    public void ToNhwc_RankThree_Throws() => Assert.Throws<ArgumentException>(() => TensorLayout.ToNhwc(new byte[6], [1, 2, 3]));
}
