using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Arena;

// Every colliding pair must be put in one of two orders; given all orders, the lowest bases follow. So the search decides orders:
//
//   lowest[i], highest[i]   interval in which the base of i must lie if all ends are to stay within the limit
//   A under B               lowest[B] >= lowest[A] + below[A,B],  highest[A] <= highest[B] - below[A,B]
//   undecided               if one order would empty an interval, the other is decided; if both would, the branch is dead
//
// A pair that can interleave has several exclusions and appears once for each; "under" and "above" then mean either side of that one.
// When placing everything at `lowest` violates no undecided pair, that is a plan, so most pairs are never branched on. Works for
// negative separations too, where "under" is not an order of the bases.

/// <summary>Exact answer to: is there a packing whose total is within a limit?</summary>
internal sealed class OrientationSearch
{
    internal enum Answer
    {
        Found,
        Impossible,
        OutOfNodes,
    }

    private const byte Undecided = 0;
    private const byte FirstUnder = 1;
    private const byte SecondUnder = 2;

    private readonly Packing _packing;
    private readonly Pair[] _pairs;
    private readonly int[][] _pairsOf;
    private readonly List<int> _twinPairs = [];
    private readonly BusySteps? _busySteps;
    private readonly byte[] _order;
    private readonly int[] _lowest;
    private readonly int[] _highest;
    private readonly Stack<Undo> _trail = new();
    private readonly Stack<Branch> _branches = new();
    private readonly Queue<int> _changed = new();
    private readonly bool[] _isQueued;
    private int _limit;
    private long _nodes;
    private long _end;

    internal OrientationSearch(Packing packing, IEnumerable<StepLoad> loads, ArenaOptions options)
    {
        _packing = packing;
        _pairs = CollectPairs(packing);
        _pairsOf = new int[packing.Count][];
        var lists = Array.ConvertAll(_pairsOf, _ => new List<int>());
        for (var p = 0; p < _pairs.Length; p++)
        {
            lists[_pairs[p].First].Add(p);
            lists[_pairs[p].Second].Add(p);
        }
        _pairsOf = Array.ConvertAll(lists, l => l.ToArray());
        _order = new byte[_pairs.Length];
        _lowest = new int[packing.Count];
        _highest = new int[packing.Count];
        _isQueued = new bool[packing.Count];
        if (options.PruneByBusySteps)
            _busySteps = new BusySteps(packing, loads);
        if (options.BreakTwinSymmetry)
            _twinPairs.AddRange(Enumerable.Range(0, _pairs.Length).Where(p => Twins.AreAlike(packing, _pairs[p].First, _pairs[p].Second)));
    }

    private readonly record struct Pair(int First, int Second, int WhenFirstUnder, int WhenSecondUnder);

    private enum Kind : byte
    {
        Order,
        Lowest,
        Highest,
    }

    private readonly record struct Undo(Kind Kind, int Index, int Old);

    private readonly record struct Branch(int Pair, byte Other, int TrailLength);

    internal long Nodes => _nodes + (_busySteps?.Nodes ?? 0);

    /// <summary>The offsets after <see cref="Answer.Found"/>.</summary>
    internal int[] Offsets => (int[])_lowest.Clone();

    internal Answer Run(int limit, long nodes)
    {
        _end = Nodes + nodes;
        var consistent = Start(limit);
        while (Nodes < _end)
        {
            if (consistent)
            {
                var pair = ChooseBranch();
                if (pair < 0)
                    return Answer.Found;
                var preferred = PreferredOrder(_pairs[pair]);
                _branches.Push(new Branch(pair, (byte)(FirstUnder + SecondUnder - preferred), _trail.Count));
                consistent = Decide(pair, preferred) && Propagate();
            }
            else
            {
                if (!_branches.TryPop(out var branch))
                    return Answer.Impossible;
                UndoTo(branch.TrailLength);
                consistent = Decide(branch.Pair, branch.Other) && Propagate();
            }
        }
        return Answer.OutOfNodes;
    }

    private static Pair[] CollectPairs(Packing packing)
    {
        var pairs = new List<Pair>(packing.PairCount);
        for (var i = 0; i < packing.Count; i++)
        {
            foreach (var neighbour in packing.NeighboursOf(i))
            {
                if (neighbour.Other > i)
                    pairs.Add(new Pair(i, neighbour.Other, neighbour.WhenAbove, neighbour.WhenUnder));
            }
        }
        return [.. pairs];
    }

