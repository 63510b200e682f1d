using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>An order of the nodes of a graph, and what it needs when they run one after another.</summary>
/// <param name="Nodes">Every node once, each behind those whose outputs it reads.</param>
/// <param name="PeakBytes">Most bytes live at one time, layer by layer: what <see cref="SegmentPricer"/> asks for segments of one
/// node.</param>
public sealed record NodeOrder(ImmutableArray<NodeId> Nodes, int PeakBytes);

/// <summary>Orders worth a search for cuts.</summary>
/// <param name="Orders">The order of the file first, then others; all different.</param>
/// <param name="LowerBound">No order of the graph needs fewer bytes layer by layer.</param>
/// <param name="Proved">The best of the orders reaches the lower bound.</param>
public sealed record OrderCandidates(ImmutableArray<NodeOrder> Orders, int LowerBound, bool Proved);
