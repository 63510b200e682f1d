using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Compiler.Pipeline;

/// <summary>Finds the states of a network among its ports: those that are declared, or those that only a state looks like.</summary>
internal static class NetworkStates
{
    /// <summary>
    /// The network with its states. Where the end of a state shares its tensor with another port, or is stored in another order than its
    /// begin, and where an output is what a state was, a node is added that gives it a tensor of its own.
    /// </summary>
    /// <returns>MCU2003 for each declaration that does not hold; with MCU2004 what was guessed.</returns>
    public static StageResult<NetworkGraph> Of(NetworkGraph graph, StateChoice choice)
    {
        if (!graph.States.IsEmpty)
            return StageResult<NetworkGraph>.Success(graph);
        if (choice.Declared is { } declared)
            return Declared(graph, declared);
        var guessed = Guess(graph);
        if (guessed.IsEmpty || guessed.Any(s => Fault(graph, s, guessed) is not null))
            return StageResult<NetworkGraph>.Success(graph);
        var texts = guessed.Select(s => Text(graph, s)).ToArray();
        return StageResult<NetworkGraph>.Success(
            With(graph, guessed),
            [Diagnostic.Create(DiagnosticCatalog.StateGuessed, graph.Name, string.Join(", ", texts), string.Join(";", texts))]
        );
    }

    private static StageResult<NetworkGraph> Declared(NetworkGraph graph, ImmutableArray<string> texts)
    {
        var (states, faults) = (ImmutableArray.CreateBuilder<StatePorts>(), ImmutableArray.CreateBuilder<Diagnostic>());
        foreach (var text in texts)
        {
            var found = Named(graph, text);
            if (found is { } state)
                states.Add(state);
            if ((found is { } ports ? Fault(graph, ports, states) : Unknown(graph, text)) is { } fault)
                faults.Add(Diagnostic.Create(DiagnosticCatalog.StateUnsuitable, graph.Name, text, fault));
        }

        return faults.Count > 0
            ? StageResult<NetworkGraph>.Failure(faults.ToImmutable())
            : StageResult<NetworkGraph>.Success(With(graph, states.ToImmutable()));
    }

    /// <summary>The ports of a declaration. Names may hold colons, so every colon may be the one between them.</summary>
    private static StatePorts? Named(NetworkGraph graph, string text)
    {
        for (var colon = text.IndexOf(':'); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            if (IndexOf(graph.Inputs, text[..colon]) is { } input && IndexOf(graph.Outputs, text[(colon + 1)..]) is { } output)
                return new(input, output);
        }

        return null;
    }

    private static int? IndexOf(ImmutableArray<GraphPort> ports, string name)
    {
        for (var i = 0; i < ports.Length; i++)
        {
            if (ports[i].Name == name.Trim())
                return i;
        }

        return null;
    }

