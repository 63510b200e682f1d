using System.Collections.Immutable;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>A schedule's buffers with their live extents, ready to be packed.</summary>
public sealed class PreparedMemory
{
    private readonly NetworkRows _rows;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly ImmutableArray<RowBuffer> _buffers;
    private readonly ArenaProblem _problem;

    internal PreparedMemory(NetworkRows rows, ImmutableArray<KernelCall> kernels, ImmutableArray<RowBuffer> buffers, ArenaProblem problem) =>
        (_rows, _kernels, _buffers, _problem) = (rows, kernels, buffers, problem);

    /// <summary>No plan needs fewer bytes.</summary>
    public int LowerBound => _problem.LowerBound.Value;

    public MemoryPlan Plan(ArenaOptions options) => MemoryPlanner.Plan(_rows, _kernels, _buffers, _problem, options);
}
