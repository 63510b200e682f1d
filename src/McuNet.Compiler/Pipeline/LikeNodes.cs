using System;
using System.Collections.Concurrent;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Pipeline;

/// <summary>Binds kernels to nodes, one to all that are alike. Bands of a layer often are, within a choice of bands and from one to the
/// next.</summary>
/// <param name="lower">Binds a kernel to a node by its operator and types alone.</param>
internal sealed class LikeNodes(Func<Node, NodeTypes, KernelCall> lower)
{
    private readonly ConcurrentDictionary<Likeness, Lazy<KernelCall>> _kernels = new();

    public KernelCall Lower(Node node, NodeTypes types) =>
        _kernels.GetOrAdd(new(node.Operator, types), _ => new(() => lower(node, types))).Value;

    private readonly record struct Likeness(Operator Operator, NodeTypes Types)
    {
        public bool Equals(Likeness other) =>
            Types.Output == other.Types.Output && Types.Inputs.SequenceEqual(other.Types.Inputs) && Operator.Equals(other.Operator);

        public override int GetHashCode() => HashCode.Combine(Operator, Types.Output);
    }
}
