using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>
/// One exclusion between a buffer of a <see cref="Packing"/> and another, seen from the former. Usually one per neighbour, more where two
/// can interleave.
/// </summary>
/// <param name="Other">Index of the other buffer.</param>
/// <param name="WhenUnder">Our base is at least its base plus this when it lies under us.</param>
/// <param name="WhenAbove">Our base is at most its base minus this when it lies above us.</param>
internal readonly record struct Neighbour(int Other, int WhenUnder, int WhenAbove);

/// <summary>A problem, or some of its buffers, in the form in which the searches read it: plain numbers and neighbour lists.</summary>
/// <remarks>Invariant: immutable; neighbours are in order of index, and mutual.</remarks>
internal sealed class Packing
{
    private readonly ImmutableArray<ArenaBuffer> _all;
    private readonly SeparationMatrix _separations;
    private readonly Neighbour[] _neighbours;
    private readonly int[] _firstNeighbour;

    private Packing(ImmutableArray<ArenaBuffer> all, SeparationMatrix separations, int[] members)
    {
        (_all, _separations, Members) = (all, separations, members);
        Size = Array.ConvertAll(members, m => all[m].Size.Value);
        Alignment = Array.ConvertAll(members, m => all[m].Alignment);
        Fixed = Array.ConvertAll(members, m => all[m].FixedOffset?.Value ?? -1);
        _firstNeighbour = new int[members.Length + 1];
        var neighbours = new List<Neighbour>(members.Length * 8);
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = 0; j < members.Length; j++)
            {
                var (a, b) = (members[i], members[j]);
                if (!separations.Collide(a, b))
                    continue;
                if (!separations.Interleave(a, b))
                    neighbours.Add(new Neighbour(j, separations[b, a], separations[a, b]));
                else
                {
                    foreach (var exclusion in separations.Between(b, a))
                        neighbours.Add(new Neighbour(j, exclusion.WhenAbove, exclusion.WhenUnder));
                }
            }
            _firstNeighbour[i + 1] = neighbours.Count;
            MostNeighbours = Math.Max(MostNeighbours, neighbours.Count - _firstNeighbour[i]);
        }
        _neighbours = [.. neighbours];
    }

    internal Packing(ArenaProblem problem)
        : this(problem.Buffers, problem.Separations, Sequence(problem.Buffers.Length)) { }

    internal int Count => Members.Length;

    /// <summary>Index in the problem of each buffer here.</summary>
    internal int[] Members { get; }

    internal int[] Size { get; }

    internal int[] Alignment { get; }

    /// <summary>Offset of a fixed buffer, -1 for others.</summary>
    internal int[] Fixed { get; }

    internal int MostNeighbours { get; }

    internal int PairCount => _neighbours.Length / 2;

    internal ReadOnlySpan<Neighbour> NeighboursOf(int buffer) => _neighbours.AsSpan(_firstNeighbour[buffer].._firstNeighbour[buffer + 1]);

    internal ArenaBuffer Buffer(int buffer) => _all[Members[buffer]];

    /// <summary>The same problem with some of the buffers only.</summary>
    internal Packing Restrict(int[] buffers) => new(_all, _separations, Array.ConvertAll(buffers, b => Members[b]));

    internal int TotalOf(ReadOnlySpan<int> offsets)
    {
        var total = 0;
        for (var i = 0; i < offsets.Length; i++)
            total = Math.Max(total, offsets[i] + Size[i]);
        return total;
    }

    internal static int[] Sequence(int count)
    {
        var sequence = new int[count];
        for (var i = 0; i < count; i++)
            sequence[i] = i;
        return sequence;
    }
}
