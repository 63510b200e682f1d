using System;

namespace McuNet.Compiler.Arena;

/// <summary>
/// Improves an order of placement: takes a buffer that reaches the top, or one in its way, moves it within the order, and keeps the
/// new order unless the total grows. The same start gives the same result, on any machine.
/// </summary>
internal sealed class LocalSearch
{
    private const int TriesPerBuffer = 60;

    private readonly Packing _packing;
    private readonly Placer _placer;
    private readonly int[] _order;
    private readonly int[] _candidate;
    private readonly int[] _offsets;
    private readonly int[] _best;
    private ulong _random = 0x9E3779B97F4A7C15;

    internal LocalSearch(Packing packing, int[] startOffsets)
    {
        _packing = packing;
        _placer = new Placer(packing);
        _order = Packing.Sequence(packing.Count);
        Array.Sort(Array.ConvertAll(_order, i => (startOffsets[i], i)), _order);
        _candidate = new int[packing.Count];
        _offsets = (int[])startOffsets.Clone();
        _best = (int[])startOffsets.Clone();
    }

    internal long Nodes => _placer.Nodes;

    /// <summary>Returns offsets no worse than those at the start. Stops at the goal, after the nodes, or when nothing helps.</summary>
    internal int[] Run(int goal, long nodes)
    {
        var best = _packing.TotalOf(_best);
        var current = int.MaxValue;
        for (var tries = 0; best > goal && Nodes < nodes && tries < TriesPerBuffer * _packing.Count; tries++)
        {
            _order.CopyTo(_candidate, 0);
            if (current != int.MaxValue)
                Perturb(current);
            var total = PlaceAll(_candidate, current);
            if (total <= current)
            {
                current = total;
                _candidate.CopyTo(_order, 0);
                _placer.Offsets.CopyTo(_offsets, 0);
            }
            if (total < best)
            {
                best = total;
                _offsets.CopyTo(_best, 0);
                tries = 0;
            }
        }
        return _best;
    }

    private int PlaceAll(int[] order, int limit)
    {
        _placer.Clear();
        foreach (var buffer in order)
        {
            if (_placer.Place(buffer, GapRule.Lowest) > limit)
                return int.MaxValue;
        }
        return _placer.Top;
    }

    private void Perturb(int top)
    {
        var moved = PickAt(top);
        var neighbours = _packing.NeighboursOf(moved);
        if (neighbours.Length > 0 && Random(2) == 0)
            moved = neighbours[Random(neighbours.Length)].Other;
        var from = Array.IndexOf(_candidate, moved);
        var to = Random(4) == 0 || from == 0 ? Random(_candidate.Length) : Random(from);
        if (to < from)
            Array.Copy(_candidate, to, _candidate, to + 1, from - to);
        else
            Array.Copy(_candidate, from + 1, _candidate, from, to - from);
        _candidate[to] = moved;
    }

    private int PickAt(int top)
    {
        var (picked, seen) = (0, 0);
        for (var i = 0; i < _offsets.Length; i++)
        {
            if (_offsets[i] + _packing.Size[i] == top && Random(++seen) == 0)
                picked = i;
        }
        return picked;
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private int Random(int below)
    {
        var z = _random += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return (int)((z ^ z >> 31) % (ulong)below);
    }
}
