using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Permute
{
    internal static ImmutableArray<OperatorKernel<Layer<Permute>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_permute_portable",
            Sources = ["mn_permute.h", "mn_move.h", "mn_permute_portable.c"],
            ParameterType = "mn_permute",
            Parameters = l => Moves.Of(l).Parameters,
            Arguments = [KernelArgument.Buffer0, KernelArgument.Output, KernelArgument.Step],
            Cycles = (l, t) => Moves.Of(l).Cycles(t),
        },
    ];

    /// <summary>A loop in bytes: how far it goes on in the input and in the output.</summary>
    private readonly record struct Move(int Count, int From, int To);

    /// <summary>What a step does: for each of its input rows, from the begin of its phase on, loops around a run of bytes.</summary>
    private sealed record Moves(ImmutableArray<Move> Loops, int Run, ImmutableArray<int> Starts, ImmutableArray<int> Places, int RowBytes)
    {
        public ImmutableArray<KernelParameter> Parameters =>
            [
                Table("loops", Loops.SelectMany(l => new[] { l.Count, l.From, l.To })),
                Table("starts", Starts),
                Table("places", Places),
                new IntegerParameter("depth", Loops.Length),
                new IntegerParameter("phases", Starts.Length),
                new IntegerParameter("rows", Places.Length),
                new IntegerParameter("row_bytes", RowBytes),
                new IntegerParameter("run", Run),
            ];

        public static Moves Of(Layer<Permute> layer)
        {
            var (op, size, input) = (layer.Operator, layer.Output.Element.Size(), layer.Input.Shape);
            var (read, written, first) = op.GroupOf(input) ?? (1, 1, 0);
            var isBarrier = op.GroupOf(input) is null;
            var loops = new List<Move>();
            var to = size;
            foreach (var loop in op.Loops.Skip(first).Reverse())
            {
                loops.Insert(0, new(loop.Count, loop.Stride * size, to));
                to *= loop.Count;
            }

            var starts = Expanded(loops.Where(l => !isBarrier && l.To >= layer.Output.RowBytes), m => m.From, _ => 0);
            var places = Expanded(
                loops.Where(l => !isBarrier && l.To < layer.Output.RowBytes && l.From >= layer.Input.RowBytes),
                m => m.To,
                m => m.From
            );
            var within = loops.Where(l => isBarrier || (l.To < layer.Output.RowBytes && l.From < layer.Input.RowBytes)).ToList();
            var run = size;
            while (within.Count > 0 && within[^1] is var last && last.From == run && last.To == run)
            {
                run *= last.Count;
                within.RemoveAt(within.Count - 1);
            }

            return new([.. Ordered(Merged(within), run)], run, starts, places, isBarrier ? layer.Input.Bytes : layer.Input.RowBytes);
        }

        public double Cycles(KernelTarget target)
        {
            var (outer, last) = (Loops.SkipLast(1).Aggregate(1, (product, l) => product * l.Count), Loops[^1]);
            return PortableCost.Call + Places.Length * outer * ElementCost.OfStrided(last.Count, Run, target);
        }

        private static TableParameter Table(string name, IEnumerable<int> values) =>
            new(name, ConstantTable.Of<uint>(name, TableType.UInt32, values.Select(v => (uint)v).ToArray()));

        /// <summary>Where the turns of nested loops lead, in the order of another measure of them, or their own.</summary>
        private static ImmutableArray<int> Expanded(IEnumerable<Move> loops, System.Func<Move, int> place, System.Func<Move, int> order) =>
            [
                .. loops
                    .Aggregate(
                        Enumerable.Repeat((Place: 0, Order: 0), 1),
                        (all, loop) =>
                            all.SelectMany(a =>
                                Enumerable.Range(0, loop.Count).Select(i => (a.Place + i * place(loop), a.Order + i * order(loop)))
                            )
                    )
                    .OrderBy(a => a.Order)
                    .Select(a => a.Place),
            ];

        /// <summary>Two loops of which the outer one goes on where the inner one ends are one.</summary>
        private static List<Move> Merged(List<Move> loops)
        {
            var merged = new List<Move>();
            foreach (var loop in loops)
            {
                if (merged.Count > 0 && merged[^1] is var outer && outer.From == loop.From * loop.Count && outer.To == loop.To * loop.Count)
                    merged[^1] = new(outer.Count * loop.Count, loop.From, loop.To);
                else
                    merged.Add(loop);
            }

            return merged;
        }

        /// <summary>The loop of most turns innermost: they may run in any order.</summary>
        private static IEnumerable<Move> Ordered(List<Move> loops, int run)
        {
            if (loops.Count == 0)
                return [new(1, run, run)];
            var longest = loops.MaxBy(l => l.Count);
            return loops.Where(l => l != longest).Append(longest);
        }
    }
}
