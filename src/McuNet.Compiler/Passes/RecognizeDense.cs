using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>A convolution whose kernel is as large as its unpadded input has one output pixel: it is a fully connected layer.</summary>
internal static class RecognizeDense
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is not Conv2D { Groups: 1, Window: { HasPadding: false } window } conv)
                continue;
            var shape = editor.TypeOf(node.Inputs[0]).Shape;
            if (window.KernelHeight != shape.Height || window.KernelWidth != shape.Width)
                continue;
            var weights = conv.Weights with { Dims = [conv.Weights.Dims[0], shape.Elements] };
            editor.Replace(
                node,
                new Dense
                {
                    Weights = weights,
                    Bias = conv.Bias,
                    Clamp = conv.Clamp,
                },
                node.Inputs,
                node.Output
            );
        }

        return editor.ToGraph();
    }
}
