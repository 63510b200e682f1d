using System.Linq;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class PeelingTests
{
    [Fact]
    public void EasyBuffers_OneTightStep_LeavesItsBuffersOnly()
    {
        ArenaBuffer[] buffers = [.. Enumerable.Range(0, 12).Select(i => Buffers.Whole(i, i is 5 or 6 ? 500 : 40, i, i + 2))];
        var problem = ArenaProblem.Create(buffers);

        var easy = Peeling.EasyBuffers(new Packing(problem), problem.LowerBound.Value);

        Assert.Equal([5, 6], Enumerable.Range(0, 12).Except(easy));
    }

    [Fact]
    public void EasyBuffers_AnywhereTheOthersLie_StillFit()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var problem = ArenaProblem.Create(Buffers.Random(seed, 20, 60, 25));
            var packing = new Packing(problem);
            var total = problem.LowerBound.Value;
            var easy = Peeling.EasyBuffers(packing, total);
            var random = new System.Random(seed);
            var placer = new Placer(packing);
            foreach (var hard in Enumerable.Range(0, packing.Count).Except(easy).Where(i => packing.Fixed[i] < 0))
                placer.Offsets[hard] = random.Next(total) / packing.Alignment[hard] * packing.Alignment[hard];

            foreach (var buffer in easy.Reverse())
                Assert.True(placer.Place(buffer, GapRule.Lowest) <= total);
        }
    }

    [Fact]
    public void EasyBuffers_Fixed_NeverPeeled()
    {
        var problem = ArenaProblem.Create([Buffers.Whole(0, 4, 0, 1, at: 96), Buffers.Whole(1, 4, 0, 1)]);

        Assert.Equal([1], Peeling.EasyBuffers(new Packing(problem), 100));
    }
}
