using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Which nodes run in blocks of how many rows: a few choices for the whole network, from the blocks that save most cycles for each byte of
/// rows that they hold to all blocks that save any. A segment takes its nodes' part of a choice.
/// </summary>
public sealed class BlockChoices
{
    /// <summary>Each choice saves about as much more than the one before.</summary>
    private const int Most = 6;

    private readonly NetworkRows _rows;
    private readonly ImmutableArray<KernelCall> _kernels;

    /// <summary>A node takes blocks of so many rows instead of the fewer that it had.</summary>
    private readonly record struct Growth(int Node, int Rows, double SavedCycles, double Bytes);

    private BlockChoices(NetworkRows rows, ImmutableArray<KernelCall> kernels) => (_rows, _kernels) = (rows, kernels);

    /// <returns>By choice and node: rows of a block, 0 where a node runs row by row. Blocks never hold all rows of a node.</returns>
    public static ImmutableArray<ImmutableArray<int>> Of(NetworkRows rows, ImmutableArray<KernelCall> kernels)
    {
        var choices = new BlockChoices(rows, kernels);
        var growths = Enumerable
            .Range(0, kernels.Length)
            .SelectMany(choices.GrowthsOf)
            .OrderByDescending(g => g.SavedCycles / g.Bytes)
            .ThenBy(g => g.Node)
            .ToArray();
        var (blocks, saved, all) = (new int[kernels.Length], 0.0, growths.Sum(g => g.SavedCycles));
        var found = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (var growth in growths)
        {
            saved += growth.SavedCycles;
            blocks[growth.Node] = growth.Rows;
            if (saved >= all * (found.Count + 1) / Most * (1 - 1e-9))
                found.Add([.. blocks]);
        }
        return found.ToImmutable();
    }

    /// <summary>Cycles that a node saves with blocks of some rows, if it computes all.</summary>
    public static double SavedCycles(KernelCall kernel, int steps, int rows) =>
        rows == 0
            ? 0
            : steps * (SegmentPricer.CyclesPerCall + kernel.CyclesPerStep + kernel.WaitsOf(1))
                - (steps + rows - 1)
                    / rows
                    * (SegmentPricer.CyclesPerCall + kernel.OfBlock(rows).CyclesPerStep + kernel.OfBlock(rows).WaitsOf(rows));

    /// <summary>Bytes that live at least while a block of a node is computed.</summary>
    public static int LeastBytes(NetworkRows rows, KernelCall kernel, int node, int block) =>
        RowBytes(rows, node, block) + kernel.OfBlock(block).ScratchBytes;

    /// <summary>The upper hull of saved cycles over bytes: each growth saves less for a byte than the one before.</summary>
    private IEnumerable<Growth> GrowthsOf(int node)
    {
        var steps = _rows.Dependencies[node].Steps;
        var offered = _kernels[node].Blocks.Where(b => b.Rows < steps).Select(b => b.Rows).ToArray();
        for (var (now, at) = (1, 0); at < offered.Length; )
        {
            var (from, rest) = (now, offered[at..]);
            var best = rest.Select(r => Grown(node, from, r)).MaxBy(g => g.SavedCycles / g.Bytes);
            if (best.SavedCycles <= 0)
                yield break;
            yield return best;
            (now, at) = (best.Rows, Array.IndexOf(offered, best.Rows) + 1);
        }
    }

    private Growth Grown(int node, int from, int to)
    {
        var (kernel, steps) = (_kernels[node], _rows.Dependencies[node].Steps);
        var saved = SavedCycles(kernel, steps, to) - (from == 1 ? 0 : SavedCycles(kernel, steps, from));
        return new Growth(node, to, saved, RowBytes(_rows, node, to) - RowBytes(_rows, node, from));
    }

    /// <summary>Bytes of the rows that a block reads and writes.</summary>
    private static int RowBytes(NetworkRows rows, int node, int block) =>
        rows.Inputs[node].Select((t, i) => RowsRead(rows, node, i, block) * rows.RowBytes[t]).Sum()
        + block * rows.RowBytes[rows.Output[node]];

    private static int RowsRead(NetworkRows rows, int node, int input, int block)
    {
        var (begin, end) = (rows.ReadBegin[node][input], rows.ReadEnd[node][input]);
        return Enumerable.Range(0, Math.Max(1, begin.Length - block + 1)).Max(s => end[Math.Min(s + block, end.Length) - 1] - begin[s]);
    }
}
