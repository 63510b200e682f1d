using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>An average pooling whose single window is the whole input becomes a mean over rows and columns.</summary>
internal static class RecognizeMean
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is not AveragePool { Window: { HasPadding: false } window } pool)
                continue;
            var shape = editor.TypeOf(node.Inputs[0]).Shape;
            if (window.KernelHeight == shape.Height && window.KernelWidth == shape.Width)
                editor.Replace(
                    node,
                    new Mean
                    {
                        OverHeight = true,
                        OverWidth = true,
                        Clamp = pool.Clamp,
                    },
                    node.Inputs,
                    node.Output
                );
        }

        return editor.ToGraph();
    }
}
