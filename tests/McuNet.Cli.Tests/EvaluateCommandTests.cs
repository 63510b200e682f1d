using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Quantization;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>The largest of three numbers decides: of classes 0, 1, 1, 2 the third sample is taken for class 2.</summary>
    [Fact]
    public void Evaluate_KnownDecisions_AreCountedAndConfused()
    {
        var (model, data, labels) = Known();

        var run = CommandRun.Of("evaluate", model, "--data", data, "--labels", labels, "--on", "reference,csharp");
        var json = CommandRun.Of("evaluate", model, "--data", data, "--labels", labels, "--on", "reference,csharp", "--json").Json;

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            largest: 4 samples, 3 classes
              reference  top-1  75.00% +- 21.65
              csharp     top-1  75.00% +- 21.65  as reference 100.00%
            what is (rows) taken for what (columns), csharp
                 0  1  2
              0  1  0  0
              1  0  1  1
              2  0  0  1

            """.ReplaceLineEndings("\n"),
            run.Output.ReplaceLineEndings("\n")
        );
        Assert.Equal(["name", "samples", "classes", "executors", "layers", "diagnostics"], json.Select(p => p.Key));
        Assert.Equal("[[1,0,0],[0,1,1],[0,0,1]]", json["executors"]![0]!["confusion"]!.ToJsonString());
        Assert.Equal((0.75, 1.0), ((double)json["executors"]![1]!["top1"]!, (double)json["executors"]![1]!["agrees"]!));
    }

    [Fact]
    public void Evaluate_WithoutLabels_SaysHowOftenExecutorsAgree()
    {
        var (model, data, _) = Known();

        var run = CommandRun.Of("evaluate", model, "--data", data, "--on", "reference,csharp", "--samples", "2");

        Assert.Equal(
            "largest: 2 samples, 3 classes\n  reference\n  csharp     as reference 100.00%\n",
            run.Output.ReplaceLineEndings("\n")
        );
    }

    /// <summary>Decisions of a network before and after it is quantised, and of all of its layers alone.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_FloatModelWithCalibration_SaysWhatQuantisingCosts()
    {
        var (model, samples) = (Path.Combine(_workspace.Root, "mobile.onnx"), Path.Combine(_workspace.Root, "x.bin"));
        File.WriteAllBytes(model, FloatNetworks.Build("mobile").ToArray());
        File.WriteAllBytes(
            samples,
            MemoryMarshal.AsBytes(FloatNetworks.Samples("mobile", 24, seed: 1).SelectMany(s => s).ToArray().AsSpan()).ToArray()
        );
        var labels = Path.Combine(_workspace.Root, "y.bin");
        File.WriteAllBytes(labels, new byte[24]);

        var json = CommandRun
            .Of("evaluate", model, "--data", samples, "--labels", labels, "--calibration", samples, "--layers", "--json")
            .Json;

        Assert.Equal(["float", "onnxruntime", "reference", "csharp"], json["executors"]!.AsArray().Select(e => (string)e!["name"]!));
        Assert.Equal((double)json["executors"]![1]!["agrees"]!, (double)json["executors"]![2]!["agrees"]!);
        var layers = json["layers"]!.AsArray();
        Assert.True(layers.Count > 5, $"only {layers.Count} layers");
        Assert.All(layers, l => Assert.InRange((double)l!["agreesWithFloat"]!, 0.7, 1));
        Assert.Contains(layers, l => l!["sqnrDb"] is { } noise && (double)noise < 60);
    }

    /// <summary>An int8 input takes integers as they are, in ONNX Runtime and in generated code alike.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_StoredIntegers_AreThoseOfTheQuantisedInput()
    {
        var (data, labels) = (Path.Combine(_workspace.Root, "x.bin"), Path.Combine(_workspace.Root, "y.bin"));
        var random = new Random(3);
        var bytes = new byte[50 * 28 * 28];
        random.NextBytes(bytes);
        File.WriteAllBytes(data, bytes);
        File.WriteAllBytes(labels, new byte[50]);

        var json = CommandRun
            .Of("evaluate", _workspace.Model, "--data", data, "--labels", labels, "--stored", "--on", "onnxruntime,reference", "--json")
            .Json;

        Assert.Equal(1.0, (double)json["executors"]![1]!["agrees"]!);
        Assert.Equal(50, (int)json["samples"]!);
    }

    [Theory]
    [InlineData("--on float", "give it with --float")]
    [InlineData("--on mars", "There is no executor 'mars'. Executors: float, reference")]
    [InlineData("--layers", "give a float model and --calibration")]
    public void Evaluate_OptionsWithoutSense_AreRefused(string options, string expected)
    {
        var run = CommandRun.Of(["evaluate", _workspace.Model, "--data", "x.bin", .. options.Split(' ')]);

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OtherNumberOfLabels_IsAnError()
    {
        var (model, data, labels) = Known();
        File.WriteAllBytes(labels, [1]);

        var run = CommandRun.Of("evaluate", model, "--data", data, "--labels", labels);

        Assert.Equal(ExitCodes.AtFault, run.ExitCode);
        Assert.Contains("MCU3008", run.Error, StringComparison.Ordinal);
    }

    private (string Model, string Data, string Labels) Known()
    {
        var (model, data, labels) = (
            Path.Combine(_workspace.Root, "largest.onnx"),
            Path.Combine(_workspace.Root, "x.bin"),
            Path.Combine(_workspace.Root, "y.bin")
        );
        File.WriteAllBytes(
            model,
            new OnnxBytes()
                .Input("x", 1, 3)
                .Tensor("w", OnnxType.Float, [3, 3], 1f, 0, 0, 0, 1, 0, 0, 0, 1)
                .Node("Gemm", "x w", "y")
                .Output("y", 1, 3)
                .ToArray()
        );
        File.WriteAllBytes(data, MemoryMarshal.AsBytes(new float[] { 3, 1, 2, 0, 5, 1, 1, 2, 3, -3, -2, -1 }.AsSpan()).ToArray());
        File.WriteAllBytes(labels, [0, 1, 1, 2]);
        return (model, data, labels);
    }
}
