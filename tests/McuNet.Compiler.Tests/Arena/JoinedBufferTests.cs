using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class JoinedBufferTests
{
    [Fact]
    public void Of_OneAfterTheOther_LivesWhenOneOfThemDoes()
    {
        var joined = JoinedBuffer.Of(Buffers.Of(3, 20, (0, 4, 0, 20)), Buffers.Of(7, 16, (6, 9, 0, 16)))!;

        Assert.Equal((3, 20), (joined.Id.Value, joined.Size.Value));
        Assert.Equal([(0, 4, 0, 20), (6, 9, 0, 16)], Extents(joined));
    }

    /// <summary>Rows of the new one appear below the rows of the old one that are still to be read.</summary>
    [Fact]
    public void Of_NewRowsBelowOldOnes_HoldsBothInOneExtent()
    {
        var joined = JoinedBuffer.Of(Buffers.Of(0, 20, (0, 2, 0, 20), (2, 4, 10, 20)), Buffers.Of(1, 20, (2, 4, 0, 10), (4, 6, 0, 20)))!;

        Assert.Equal([(0, 2, 0, 20), (2, 4, 0, 20), (4, 6, 0, 20)], Extents(joined));
    }

    [Fact]
    public void Of_LiveBytesThatMeet_IsNone() =>
        Assert.Null(JoinedBuffer.Of(Buffers.Of(0, 20, (0, 3, 0, 20)), Buffers.Of(1, 20, (2, 6, 0, 4))));

    /// <summary>An operator in place claims the point where its output begins while it still reads; at the begin of the old one that is
    /// free.</summary>
    [Fact]
    public void Of_PointAtTheBegin_IsPartOfTheExtent()
    {
        var joined = JoinedBuffer.Of(Buffers.Of(0, 8, (0, 3, 0, 8)), Buffers.Of(1, 8, (2, 3, 0, 0), (3, 5, 0, 8)))!;

        Assert.Equal([(0, 2, 0, 8), (2, 3, 0, 8), (3, 5, 0, 8)], Extents(joined));
        Assert.Null(JoinedBuffer.Of(Buffers.Of(0, 8, (0, 3, 0, 8)), Buffers.Of(1, 8, (2, 3, 4, 4), (3, 5, 0, 8))));
    }

    private static (int, int, int, int)[] Extents(ArenaBuffer buffer) =>
        [.. buffer.Extents.Select(e => (e.FirstStep.Value, e.EndStep.Value, e.Lo.Value, e.Hi.Value))];
}
