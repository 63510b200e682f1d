using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>The row view of a graph, computed once: dependencies, producers and consumers by index.</summary>
public sealed class NetworkRows
{
    public NetworkRows(NetworkGraph graph)
    {
        Graph = graph;
        Dependencies = graph.Nodes.Select(n => n.Operator.Rows(graph.TypesOf(n))).ToImmutableArray();
        Producer = Enumerable.Repeat(-1, graph.Tensors.Length).ToArray();
        var consumers = graph.Tensors.Select(_ => new List<Use>()).ToArray();
        foreach (var node in graph.Nodes)
        {
            Producer[node.Output.Value] = node.Id.Value;
            for (var i = 0; i < node.Inputs.Length; i++)
                consumers[node.Inputs[i].Value].Add(new Use(node.Id.Value, i));
        }
        Consumers = consumers.Select(c => c.ToImmutableArray()).ToImmutableArray();
        Height = graph.Tensors.Select(t => t.Type.Shape.Height).ToImmutableArray();
        RowBytes = graph.Tensors.Select(t => t.Type.RowBytes).ToImmutableArray();
        ReadBegin = Tabulate((rows, input, step) => rows.Reads(input, step).Begin);
        ReadEnd = Tabulate((rows, input, step) => rows.Reads(input, step).End);
        WriteEnd = Dependencies.Select(d => Enumerable.Range(0, d.Steps).Select(s => d.Writes(s).End).ToArray()).ToArray();
        Output = graph.Nodes.Select(n => n.Output.Value).ToArray();
        Inputs = graph.Nodes.Select(n => n.Inputs.Select(i => i.Value).ToArray()).ToArray();
        MayOverwrite = Inputs.Select((inputs, n) => inputs.Select(t => Overwrites(n, inputs, t)).ToArray()).ToArray();
        IsInput = graph.Tensors.Select(t => graph.IsInput(t.Id)).ToImmutableArray();
        IsOutput = graph.Tensors.Select(t => graph.IsOutput(t.Id)).ToImmutableArray();
    }

    /// <summary>Node <paramref name="Node"/> reads the tensor as its input number <paramref name="Input"/>.</summary>
    public readonly record struct Use(int Node, int Input);

    public NetworkGraph Graph { get; }

    /// <summary>By node.</summary>
    public ImmutableArray<RowDependency> Dependencies { get; }

    /// <summary>By tensor: the node that writes it, -1 for an input of the network.</summary>
    public int[] Producer { get; }

    /// <summary>By tensor.</summary>
    public ImmutableArray<ImmutableArray<Use>> Consumers { get; }

    /// <summary>By node, input, step: what <see cref="RowDependency.Reads"/> says, tabulated for the searches.</summary>
    public int[][][] ReadBegin { get; }

    /// <summary>By node, input, step.</summary>
    public int[][][] ReadEnd { get; }

    /// <summary>By node, input: whether the output may take the place of its dying rows, <see cref="RowDependency.MayOverwrite"/> for every
    /// use by the node.</summary>
    public bool[][] MayOverwrite { get; }

    /// <summary>By node, step: rows of the output complete after it, 0 where the step completes none.</summary>
    public int[][] WriteEnd { get; }

    /// <summary>By node: the tensor that it writes.</summary>
    public int[] Output { get; }

    /// <summary>By node: the tensors that it reads.</summary>
    public int[][] Inputs { get; }

    public ImmutableArray<int> Height { get; }

    public ImmutableArray<int> RowBytes { get; }

    public ImmutableArray<bool> IsInput { get; }

    public ImmutableArray<bool> IsOutput { get; }

    /// <summary>
    /// The first row of <paramref name="tensor"/> that the node of <paramref name="use"/> still reads at or after its step
    /// <paramref name="step"/>, when it runs <paramref name="total"/> steps in all.
    /// </summary>
    public int FirstNeeded(Use use, int step, int total, int tensor) =>
        step < total ? ReadBegin[use.Node][use.Input][step] : Height[tensor];

    /// <summary>
    /// Whether a tensor is complete when <paramref name="node"/> begins, if all nodes before it have run: a streamed input is where one of
    /// them read it.
    /// </summary>
    public bool IsReady(int tensor, int node, InputMode input)
    {
        if (Producer[tensor] >= 0)
            return Producer[tensor] < node;
        if (input == InputMode.Resident)
            return true;
        foreach (var use in Consumers[tensor])
        {
            if (use.Node < node)
                return true;
        }
        return false;
    }

    /// <summary>Whether <paramref name="node"/> or a later one reads a tensor, or the application does.</summary>
    public bool IsNeededFrom(int tensor, int node)
    {
        if (IsOutput[tensor])
            return true;
        foreach (var use in Consumers[tensor])
        {
            if (use.Node >= node)
                return true;
        }
        return false;
    }

    private bool Overwrites(int node, int[] inputs, int tensor) =>
        Enumerable.Range(0, inputs.Length).All(i => inputs[i] != tensor || Dependencies[node].MayOverwrite(i));

    private int[][][] Tabulate(Func<RowDependency, int, int, int> value) =>
        Graph
            .Nodes.Select(n =>
            {
                var rows = Dependencies[n.Id.Value];
                return Enumerable
                    .Range(0, n.Inputs.Length)
                    .Select(i => Enumerable.Range(0, rows.Steps).Select(s => value(rows, i, s)).ToArray())
                    .ToArray();
            })
            .ToArray();
}
