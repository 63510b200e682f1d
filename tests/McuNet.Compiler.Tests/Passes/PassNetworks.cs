using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Passes;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>The smallest models that passes need, and ways to run one pass or all.</summary>
internal static class PassNetworks
{
    /// <summary>An image of 3 x 4 x 4 with scale 0.5: real values in "d".</summary>
    public static OnnxBytes Start() =>
        new OnnxBytes()
            .Input("x", 1, 3, 4, 4)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    /// <summary>The network after all passes, with a result that is quantised last.</summary>
    public static NetworkGraph Compile(OnnxBytes model, string result) =>
        Finish(model.Node("QuantizeLinear", $"{result} s z", "oq").Node("DequantizeLinear", "oq s z", "y").Output("y"));

    public static NetworkGraph Finish(OnnxBytes model) => PassPipeline.Run(Read(model)).Value;

    public static NetworkGraph Read(OnnxBytes model) => ModelImporter.Import(model.Read(), "net").Value;

    /// <summary>The network after one pass, which must have nothing to report and leave it valid.</summary>
    public static NetworkGraph Run(string pass, NetworkGraph graph)
    {
        var context = new PassContext();
        var after = PassTable.Passes.Single(p => p.Name == pass).Run(graph, context);
        Assert.Empty(context.Diagnostics);
        Assert.Null(GraphVerifier.Check(after, pass));
        return after;
    }

    public static IEnumerable<string> Kinds(NetworkGraph graph) => graph.Nodes.Select(n => n.Operator.Kind);
}
