using System;

namespace McuNet.Compiler.Scheduling;

/// <summary>A set of nodes of one graph, compared by content.</summary>
/// <remarks>Invariant: the words never change after construction; sets of one graph have equally many.</remarks>
internal readonly struct NodeSet : IEquatable<NodeSet>
{
    private const int Bits = 64;
    private readonly ulong[] _words;

    /// <summary>The empty set.</summary>
    public NodeSet(int nodesOfGraph) => _words = new ulong[(nodesOfGraph + Bits - 1) / Bits];

    private NodeSet(ulong[] words) => _words = words;

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    public bool Contains(int node) => (_words[node / Bits] >> (node % Bits) & 1) != 0;

    public NodeSet With(int node)
    {
        var words = (ulong[])_words.Clone();
        words[node / Bits] |= 1UL << (node % Bits);
        return new NodeSet(words);
    }

    public NodeSet Union(NodeSet other)
    {
        var words = (ulong[])_words.Clone();
        for (var i = 0; i < words.Length; i++)
            words[i] |= other._words[i];
        return new NodeSet(words);
    }

    public bool IsSubsetOf(NodeSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other._words[i]) != 0)
                return false;
        }
        return true;
    }

    public bool Intersects(NodeSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & other._words[i]) != 0)
                return true;
        }
        return false;
    }

    public bool Equals(NodeSet other) => _words.AsSpan().SequenceEqual(other._words);

    public override bool Equals(object? obj) => obj is NodeSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 0UL;
        foreach (var word in _words)
            hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
        return (int)(hash >> 32);
    }
}
