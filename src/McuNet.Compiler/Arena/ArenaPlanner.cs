using System;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>
/// Finds a small arena: greedy orders, local search on the best, then exact search. Stops as soon as nothing can be gained.
/// </summary>
public static class ArenaPlanner
{
    private const int LocalShare = 4;

    public static ArenaPlan Plan(ArenaProblem problem, ArenaOptions? options = null) =>
        new Run(problem, options ?? ArenaOptions.Default).Plan();

    private sealed class Run(ArenaProblem problem, ArenaOptions options)
    {
        private readonly Packing _all = new(problem);
        private int[] _best = [];
        private string _algorithm = "nothing to place";
        private int _total = int.MaxValue;
        private int _lowerBound = problem.LowerBound.Value;
        private long _nodes;

        private int Goal => Math.Max(_lowerBound, options.Enough.Value);

        internal ArenaPlan Plan()
        {
            PlaceGreedily();
            if (_total > Goal && (options.LocalSearch || options.ExactSearch))
                SearchKernel();
            return new ArenaPlan
            {
                Placements = [.. problem.Buffers.Select((b, i) => new ArenaPlacement(b.Id, b.Name, (ByteOffset)_best[i], b.Size))],
                Total = (ByteCount)_total,
                LowerBound = (ByteCount)_lowerBound,
                NodesUsed = _nodes,
                Algorithm = _algorithm,
                Peak = problem.FindPeak(),
            };
        }

        private void PlaceGreedily()
        {
            var placer = new Placer(_all, _lowerBound);
            foreach (var row in GreedyOrders.Table)
            {
                placer.Clear();
                foreach (var buffer in row.Order(_all, _lowerBound))
                    placer.Place(buffer, row.Gap);
                Keep(placer.Offsets, row.Name);
                if (_total <= Goal)
                    break;
            }
            _nodes = placer.Nodes;
        }

        private void Keep(int[] offsets, string algorithm)
        {
            var total = _all.TotalOf(offsets);
            if (total >= _total)
                return;
            (_total, _algorithm, _best) = (total, algorithm, (int[])offsets.Clone());
        }

        private void SearchKernel()
        {
            var easy = options.PeelEasyBuffers ? Peeling.EasyBuffers(_all, _lowerBound) : [];
            var kernel = Packing.Sequence(_all.Count).Except(easy).ToArray();
            var packing = _all.Restrict(kernel);
            var end = _nodes + options.NodeBudget;
            if (options.LocalSearch)
            {
                var local = new LocalSearch(packing, Array.ConvertAll(kernel, i => _best[i]));
                var offsets = local.Run(Goal, options.ExactSearch ? options.NodeBudget / LocalShare : options.NodeBudget);
                _nodes += local.Nodes;
                Keep(Expand(kernel, offsets, easy), "local search");
            }
            if (options.ExactSearch)
                SearchExactly(packing, kernel, easy, end);
        }

        private void SearchExactly(Packing packing, int[] kernel, int[] easy, long end)
        {
            var search = new OrientationSearch(packing, problem.Loads, options);
            var before = _nodes;
            var limit = options.ProbeLowerBound ? Goal : _total - 1;
            var patience = options.ProbeLowerBound ? 3 : 1;
            while (_total > Goal && _nodes < end)
            {
                var isLast = limit == _total - 1;
                var answer = search.Run(limit, isLast ? end - _nodes : (end - _nodes) / patience);
                _nodes = before + search.Nodes;
                switch (answer)
                {
                    case OrientationSearch.Answer.Found:
                        Keep(Expand(kernel, search.Offsets, easy), "exact search");
                        break;
                    case OrientationSearch.Answer.Impossible:
                        _lowerBound = limit + 1;
                        break;
                    default:
                        patience = 1;
                        break;
                }
                limit = patience == 1 ? _total - 1 : Math.Max(Goal, _lowerBound + (_total - 1 - _lowerBound) / 2);
            }
        }

        // The easy buffers fit below the lower bound, or below the kernel's total if that is higher, wherever the kernel lies.
        private int[] Expand(int[] kernel, int[] offsets, int[] easy)
        {
            var placer = new Placer(_all);
            for (var k = 0; k < kernel.Length; k++)
                placer.Offsets[kernel[k]] = offsets[k];
            foreach (var buffer in easy.AsEnumerable().Reverse())
                placer.Place(buffer, GapRule.Lowest);
            _nodes += placer.Nodes;
            return placer.Offsets;
        }
    }
}
