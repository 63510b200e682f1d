using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Programs;

/// <summary>
/// Memory of the generated C#. Tensors lie in the arena where they lie in the C; scratch lies where the C has it, or behind the tensors
/// where the portable kernel needs more of it. Everything that is not bytes lies in an array of words:
///
///   | offsets of rows to read | next step of each layer | accumulators of the layers |
///   0                         NextSteps                 StateOf(n)          Words
/// </summary>
internal sealed class ManagedLayout
{
    private readonly CompiledModel _model;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly int _tail;
    private readonly ImmutableArray<int> _states;

    /// <param name="kernels">By node.</param>
    public ManagedLayout(CompiledModel model, ImmutableArray<KernelCall> kernels)
    {
        (_model, _kernels) = (model, kernels);
        _tail = model.Memory.Tensors.Max(t => t?.End ?? 0);
        ArenaBytes = Math.Max(_tail, Enumerable.Range(0, kernels.Length).Max(n => ScratchOf(n) + kernels[n].ScratchBytes));
        var next = model.Graph.Nodes.Max(RowOffsets);
        var states = ImmutableArray.CreateBuilder<int>(kernels.Length);
        var words = next + model.Graph.Nodes.Length + 1;
        foreach (var kernel in kernels)
        {
            states.Add(words);
            words += kernel.StateBytes / sizeof(int);
        }
        (_states, Words) = (states.MoveToImmutable(), new(words, next));
    }

    public int ArenaBytes { get; }

    public WordArray Words { get; }

    public int StateOf(int node) => _states[node];

    /// <summary>Arena offset of the scratch of a layer.</summary>
    public int ScratchOf(int node) =>
        _kernels[node].ScratchBytes switch
        {
            0 => 0,
            var bytes when bytes <= _model.Kernels[node].ScratchBytes => _model.Memory.ScratchOffset,
            _ => _tail,
        };

    private int RowOffsets(Node node) =>
        _kernels[node.Id.Value].Arguments.Contains(KernelArgument.Rows)
            ? node.Inputs.Length
            : _model.Schedule.Rows.Dependencies[node.Id.Value].Span?.Count ?? 0;
}
