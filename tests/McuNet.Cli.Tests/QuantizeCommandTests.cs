using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using McuNet.Cli.Printing;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Quantization;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class QuantizeCommandTests : IDisposable
{
    private const int Samples = 24;

    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _samples;
    private readonly string _out;

    public QuantizeCommandTests()
    {
        (_model, _samples, _out) = (
            Path.Combine(_workspace.Root, "mobile.onnx"),
            Path.Combine(_workspace.Root, "samples"),
            Path.Combine(_workspace.Root, "new", "mobile.int8.onnx")
        );
        File.WriteAllBytes(_model, FloatNetworks.Build("mobile").ToArray());
        Directory.CreateDirectory(_samples);
        var samples = FloatNetworks.Samples("mobile", Samples, seed: 1);
        for (var i = 0; i < Samples; i++)
            File.WriteAllBytes(Path.Combine(_samples, $"{i:00}.bin"), MemoryMarshal.AsBytes(samples[i].AsSpan()).ToArray());
    }

    public void Dispose() => _workspace.Dispose();

    [OnnxRuntimeFact]
    public void Quantize_FloatModel_WritesAModelThatCompiles()
    {
        var run = Quantize("--samples", "12");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("mobile: minmax ranges of 12 samples, bias correction on", run.Output, StringComparison.Ordinal);
        Assert.Contains("on 24 calibration samples", run.Output, StringComparison.Ordinal);
        Assert.Contains("dB", run.Output, StringComparison.Ordinal);
        var compiled = CommandRun.Of("compile", _out, "--device", "nrf52840", "--out", _workspace.Out);
        Assert.Equal((0, ""), (compiled.ExitCode, compiled.Error));
    }

    [OnnxRuntimeFact]
    public void Quantize_Json_HasTheDocumentedFields()
    {
        var labels = Path.Combine(_workspace.Root, "labels.bin");
        File.WriteAllBytes(labels, new byte[Samples]);
        var json = Quantize("--json", "--method", "percentile", "--no-bias-correction", "--test", _samples, "--labels", labels).Json;
        Assert.Equal(
            ["name", "out", "method", "biasCorrection", "calibrationSamples", "accuracy", "layers", "kept", "worst", "diagnostics"],
            json.Select(p => p.Key)
        );
        Assert.Equal(
            ["samples", "on", "float", "int8", "code", "int8AgreesWithFloat", "codeAgreesWithInt8", "elements", "mismatches", "largest"],
            json["accuracy"]!.AsObject().Select(p => p.Key)
        );
        Assert.Equal(
            ("percentile", false, "test"),
            ((string)json["method"]!, (bool)json["biasCorrection"]!, (string)json["accuracy"]!["on"]!)
        );
        Assert.InRange((double)json["accuracy"]!["float"]!, 0, 1);
        Assert.InRange((double)json["accuracy"]!["int8AgreesWithFloat"]!, 0.7, 1);
        Assert.All(json["layers"]!.AsArray(), l => Assert.True((double)l!["sqnrDb"]! > 10));
        Assert.Contains((string)json["worst"]![0]!, json["layers"]!.AsArray().Select(l => (string)l!["node"]!));
    }

    /// <summary>The layer that is named is not rounded, and the rest still is; what comes out compiles and runs as the reference
    /// does.</summary>
    [OnnxRuntimeFact]
    public void Quantize_LayerThatStaysReal_IsLeftInFloat()
    {
        var all = Quantize("--json").Json["layers"]!.AsArray().Select(l => (string)l!["node"]!).ToArray();

        var kept = Quantize("--json", "--real", all[1]).Json;

        Assert.Equal(all.Where(n => n != all[1]), kept["layers"]!.AsArray().Select(l => (string)l!["node"]!));
        Assert.NotEmpty(CommandRun.Of("inspect", _out, "--json").Json["float"]!.AsArray());
        Assert.Equal(0, CommandRun.Of("verify", _out, "--device", "nrf52840", "--on", "reference,csharp", "--exact").ExitCode);
    }

    /// <summary>All layers are too few for 200 dB, and what comes out still compiles.</summary>
    [OnnxRuntimeFact]
    public void Quantize_Int16ByItself_SaysWhatItKeptAndWhatThatGains()
    {
        var run = Quantize("--int16", "auto", "--target", "200dB", "--device", "nrf52840");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"kept +int16 for '.*: the output is [\d.]+ dB above its noise on the calibration samples, in int8 alone",
            run.Output
        );
        Assert.Contains($"warning {DiagnosticCatalog.TargetMissed.Id}: With ", run.Error, StringComparison.Ordinal);
        var kept = Quantize("--json", "--int16", "auto", "--target", "200dB").Json["kept"]!;
        Assert.Equal(("int16", "200 dB"), ((string)kept["format"]!, (string)kept["target"]!));
        Assert.True((double)kept["after"]!["sqnrDb"]! > (double)kept["before"]!["sqnrDb"]!);
        Assert.Equal(0, CommandRun.Of("verify", _out, "--device", "nrf52840", "--on", "reference,csharp,host", "--exact").ExitCode);
    }

    [Theory]
    [InlineData("--int16 auto --real auto", "two ways to the target")]
    [InlineData("--target 1%", "--int16 auto and --real auto")]
    [InlineData("--int16 auto --target much", "'much' is neither a share of the decisions")]
    [InlineData("--int16 auto --target 101%", "'101%' is neither")]
    public void Quantize_OptionsThatDoNotGoTogether_AreUsageErrors(string options, string told)
    {
        var run = Quantize(options.Split(' '));
        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Quantize_UnknownLayerToStayReal_NamesThoseThereAre()
    {
        var run = Quantize("--real", "elsewhere");

        Assert.Equal(ExitCodes.AtFault, run.ExitCode);
        Assert.Contains(
            $"{DiagnosticCatalog.LayerUnknown.Id}: 'mobile' has no layer 'elsewhere' that quantisation rounds. Name some of these: x, ",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [OnnxRuntimeFact]
    public void Compile_FloatModelWithCalibration_IsTheSameAsQuantizingFirst()
    {
        Quantize();
        string[] options = ["--device", "nrf52840", "--name", "net", "--target", "c", "--out"];
        var (at_once, later) = (Path.Combine(_workspace.Root, "a"), Path.Combine(_workspace.Root, "b"));
        Assert.Equal(0, CommandRun.Of(["compile", _model, "--calibration", _samples, .. options, at_once]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["compile", _out, .. options, later]).ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(later, "net.c")), File.ReadAllText(Path.Combine(at_once, "net.c")));
    }

    [Fact]
    public void Compile_FloatModelWithoutFpu_WarnsAndSaysWhatToDo()
    {
        var perceptron = Path.Combine(_workspace.Root, "float.onnx");
        File.WriteAllBytes(perceptron, new OnnxBytes().Input("x", 1, 4).Node("Sigmoid", "x", "y").Output("y", 1, 4).ToArray());
        var run = CommandRun.Of("compile", perceptron, "--device", "rp2040", "--out", _workspace.Out);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"warning {DiagnosticCatalog.FloatWithoutFpu.Id}", run.Error, StringComparison.Ordinal);
        Assert.Contains("--calibration", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_WithoutOnnxRuntime_SaysHowToGetIt()
    {
        var kept = Environment.GetEnvironmentVariable("MCUNET_ONNXRUNTIME");
        try
        {
            Environment.SetEnvironmentVariable("MCUNET_ONNXRUNTIME", Path.Combine(_workspace.Root, "nothing"));
            foreach (
                var run in new[]
                {
                    Quantize(),
                    CommandRun.Of("compile", _model, "--calibration", _samples, "--device", "nrf52840", "--out", _workspace.Out),
                }
            )
            {
                Assert.Equal(1, run.ExitCode);
                Assert.Contains("MCUNET_ONNXRUNTIME names that place", run.Error, StringComparison.Ordinal);
                Assert.Contains("the package Microsoft.ML.OnnxRuntime", run.Error, StringComparison.Ordinal);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("MCUNET_ONNXRUNTIME", kept);
        }
    }

    [Fact]
    public void Quantize_QuantizedModel_IsRefused() =>
        Fails(CommandRun.Of("quantize", _workspace.Model, "--calibration", _samples, "--out", _out), DiagnosticCatalog.QuantizedAlready);

    [Fact]
    public void Quantize_SamplesOfOtherSize_NamesTheFile()
    {
        File.WriteAllBytes(Path.Combine(_samples, "short.bin"), new byte[7]);
        Assert.Contains(
            "'short.bin' has 7 bytes",
            Fails(Quantize(), DiagnosticCatalog.CalibrationUnreadable).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Quantize_ModelThatIsNotThere_SaysSoInJsonToo()
    {
        var run = CommandRun.Of("quantize", "absent.onnx", "--calibration", _samples, "--out", _out, "--json");
        Assert.Equal((1, DiagnosticCatalog.ModelNotFound.Id), (run.ExitCode, (string)run.Json["diagnostics"]![0]!["id"]!));
        Assert.False(File.Exists(_out));
    }

    [Theory]
    [InlineData("--percentile", "20")]
    [InlineData("--samples", "0")]
    [InlineData("--mean", "a,b")]
    [InlineData("--method", "entropy")]
    public void Quantize_ValueThatMakesNoSense_IsWrongUsage(string option, string value)
    {
        var run = Quantize(option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    private static CommandRun Fails(CommandRun run, DiagnosticDescriptor expected)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error {expected.Id}", run.Error, StringComparison.Ordinal);
        return run;
    }

    private CommandRun Quantize(params string[] more) =>
        CommandRun.Of(["quantize", _model, "--calibration", _samples, "--out", _out, .. more]);
}
