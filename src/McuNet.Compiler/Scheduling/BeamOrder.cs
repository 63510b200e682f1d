using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// A good order of a region in time proportional to its size: position by position, only the sets of finished nodes with the lowest peaks
/// are kept, of equal ones those with fewer live bytes. It gives the exact search a limit, and an answer where that one runs out of budget.
/// </summary>
internal static class BeamOrder
{
    private const int Width = 64;

    private sealed record Path(ReplayState State, int Last, Path? Before);

    public static ImmutableArray<int> Of(LayerReplay layers, ReplayState start, ImmutableArray<int> region)
    {
        List<Path> beam = [new Path(start with { Peak = 0 }, -1, null)];
        for (var position = 0; position < region.Length; position++)
        {
            var next = new Dictionary<NodeSet, Path>();
            foreach (var path in beam)
            {
                foreach (var node in region.Where(n => layers.IsReady(n, path.State.Done)))
                {
                    var state = layers.Run(path.State, node);
                    if (!next.TryGetValue(state.Done, out var other) || state.Peak < other.State.Peak)
                        next[state.Done] = new Path(state, node, path);
                }
            }
            beam = [.. next.Values.OrderBy(p => p.State.Peak).ThenBy(p => p.State.Live).Take(Width)];
        }
        var order = new List<int>();
        for (var path = beam[0]; path.Before is { } before; path = before)
            order.Add(path.Last);
        order.Reverse();
        return [.. order];
    }
}
