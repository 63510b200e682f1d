using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Streaming;

/// <summary>An operator on one row of columns as the same one on one column of rows.</summary>
/// <param name="Turn">Null where a node's attributes allow none.</param>
internal sealed record TurnRule(Type Type, Func<Operator, Operator?> Turn);

/// <summary>
/// Turns a signal whose samples are the columns of one row upright, so that they are rows: 1 x T x C and T x 1 x C lie in memory alike. Where an operator
/// is none that can be turned, what follows sees columns again.
/// </summary>
internal static class UprightSignal
{
    public static readonly ImmutableArray<TurnRule> Rules =
    [
        Windowed<Conv2D>((op, window) => op with { Window = window, Weights = Swapped(op.Weights, 1) }),
        Windowed<DepthwiseConv2D>((op, window) => op with { Window = window, Weights = Swapped(op.Weights, 0) }),
        Windowed<MaxPool>((op, window) => op with { Window = window }),
        Windowed<AveragePool>((op, window) => op with { Window = window }),
        Same<Add>(),
        Same<Clip>(),
        Rule<Concat>(op => op.Axis == ConcatAxis.Channels ? op : null),
        Same<Dequantize>(),
        Rule<Elementwise>(op => op.Constant is { } constant ? op with { Constant = Swapped(constant, 0) } : op),
        Same<LogSoftmax>(),
        Same<Lookup>(),
        Rule<Mean>(op => op with { OverHeight = op.OverWidth, OverWidth = op.OverHeight }),
        Same<Mul>(),
        Rule<Pad>(op => op with { Margins = op.Margins with { Top = op.Margins.Left, Bottom = op.Margins.Right, Left = op.Margins.Top, Right = op.Margins.Bottom } }),
        Same<Quantize>(),
        Rule<Reduce>(op => op with { OverHeight = op.OverWidth, OverWidth = op.OverHeight }),
        Same<Rescale>(),
        Same<SelectChannels>(),
        Rule<SelectPixels>(op => op with { RowSource = op.ColumnSource, ColumnSource = op.RowSource }),
        Same<Softmax>(),
    ];

    /// <summary>The network with an input and all that follows it along its samples upright; as it is where the input has several rows, or one sample.</summary>
    public static NetworkGraph Of(NetworkGraph graph, int port)
    {
        var input = graph.Inputs[port].Tensor;
        if (graph[input].Type.Shape is not { Height: 1, Width: > 1 })
            return graph;
        var editor = new GraphEditor(graph);
        var turned = graph.Tensors.Select(t => t.Id == input).ToArray();
        foreach (var node in graph.Nodes.Where(n => n.Inputs.Any(i => turned[i.Value])))
        {
            if (Turned(graph, node, turned) is { } op)
            {
                turned[node.Output.Value] = true;
                editor.Replace(node, op, node.Inputs, node.Output);
            }
            else if (node.Operator is not (Dense or Reshape))
            {
                editor.Replace(node, node.Operator, [.. node.Inputs.Select(i => turned[i.Value] ? Lying(editor, graph[i]) : i)], node.Output);
            }
        }

        foreach (var tensor in graph.Tensors.Where(t => turned[t.Id.Value]))
            editor.Retype(tensor.Id, tensor.Type with { Shape = Swapped(tensor.Type.Shape) });
        return editor.ToGraph() with { States = graph.States };
    }

    private static Operator? Turned(NetworkGraph graph, Node node, bool[] turned) =>
        node.Inputs.All(i => turned[i.Value]) && graph[node.Output].Type.Shape.Height == 1 ? Rules.FirstOrDefault(r => r.Type == node.Operator.GetType())?.Turn(node.Operator) : null;

    private static TensorId Lying(GraphEditor editor, Tensor tensor)
    {
        var lying = editor.AddTensor($"{tensor.Name} in columns", tensor.Type);
        editor.Add(editor.NameOf(lying), new Reshape { Shape = tensor.Type.Shape }, [tensor.Id], lying);
        return lying;
    }

    private static TurnRule Rule<T>(Func<T, Operator?> turn)
        where T : Operator => new(typeof(T), op => turn((T)op));

    private static TurnRule Same<T>()
        where T : Operator => Rule<T>(op => op);

    /// <summary>Windows of one row, beside which there is no padding.</summary>
    private static TurnRule Windowed<T>(Func<T, Window, Operator> with)
        where T : Operator, IWindowed => Rule<T>(op => op.Window is { KernelHeight: 1, PadTop: 0, PadBottom: 0 } window ? with(op, Swapped(window)) : null);

    private static Window Swapped(Window window) => new()
    {
        KernelHeight = window.KernelWidth, KernelWidth = window.KernelHeight, StrideHeight = window.StrideWidth, StrideWidth = window.StrideHeight,
        DilationHeight = window.DilationWidth, DilationWidth = window.DilationHeight,
        PadTop = window.PadLeft, PadLeft = window.PadTop, PadBottom = window.PadRight, PadRight = window.PadBottom,
    };

    private static TensorShape Swapped(TensorShape shape) => new(shape.Width, shape.Height, shape.Channels);

    /// <summary>Constants of one row, or one column, as those of one column, or one row.</summary>
    private static ConstantTensor Swapped(ConstantTensor constant, int height) =>
        constant with { Dims = constant.Dims.SetItem(height, constant.Dims[height + 1]).SetItem(height + 1, constant.Dims[height]) };
}
