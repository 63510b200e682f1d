using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>
/// The busiest steps of a packing. All buffers live at a step are stacked in some order, so for every group of them:
/// what must lie under the lowest + their live bytes + what must lie above the highest &lt;= the limit.
/// </summary>
internal sealed class BusySteps
{
    private const int Most = 12;

    private readonly int[][] _buffers;
    private readonly int[][] _lo;
    private readonly int[][] _hi;
    private readonly int[] _size;
    private readonly int[] _under;
    private readonly int[] _byAbove;
    private readonly int[] _above;

    internal BusySteps(Packing packing, IEnumerable<StepLoad> loads)
    {
        var steps = loads
            .OrderByDescending(l => l.Bound)
            .ThenBy(l => l.Step)
            .Take(Most)
            .Select(l => Live(packing, l.Step))
            .Where(s => s.Length > 1)
            .ToArray();
        _buffers = Array.ConvertAll(steps, s => Array.ConvertAll(s, l => l.Buffer));
        _lo = Array.ConvertAll(steps, s => Array.ConvertAll(s, l => l.Lo));
        _hi = Array.ConvertAll(steps, s => Array.ConvertAll(s, l => l.Hi));
        _size = packing.Size;
        _under = new int[packing.Count];
        _above = new int[packing.Count];
        _byAbove = new int[packing.Count];
    }

    internal long Nodes { get; private set; }

    /// <summary>False if no assignment with bases within [lowest, highest] can keep all within the limit.</summary>
    internal bool CanFit(int[] lowest, int[] highest, int limit)
    {
        for (var s = 0; s < _buffers.Length; s++)
        {
            if (!CanFit(_buffers[s], _lo[s], _hi[s], lowest, highest, limit))
                return false;
        }
        return true;
    }

    private bool CanFit(int[] buffers, int[] lo, int[] hi, int[] lowest, int[] highest, int limit)
    {
        var count = buffers.Length;
        for (var k = 0; k < count; k++)
        {
            _under[k] = lowest[buffers[k]] + lo[k];
            _above[k] = limit - highest[buffers[k]] - hi[k];
            _byAbove[k] = k;
        }
        Nodes += count * (count + 1) / 2;
        var order = _byAbove.AsSpan(0, count);
        order.Sort((a, b) => _above[b] != _above[a] ? _above[b].CompareTo(_above[a]) : a.CompareTo(b));
        for (var floor = 0; floor < count; floor++)
        {
            var live = 0;
            foreach (var k in order)
            {
                if (_under[k] < _under[floor])
                    continue;
                live += hi[k] - lo[k];
                if (_under[floor] + live + _above[k] > limit)
                    return false;
            }
        }
        return true;
    }

    private static (int Buffer, int Lo, int Hi)[] Live(Packing packing, StepIndex step)
    {
        var live = new List<(int, int, int)>();
        for (var i = 0; i < packing.Count; i++)
        {
            if (packing.Buffer(i).ExtentAt(step) is { } extent && extent.Lo != extent.Hi)
                live.Add((i, extent.Lo.Value, extent.Hi.Value));
        }
        return [.. live];
    }
}
