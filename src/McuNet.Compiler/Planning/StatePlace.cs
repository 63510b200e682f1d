using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Planning;

/// <summary>
/// Where a state lies. Its end takes the place of its begin where no byte of it appears before the byte that it replaces is dead; else it
/// has a place of its own, and is copied when the inference is over.
/// </summary>
/// <param name="Begin">What the state was. Where the end is copied, it lives again at the end of the inference, all of it.</param>
/// <param name="End">What it becomes.</param>
/// <param name="Joined">Both in one place, null where that cannot be.</param>
internal sealed record StatePlace(ArenaBuffer Begin, ArenaBuffer End, ArenaBuffer? Joined)
{
    /// <param name="end">The time at which the inference is over.</param>
    public static StatePlace Of(NetworkGraph graph, StatePorts state, IReadOnlyDictionary<TensorId, ArenaBuffer> tensors, int end)
    {
        var (begin, result) = (tensors[graph.Inputs[state.Input].Tensor], tensors[graph.Outputs[state.Output].Tensor]);
        return new(Restored(begin, end), result, JoinedBuffer.Of(begin, result));
    }

    /// <summary>The buffer, alive as a whole in the last moment too.</summary>
    private static ArenaBuffer Restored(ArenaBuffer buffer, int end) =>
        buffer with
        {
            Extents =
            [
                .. buffer
                    .Extents.Select(e => e.EndStep.Value < end ? e : e with { EndStep = new(end - 1) })
                    .Where(e => e.FirstStep < e.EndStep),
                new(new(end - 1), new(end), default, new(buffer.Size.Value)),
            ],
        };
}