    private static string Unknown(NetworkGraph graph, string text)
    {
        string[] known = [.. graph.Inputs.SelectMany(i => graph.Outputs.Select(o => $"{i.Name}:{o.Name}"))];
        var meant = NearestName.Of(text, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        return $"it names no input and output of the model{meant}; inputs: {Names(graph.Inputs)}; outputs: {Names(graph.Outputs)}";
    }

    private static string Names(IEnumerable<GraphPort> ports) => string.Join(", ", ports.Select(p => $"'{p.Name}'"));

    /// <summary>Why two ports are no state, or null.</summary>
    /// <param name="states">All of them, this one included.</param>
    private static string? Fault(NetworkGraph graph, StatePorts state, IReadOnlyCollection<StatePorts> states)
    {
        var (before, after) = (graph.Inputs[state.Input], graph.Outputs[state.Output]);
        if (states.Count(s => s.Input == state.Input) > 1)
            return $"input '{before.Name}' belongs to another state as well";
        if (states.Count(s => s.Output == state.Output) > 1)
            return $"output '{after.Name}' belongs to another state as well";
        if (!before.Dims.SequenceEqual(after.Dims))
            return $"input '{before.Name}' has dimensions [{string.Join(", ", before.Dims)}], output '{after.Name}' [{string.Join(", ", after.Dims)}]";
        var (begins, ends) = (graph[before.Tensor].Type, graph[after.Tensor].Type);
        if (begins.Element != ends.Element || begins.Quantization != ends.Quantization)
            return $"input '{before.Name}' is {Stored(begins)}, output '{after.Name}' {Stored(ends)}, and a state has one quantisation";
        if (states.Count == graph.Inputs.Length || states.Count == graph.Outputs.Length)
            return $"no {(states.Count == graph.Inputs.Length ? "input" : "output")} would be left to the application";
        return null;
    }

    private static string Stored(TensorType type) =>
        type.Quantization is { } q ? $"{type.Element} with scale {q.Scale} and zero point {q.ZeroPoint}" : $"{type.Element}";

    /// <summary>
    /// A quantised input and an output that depends on it, of equal dimensions and quantisation, where no other input and no other output
    /// are like them. The first input is what the application gives.
    /// </summary>
    private static ImmutableArray<StatePorts> Guess(NetworkGraph graph)
    {
        if (graph.Inputs.Length < 2 || graph.Outputs.Length < 2)
            return [];
        var pairs =
            from i in Enumerable.Range(0, graph.Inputs.Length)
            from o in Enumerable.Range(0, graph.Outputs.Length)
            where i > 0 && IsAlike(graph, graph.Inputs[i], graph.Outputs[o])
            select new StatePorts(i, o);
        var alike = pairs.ToArray();
        return
        [
            .. alike.Where(s =>
                alike.Count(a => a.Input == s.Input) == 1
                && alike.Count(a => a.Output == s.Output) == 1
                && Depends(graph, graph.Outputs[s.Output].Tensor, graph.Inputs[s.Input].Tensor)
            ),
        ];
    }

    private static bool IsAlike(NetworkGraph graph, GraphPort input, GraphPort output)
    {
        var (begins, ends) = (graph[input.Tensor].Type, graph[output.Tensor].Type);
        return begins.IsQuantized
            && begins.Element == ends.Element
            && begins.Quantization == ends.Quantization
            && input.Dims.SequenceEqual(output.Dims);
    }

    private static bool Depends(NetworkGraph graph, TensorId result, TensorId given)
    {
        var reached = new HashSet<TensorId> { given };
        foreach (var node in graph.Nodes.Where(n => n.Inputs.Any(reached.Contains)))
            reached.Add(node.Output);
        return reached.Contains(result);
    }

    private static string Text(NetworkGraph graph, StatePorts state) =>
        $"{graph.Inputs[state.Input].Name}:{graph.Outputs[state.Output].Name}";

    private static NetworkGraph With(NetworkGraph graph, ImmutableArray<StatePorts> states)
    {
        if (states.IsEmpty)
            return graph;
        var editor = new GraphEditor(graph);
        foreach (var (input, output) in states)
        {
            var (before, after) = (editor.Inputs[input], editor.Outputs[output]);
            var (begins, ends) = (editor.TypeOf(before.Tensor), editor.TypeOf(after.Tensor));
            Operator? move = Move(before, begins, after, ends);
            if (move is null && (editor.IsInput(after.Tensor) || editor.Outputs.Count(p => p.Tensor == after.Tensor) > 1))
                move = new Reshape { Shape = ends.Shape };
            if (move is null)
                continue;
            var shape = move.InferShape([ends.Shape]);
            editor.Outputs[output] = Moved(editor, after, move) with
            {
                StoredOrder = shape == begins.Shape ? before.StoredOrder : after.StoredOrder,
            };
        }

        for (var o = 0; o < editor.Outputs.Count; o++)
        {
            if (states.Any(s => s.Output != o && editor.Inputs[s.Input].Tensor == editor.Outputs[o].Tensor))
                editor.Outputs[o] = Moved(editor, editor.Outputs[o], new Reshape { Shape = editor.TypeOf(editor.Outputs[o].Tensor).Shape });
        }

        return editor.ToGraph() with
        {
            States = states,
        };
    }

    /// <summary>The port on a tensor of its own, which a node makes of what it had.</summary>
    private static GraphPort Moved(GraphEditor editor, GraphPort port, Operator move)
    {
        var type = editor.TypeOf(port.Tensor);
        var moved = editor.AddTensor(port.Name + "_kept", type with { Shape = move.InferShape([type.Shape]) });
        editor.Add(port.Name, move, [port.Tensor], moved);
        return port with { Tensor = moved };
    }

    /// <summary>What brings the elements of the end of a state into the order of its begin; null where they have it.</summary>
    private static Permute? Move(GraphPort before, TensorType begins, GraphPort after, TensorType ends)
    {
        var (fromOnnx, toOnnx) = (IsInOnnxOrder(after, ends), IsInOnnxOrder(before, begins));
        if (fromOnnx == toOnnx && (fromOnnx || begins.Shape.Channels == ends.Shape.Channels))
            return null;
        var (height, width, channels) = fromOnnx ? begins.Shape : ends.Shape;
        MoveLoop[] loops = fromOnnx
            ? [new(height, width), new(width, 1), new(channels, height * width)]
            : [new(channels, 1), new(height, width * channels), new(width, channels)];
        return new Permute { Shape = begins.Shape, Loops = [.. loops.Where(l => l.Count > 1)] };
    }

    private static bool IsInOnnxOrder(GraphPort port, TensorType type) =>
        port.StoredOrder || type.Shape.Channels == 1 || type.Shape.Height * type.Shape.Width == 1;
}
