using System;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Graph;

public sealed class GraphVerifierTests
{
    private static readonly TensorType Type = new(new(2, 2, 3), ElementType.Int8, new(0.5f, 1));

    private static readonly NetworkGraph Valid = new(
        "net",
        [new(new(0), "x", Type), new(new(1), "y", Type)],
        [new(new(0), "n", new Clip { Clamp = Clamp.Relu }, [new(0)], new(1))],
        [new("x", new(0), [1, 3, 2, 2], ElementType.Int8)],
        [new("y", new(1), [1, 3, 2, 2], ElementType.Int8)]
    );

    [Fact]
    public void Check_ValidNetwork_FindsNothing() => Assert.Null(GraphVerifier.Check(Valid, "test"));

    [Fact]
    public void Check_BrokenNetworks_NamesTheRule()
    {
        Expect("has id t5", Valid with { Tensors = [Valid.Tensors[0], Valid.Tensors[1] with { Id = new(5) }] });
        Expect("reads t1 before it exists", Valid with { Nodes = [Valid.Nodes[0] with { Inputs = [new(1)] }] });
        Expect("exists already", Valid with { Nodes = [Valid.Nodes[0] with { Output = new(0) }] });
        Expect(
            "Int8 without quantisation",
            Valid with
            {
                Tensors = [Valid.Tensors[0], Valid.Tensors[1] with { Type = Type with { Quantization = null } }],
            }
        );
        Expect(
            "has scale -1",
            Valid with
            {
                Tensors = [Valid.Tensors[0], Valid.Tensors[1] with { Type = Type with { Quantization = new(-1, 0) } }],
            }
        );
        Expect("but its output is", Valid with { Nodes = [Valid.Nodes[0] with { Operator = new Reshape { Shape = new(1, 4, 3) } }] });
        Expect("port 'y' is Float32", Valid with { Outputs = [Valid.Outputs[0] with { Element = ElementType.Float32 }] });
        Expect("no outputs", Valid with { Outputs = [] });
    }

    [Fact]
    public void Run_BrokenNetwork_RaisesGraphInvalid() =>
        Assert.Equal(DiagnosticCatalog.GraphInvalid, Assert.Single(PassPipeline.Run(Valid with { Outputs = [] }).Diagnostics).Descriptor);

    [Fact]
    public void Write_SmallNetwork_ShowsTypesAndClamps() =>
        Assert.Equal(
            "network net\n"
                + "  input x [1, 3, 2, 2] t0: Int8 2x2x3 (0.5, 1)\n"
                + "  t1: Int8 2x2x3 (0.5, 1) = Clip(t0) in [0, Infinity] // n\n"
                + "  output y [1, 3, 2, 2] t1: Int8 2x2x3 (0.5, 1)\n",
            GraphText.Write(Valid)
        );

    private static void Expect(string problem, NetworkGraph graph)
    {
        var diagnostic = GraphVerifier.Check(graph, "test");
        Assert.Contains(problem, diagnostic!.Message, StringComparison.Ordinal);
    }
}
