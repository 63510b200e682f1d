namespace McuNet.Compiler.Arena;

/// <summary>How hard the planner tries. Every switch may change how long a plan takes, never whether it is valid.</summary>
public sealed record ArenaOptions
{
    /// <summary>Full search; below a tenth of a second on a current desktop.</summary>
    public static ArenaOptions Default { get; } = new();

    /// <summary>For a schedule search that plans thousands of times: greedy orders and a short local search, usually a few percent
    /// above the best. <see cref="ArenaProblem.LowerBound"/> rules a schedule out without any plan.</summary>
    public static ArenaOptions Quick { get; } = new() { ExactSearch = false, NodeBudget = 20_000 };

    /// <summary>For the last few candidates: most networks are solved to the optimum within this.</summary>
    public static ArenaOptions Brief { get; } = new() { NodeBudget = 300_000 };

    /// <summary>Greedy orders only: the least time, and a tenth above the best where outputs overlay inputs.</summary>
    public static ArenaOptions Greedy { get; } = new() { LocalSearch = false, ExactSearch = false };

    /// <summary>Effort for local and exact search together. A node is one look at one pair of buffers, so that effort is in
    /// proportion to time, and yet does not depend on the machine. The greedy orders always run to their end.</summary>
    public long NodeBudget { get; init; } = 10_000_000;

    /// <summary>Stop at the first plan that needs no more than this, though a smaller one may exist.</summary>
    public ByteCount Enough { get; init; }

    /// <summary>Improve the best greedy order by moving buffers within it.</summary>
    public bool LocalSearch { get; init; } = true;

    /// <summary>Branch and bound: proves the plan optimal, or raises the lower bound, if the budget allows.</summary>
    public bool ExactSearch { get; init; } = true;

    /// <summary>Search without the buffers that find a place wherever the others are.</summary>
    public bool PeelEasyBuffers { get; init; } = true;

    /// <summary>Order buffers that are alike in everything by id.</summary>
    public bool BreakTwinSymmetry { get; init; } = true;

    /// <summary>Abandon a branch when the bytes live at a busy step no longer fit between what lies under and above them.</summary>
    public bool PruneByBusySteps { get; init; } = true;

    /// <summary>Ask first whether the lower bound can be reached, then halve the interval; otherwise improve in small steps.</summary>
    public bool ProbeLowerBound { get; init; } = true;
}
