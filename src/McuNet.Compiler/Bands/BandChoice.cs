using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Bands;

/// <summary>Nodes [First, End) of a network run as so many bands of columns, one after the other.</summary>
public readonly record struct BandChoice(int First, int End, int Bands);

/// <summary>Where a choice lies in the network rewritten for it.</summary>
/// <param name="Starts">Of each band its first node.</param>
/// <param name="Join">The node that puts the bands together, behind the last one.</param>
public sealed record BandedSegment(BandChoice Choice, ImmutableArray<int> Starts, int Join);

/// <summary>
/// A network in which some segments are cut into bands: each band has copies of the segment's nodes on a range of columns. The results are
/// those of the original network, bit for bit.
/// </summary>
/// <param name="Origin">By node: the node of the original network that it stands for, -1 for a slice, a join or another pass over the
/// input.</param>
public sealed record BandedNetwork(NetworkGraph Graph, ImmutableArray<int> Origin, ImmutableArray<BandedSegment> Segments);
