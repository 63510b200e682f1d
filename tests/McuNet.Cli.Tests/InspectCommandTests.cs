using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Inspect_ModelThatCompiles_SaysHowItIsRead()
    {
        var run = CommandRun.Of("inspect", _workspace.Model);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^digits\.onnx: ONNX of .+, IR version \d+, operator sets ai\.onnx \d+\n", run.Output);
        Assert.Matches(
            @"\n  input      .+: Float \[1, 1, 28, 28\], stored as 28 rows of 28 x 1, Int8 with scale 0\.\d+ and zero point -?\d+\n",
            run.Output
        );
        Assert.Matches(@"\n  operators  .*\d+ DequantizeLinear", run.Output);
        Assert.Matches(@"\n  layers     .*\d+ Conv2D", run.Output);
        Assert.Matches(@"\n  work       [1-9][0-9,]* MACs, all in integers\n", run.Output);
    }

    [Fact]
    public void Inspect_Json_HasTheDocumentedFields()
    {
        var json = CommandRun.Of("inspect", _workspace.Model, "--json").Json;

        Assert.Equal(
            [
                "producer",
                "irVersion",
                "opsets",
                "inputs",
                "outputs",
                "weights",
                "operators",
                "layers",
                "ports",
                "macs",
                "float",
                "diagnostics",
            ],
            json.Select(p => p.Key)
        );
        Assert.Equal([1, 1, 28, 28], json["inputs"]![0]!["dims"]!.AsArray().Select(d => (int)d!));
        Assert.Equal("Int8", (string)json["ports"]![0]!["type"]!);
        Assert.Empty(json["float"]!.AsArray());
    }

    [Fact]
    public void Inspect_ModelThatIsRefused_SaysWhatIsInItAndWhy()
    {
        var model = OnnxReader.Read(File.ReadAllBytes(_workspace.Model), "digits").Value;
        var nodes = model.Graph.Nodes.Select(n => n.Operator == "Conv" ? n with { Operator = "Deform" } : n);
        File.WriteAllBytes(_workspace.Model, OnnxWriter.Write(model with { Graph = model.Graph with { Nodes = [.. nodes] } }));

        var run = CommandRun.Of("inspect", _workspace.Model);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(" Deform", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  layers ", run.Output, StringComparison.Ordinal);
        Assert.Contains("MCU1003", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_FileThatIsMissing_IsSaid() =>
        Assert.Contains("MCU1001", CommandRun.Of("inspect", Path.Combine(_workspace.Root, "no.onnx")).Error, StringComparison.Ordinal);
}
