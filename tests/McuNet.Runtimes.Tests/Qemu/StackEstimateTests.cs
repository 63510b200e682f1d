using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Runtimes.Tests.Qemu;

public class StackEstimateTests
{
    private const string Nodes = """
        graph: { title: "net.c"
        node: { title: "net.c:kernel" label: "kernel\nnet.c:4:9\n60 bytes (static)\n0 dynamic objects" }
        node: { title: "net_invoke" label: "net_invoke\nnet.c:9:6\n16 bytes (static)\n0 dynamic objects" }
        node: { title: "memcpy" label: "__builtin_memcpy\n<built-in>" shape : ellipse }
        edge: { sourcename: "net_invoke" targetname: "net.c:kernel" label: "net.c:10:3" }
        edge: { sourcename: "net_invoke" targetname: "memcpy" label: "net.c:11:3" }

        """;

    private static readonly CArtifact Net = new()
    {
        Directory = ".",
        Name = "net",
        InputBytes = [1],
        OutputBytes = [1],
    };

    [Fact]
    public void Parse_ChainOfCalls_AddsFrames()
    {
        var stack = StackEstimate.Parse(Nodes, Net);

        Assert.Equal(16 + 60, stack.BoundBytes);
        Assert.Equal(new StackFrame("kernel", 60), stack.Largest);
    }

    [Fact]
    public void Parse_LibraryFunction_TakesWhatTheGraphDoesNotShow() =>
        Assert.Equal(
            16 + 60 + 48,
            StackEstimate.Parse(Nodes + """edge: { sourcename: "net.c:kernel" targetname: "memcpy" label: "" }""", Net).BoundBytes
        );

    [Fact]
    public void Parse_DivisionOf64Bits_TakesMoreThanOtherLibraryFunctions() =>
        Assert.Equal(
            16 + 96,
            StackEstimate.Parse(Nodes + """edge: { sourcename: "net_invoke" targetname: "__aeabi_uldivmod" label: "" }""", Net).BoundBytes
        );

    [Fact]
    public void Parse_Recursion_HasNoBound() =>
        Assert.Null(
            StackEstimate.Parse(Nodes + """edge: { sourcename: "net.c:kernel" targetname: "net_invoke" label: "" }""", Net).BoundBytes
        );

    [Fact]
    public void Parse_CallThroughPointer_HasNoBound() =>
        Assert.Null(
            StackEstimate.Parse(Nodes + """edge: { sourcename: "net.c:kernel" targetname: "__indirect_call" label: "" }""", Net).BoundBytes
        );

    [Fact]
    public void Parse_DynamicFrame_HasNoBound() =>
        Assert.Null(
            StackEstimate.Parse(Nodes.Replace("60 bytes (static)", "60 bytes (dynamic)", System.StringComparison.Ordinal), Net).BoundBytes
        );

    [Fact]
    public void Parse_BoundedDynamicFrame_HasABound() =>
        Assert.Equal(
            16 + 60,
            StackEstimate
                .Parse(Nodes.Replace("60 bytes (static)", "60 bytes (dynamic,bounded)", System.StringComparison.Ordinal), Net)
                .BoundBytes
        );
}
