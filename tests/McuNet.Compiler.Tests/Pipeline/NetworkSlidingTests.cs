using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using McuNet.Options;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class NetworkSlidingTests
{
    private static readonly CompileOptions Options = new() { Name = "net", Device = DeviceDatabase.Find("stm32l4r5").Value };

    private static StageResult<Compilation> Compile(NetworkGraph graph, string hop, HopPadding padding = HopPadding.Window) =>
        ModelCompiler.Compile(graph, Options with { Hop = WindowHop.Parse(hop), HopPadding = padding });

    private static IEnumerable<string> Messages(StageResult<Compilation> result, DiagnosticDescriptor descriptor) =>
        result.Diagnostics.Where(d => d.Descriptor == descriptor).Select(d => d.Message);

    [Theory]
    [InlineData("2", null, 2)]
    [InlineData(" mfcc:12 ", "mfcc", 12)]
    [InlineData("a:b:3", "a:b", 3)]
    [InlineData("mel:2@3", "mel", 2, 3)]
    [InlineData("4@1", null, 4, 1)]
    public void Parse_Hop_IsNameRowsAndDimension(string text, string? input, int rows, int? dimension = null)
    {
        Assert.Equal(new(input, rows, dimension), WindowHop.Parse(text));
        Assert.Equal(text.Trim(), WindowHop.Parse(text)!.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("mfcc")]
    [InlineData("mfcc:")]
    [InlineData(":2")]
    [InlineData("2:mfcc")]
    [InlineData("2@")]
    [InlineData("2@-1")]
    [InlineData("2@1@2")]
    public void Parse_OtherText_IsNone(string text) => Assert.Null(WindowHop.Parse(text));

    [Fact]
    public void Compile_Signal_TakesNewRowsAndKeepsTheRestInPlace()
    {
        var compiled = Compile(StreamingNetworks.Signal(), "input:4");

        Assert.Empty(compiled.Diagnostics);
        var program = compiled.Value.Program;
        Assert.Equal([1, 3, 4, 1], program.Inputs[0].Dims.AsEnumerable());
        Assert.All(program.States, s => Assert.Equal((true, false), (s.KeepsRows, s.IsCopied)));
        Assert.Equal((4, 128, 31), (program.Sliding!.Hop, program.Sliding.Rows, program.Sliding.WarmUp));
        var header = compiled.Value.Code()[0].Text;
        Assert.Contains("#define NET_INPUT0_WINDOW_HEIGHT 128\n#define NET_WARMUP 31\n", header, StringComparison.Ordinal);
        Assert.Contains("/* State 0, rows of input, 8x1x3, int8_t. */", header, StringComparison.Ordinal);
        var managed = CSharpEmitter.Emit(ProgramBuilder.CSharp(compiled.Value.Model)).Text;
        Assert.Contains("public const int Input0WindowHeight = 128;", managed, StringComparison.Ordinal);
        Assert.Contains("public const int WarmUp = 31;", managed, StringComparison.Ordinal);
    }

    /// <summary>As it is compiled for one device after another, whatever rewrites it before: its slice is no window.</summary>
    [Theory]
    [InlineData(WeightFormat.Model)]
    [InlineData(WeightFormat.Wide)]
    public void Compile_NetworkThatSlides_DoesNotSlideItAgain(WeightFormat format)
    {
        var sliding = Compile(StreamingNetworks.Signal(), "input:4").Value.Model.Network;

        var again = ModelCompiler.Compile(sliding, Options with { Hop = WindowHop.Parse("input:4"), WeightFormat = format });

        Assert.Empty(again.Diagnostics);
        Assert.Equal(sliding.Sliding, again.Value.Program.Sliding);
    }

    /// <summary>Cut into bands, a network takes what it took.</summary>
    [Fact]
    public void Apply_Bands_KeepsTheWindow()
    {
        var sliding = Compile(StreamingNetworks.Signal(), "input:4").Value.Model.Network;
        Assert.Equal(sliding.Sliding, BandRewrite.Apply(sliding, [], streamed: false).Graph.Sliding);
    }

    [Theory]
    [InlineData("inptu:4", "it names no input of the model (did you mean 'input'?); inputs: 'input'")]
    [InlineData("128", "the window of input 'input' has 128 rows, and none would be left of the one before")]
    [InlineData(
        "2",
        "strides along time make a row of 'maxpool_3' of several rows of input 'input', and the number must be a multiple of 4: 4"
    )]
    [InlineData("6", "the number must be a multiple of 4: 4 or 8")]
    [InlineData(
        "4@1",
        "input 'input' has dimensions [1, 3, 128, 1], here 128x1x3, and dimension 1 (from 0 on) counts neither rows nor columns"
    )]
    public void Compile_HopThatDoesNotFit_SaysWhatIsWrong(string hop, string why)
    {
        var fault = Assert.Single(Compile(StreamingNetworks.Signal(), hop).Diagnostics);
        Assert.Equal((DiagnosticCatalog.HopUnsuitable, DiagnosticSeverity.Error), (fault.Descriptor, fault.Severity));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TimeAmongChannels_SaysThatNoDimensionCountsRows()
    {
        var net = new NetworkBuilder(3);
        var fault = Assert.Single(Compile(net.Build("flat", net.Dense(net.Input(1, 1, 60), 4)), "2").Diagnostics);
        Assert.Contains(
            "input 'input' has dimensions [1, 60, 1, 1], here 1x1x60, and none of them counts rows in time",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>[1, 60] that the file reshapes to 20 x 3: two of its rows are 6 elements.</summary>
    [Fact]
    public void Compile_RowsInADimensionWithOthers_TakesPartOfIt()
    {
        var net = new NetworkBuilder(3);
        var graph = net.Build("flat", net.Dense(net.Conv(net.Input(20, 3, 1), 4, StreamingNetworks.Rows(3)), 4));
        var compiled = Compile(graph with { Inputs = [graph.Inputs[0] with { Dims = [1, 60] }] }, "2");
        Assert.Equal([1, 6], compiled.Value.Program.Inputs[0].Dims.AsEnumerable());
    }

    [Fact]
    public void Compile_TimeInColumns_SaysSoInTheHeaderAndInCSharp()
    {
        var compiled = Compile(StreamingNetworks.Spectrogram(), "input:2@3");
        var header = compiled.Value.Code()[0].Text;
        Assert.Contains("new in a window of NET_INPUT0_WINDOW_WIDTH.", header, StringComparison.Ordinal);
        Assert.Contains("#define NET_INPUT0_WINDOW_WIDTH 41\n", header, StringComparison.Ordinal);
        Assert.Contains(
            "public const int Input0WindowWidth = 41;",
            CSharpEmitter.Emit(ProgramBuilder.CSharp(compiled.Value.Model)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_PaddingAlongTime_WarnsWithTheLayersAndTheWork()
    {
        var compiled = Compile(StreamingNetworks.Keyword(), "2");
        var message = Assert.Single(Messages(compiled, DiagnosticCatalog.HopPadded));
        Assert.Contains(
            "pads along time in 'conv2d_0', 'depthwiseconv2d_1', 'conv2d_2', 'depthwiseconv2d_3' and 5 more: ",
            message,
            StringComparison.Ordinal
        );
        var stream = Compile(StreamingNetworks.Keyword(), "2", HopPadding.Stream);
        Assert.Empty(stream.Diagnostics);
        Assert.Contains(
            $": {compiled.Value.Model.Network.Macs - stream.Value.Model.Network.Macs:N0} of the {compiled.Value.Model.Network.Macs:N0} ",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_MostBehindALayerOverTime_SaysFromWhichOn()
    {
        var net = new NetworkBuilder(4);
        var x = net.Conv(net.Input(32, 1, 4), 8, StreamingNetworks.Rows(3));
        x = net.Conv(net.Normalize(x, overPixels: true, groups: 8), 32, StreamingNetworks.Rows(3));
        var whole = net.Build("normal", net.Dense(x, 4));
        var compiled = Compile(whole, "2");
        var message = Assert.Single(Messages(compiled, DiagnosticCatalog.HopRecomputes));
        Assert.Contains(
            "are computed again for every window, from 'normalization_1' (Normalization) on",
            message,
            StringComparison.Ordinal
        );
        Assert.Null(new Windows(whole, compiled.Value.Model.Network, 3).Difference(20));
    }

    /// <summary>What the search, the planner and every band make of it is checked by others; a network compiled again stays what it
    /// is.</summary>
    [Fact]
    public void Compile_NetworkThatSlidesAlready_StaysAsItIs()
    {
        var network = Compile(StreamingNetworks.Signal(), "4").Value.Model.Network;
        Assert.Same(network.Sliding, Compile(network, "8").Value.Model.Network.Sliding);
    }
}