    private bool Start(int limit)
    {
        _limit = limit;
        _trail.Clear();
        _branches.Clear();
        Array.Fill(_order, Undecided);
        for (var i = 0; i < _packing.Count; i++)
        {
            var isFixed = _packing.Fixed[i] >= 0;
            _lowest[i] = isFixed ? _packing.Fixed[i] : 0;
            _highest[i] = isFixed ? _packing.Fixed[i] : Align.Down(limit - _packing.Size[i], _packing.Alignment[i]);
            if (_highest[i] < _lowest[i] || _lowest[i] + _packing.Size[i] > limit)
                return false;
            Enqueue(i);
        }
        foreach (var pair in _twinPairs)
        {
            if (!Decide(pair, FirstUnder))
                return false;
        }
        return Propagate();
    }

    // False also when out of nodes; Run then ends without drawing a conclusion.
    private bool Propagate()
    {
        while (_changed.TryDequeue(out var buffer))
        {
            _isQueued[buffer] = false;
            if (_nodes >= _end)
                return Abandon();
            foreach (var pair in _pairsOf[buffer])
            {
                if (!Revise(pair))
                    return Abandon();
            }
            _nodes += _pairsOf[buffer].Length;
        }
        return _busySteps?.CanFit(_lowest, _highest, _limit) ?? true;
    }

    private bool Abandon()
    {
        while (_changed.TryDequeue(out var buffer))
            _isQueued[buffer] = false;
        return false;
    }

    private bool Revise(int index)
    {
        var pair = _pairs[index];
        switch (_order[index])
        {
            case FirstUnder:
                return Stack(pair.First, pair.Second, pair.WhenFirstUnder);
            case SecondUnder:
                return Stack(pair.Second, pair.First, pair.WhenSecondUnder);
        }
        var firstUnder = SlackFirstUnder(pair) >= 0;
        var secondUnder = SlackSecondUnder(pair) >= 0;
        if (firstUnder && secondUnder)
            return true;
        return (firstUnder || secondUnder) && Decide(index, firstUnder ? FirstUnder : SecondUnder);
    }

    private bool Decide(int index, byte order)
    {
        _trail.Push(new Undo(Kind.Order, index, Undecided));
        _order[index] = order;
        return Revise(index) || Abandon();
    }

    private bool Stack(int under, int above, int distance)
    {
        var lowest = Align.Up(_lowest[under] + distance, _packing.Alignment[above]);
        if (lowest > _lowest[above])
        {
            if (lowest > _highest[above])
                return false;
            _trail.Push(new Undo(Kind.Lowest, above, _lowest[above]));
            _lowest[above] = lowest;
            Enqueue(above);
        }
        var highest = Align.Down(_highest[above] - distance, _packing.Alignment[under]);
        if (highest < _highest[under])
        {
            if (highest < _lowest[under])
                return false;
            _trail.Push(new Undo(Kind.Highest, under, _highest[under]));
            _highest[under] = highest;
            Enqueue(under);
        }
        return true;
    }

    private void Enqueue(int buffer)
    {
        if (!_isQueued[buffer])
            _changed.Enqueue(buffer);
        _isQueued[buffer] = true;
    }

    private void UndoTo(int length)
    {
        while (_trail.Count > length)
        {
            var undo = _trail.Pop();
            switch (undo.Kind)
            {
                case Kind.Order:
                    _order[undo.Index] = (byte)undo.Old;
                    break;
                case Kind.Lowest:
                    _lowest[undo.Index] = undo.Old;
                    break;
                default:
                    _highest[undo.Index] = undo.Old;
                    break;
            }
        }
    }

    private int SlackFirstUnder(Pair pair) => _highest[pair.Second] - _lowest[pair.First] - pair.WhenFirstUnder;

    private int SlackSecondUnder(Pair pair) => _highest[pair.First] - _lowest[pair.Second] - pair.WhenSecondUnder;

    private byte PreferredOrder(Pair pair) => SlackFirstUnder(pair) >= SlackSecondUnder(pair) ? FirstUnder : SecondUnder;

    // Of the undecided pairs that collide when everything is as low as it can be, the one with least freedom; -1 if none collides.
    private int ChooseBranch()
    {
        var (chosen, least) = (-1, long.MaxValue);
        for (var p = 0; p < _pairs.Length; p++)
        {
            var pair = _pairs[p];
            var distance = _lowest[pair.Second] - _lowest[pair.First];
            if (_order[p] != Undecided || distance >= pair.WhenFirstUnder || -distance >= pair.WhenSecondUnder)
                continue;
            var (a, b) = (SlackFirstUnder(pair), SlackSecondUnder(pair));
            var freedom = (long)a + b + 2L * Math.Min(a, b);
            if (freedom < least)
                (chosen, least) = (p, freedom);
        }
        _nodes += _pairs.Length;
        return chosen;
    }
}
