using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>
/// Irregularly wired networks, the kind for which the order of nodes matters: every node reads one or several earlier tensors of any age,
/// and what nobody has read is joined at the end. All tensors have the same height and width.
/// </summary>
public static class WiredNetwork
{
    /// <param name="nodes">Nodes before the last, which joins.</param>
    /// <param name="reach">How many tensors back a node may read.</param>
    public static NetworkGraph Random(int seed, int nodes, int reach = int.MaxValue)
    {
        var random = new Random(seed);
        var net = new NetworkBuilder(seed);
        var tensors = new List<TensorId> { net.Input(random.Next(1, 9), random.Next(1, 7), random.Next(1, 6)) };
        var unread = new HashSet<TensorId>();
        for (var i = 0; i < nodes; i++)
        {
            var node = Node(net, random, () => tensors[^random.Next(1, Math.Min(reach, tensors.Count) + 1)], unread);
            tensors.Add(node);
            unread.Add(node);
        }
        return net.Build($"wired_{seed}", unread.Count == 1 ? unread.Single() : net.Apply(new Concat(), [.. unread.OrderBy(t => t.Value)]));
    }

    /// <summary>
    /// A cell that widens in several branches and narrows again, written layer by layer of depth as exporters of graphs do, so that in the
    /// order of the file all wide tensors live at once.
    /// </summary>
    public static NetworkGraph Cell(int branches, int wide, int narrow)
    {
        var net = new NetworkBuilder(7);
        var x = net.Conv(net.Input(32, 32, 3), 8, NetworkBuilder.Square(3, 2));
        var expanded = Enumerable.Range(0, branches).Select(_ => net.Conv(x, wide, NetworkBuilder.Square(1), Clamp.Relu)).ToArray();
        var mixed = expanded.Select(t => net.Depthwise(t, NetworkBuilder.Square(3))).ToArray();
        var reduced = mixed.Select(t => net.Conv(t, narrow, NetworkBuilder.Square(1))).ToArray();
        var joined = net.Apply(new Concat(), reduced);
        return net.Build("cell", net.Dense(net.Apply(new Mean { OverHeight = true, OverWidth = true }, joined), 4));
    }

    private static TensorId Node(NetworkBuilder net, Random random, Func<TensorId> earlier, HashSet<TensorId> unread)
    {
        TensorId Read()
        {
            var tensor = earlier();
            unread.Remove(tensor);
            return tensor;
        }

        switch (random.Next(5))
        {
            case 0:
                return net.Apply(new Concat(), [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Read())]);
            case 1:
                return net.Depthwise(Read(), NetworkBuilder.Square(3));
            case 2:
                var (left, right) = (Read(), Read());
                return net.ShapeOf(left) == net.ShapeOf(right) ? net.Apply(new Add(), left, right) : net.Apply(new Concat(), left, right);
            default:
                return net.Conv(Read(), random.Next(1, 12), NetworkBuilder.Square(random.Next(2) == 0 ? 1 : 3));
        }
    }
}
