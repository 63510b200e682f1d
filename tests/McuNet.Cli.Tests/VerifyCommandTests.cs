using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>A test that needs ../shared and ONNX Runtime.</summary>
public sealed class TfLiteInOnnxRuntimeFactAttribute : FactAttribute
{
    public TfLiteInOnnxRuntimeFactAttribute() => Skip = new SharedFactAttribute().Skip ?? new OnnxRuntimeFactAttribute().Skip;
}

public sealed class VerifyCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Verify_GeneratedCSharp_EqualsTheReference()
    {
        var run = Verify(Cases.OfReference(_workspace), "reference,csharp", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["executors", "diagnostics"], run.Json.Select(p => p.Key));
        var executors = run.Json["executors"]!.AsArray();
        Assert.Equal(["reference", "csharp"], executors.Select(e => (string)e!["name"]!));
        Assert.All(
            executors,
            e =>
            {
                Assert.Equal(["name", "cases", "exact", "elements", "mismatches", "maxLsb", "top1Equal"], e!.AsObject().Select(p => p.Key));
                Assert.Equal(
                    (1, true, 10, 0, true),
                    ((int)e["cases"]!, (bool)e["exact"]!, (int)e["elements"]!, (int)e["mismatches"]!, (bool)e["top1Equal"]!)
                );
            }
        );
    }

    /// <summary>y = kept' = kept + x in steps of 0.5, so that slices of 1 give 1, 2, 3: cases without the state go on, cases with it begin
    /// where they say.</summary>
    [HostCompilerTheory]
    [InlineData(false, 3, "3 cases, 12 elements: exact, top-1 equal 3 of 3")]
    [InlineData(false, 4, "12 elements: 4 differ by up to 1")]
    [InlineData(true, 3, "3 cases, 24 elements: exact, top-1 equal 6 of 6")]
    public void Verify_States_AreAStreamWhereCasesLeaveThemOut(bool given, int last, string says)
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4)
            .Input("kept", 1, 4)
            .Output("y", 1, 4)
            .Output("next", 1, 4)
            .Float("s", 0.5f)
            .Float("t", 0.25f)
            .Zero("z")
            .Zero("n", -3)
            .Node("QuantizeLinear", "x s z", "xq")
            .Node("DequantizeLinear", "xq s z", "xr")
            .Node("QuantizeLinear", "kept t n", "kq")
            .Node("DequantizeLinear", "kq t n", "kr")
            .Node("Add", "xr kr", "sum")
            .Node("QuantizeLinear", "sum t n", "nq")
            .Node("DequantizeLinear", "nq t n", "next")
            .Node("Relu", "next", "relu")
            .Node("QuantizeLinear", "relu s z", "yq")
            .Node("DequantizeLinear", "yq s z", "y");
        File.WriteAllBytes(_workspace.Model, model.ToArray());
        string[] files = given ? ["x", "kept", "y", "next"] : ["x", "y"];
        static JsonObject Tensor(string name) =>
            new()
            {
                ["name"] = name,
                ["dims"] = new JsonArray(1, 4),
                ["q_dtype"] = "int8",
                ["onnx_type"] = "FLOAT",
            };
        static JsonArray Of(IEnumerable<string> names, string suffix) => [.. names.Select(n => (JsonNode)$"{n}{suffix}.bin")];
        var half = files.Length / 2;
        var folder = Cases.Write(
            _workspace,
            Enumerable
                .Range(0, 3)
                .Select(c => new JsonObject { ["inputs"] = Of(files[..half], $"{c}"), ["outputs"] = Of(files[half..], $"{c}") }),
            [.. files[..half].Select(Tensor)],
            [.. files[half..].Select(Tensor)]
        );
        foreach (var (c, y) in new[] { 1, 2, last }.Index())
        {
            foreach (var (name, value) in new[] { ("x", 1), ("kept", 2 * c - 3), ("y", y), ("next", 2 * c - 1) })
                File.WriteAllBytes(Path.Combine(folder, $"{name}{c}.bin"), [.. Enumerable.Repeat(unchecked((byte)value), 4)]);
        }

        var run = Verify(folder, "reference,host,csharp", "--state", "kept:next");

        Assert.Equal(3, run.Output.Split(says).Length - 1);
    }

    /// <summary>A window of 28 rows is seven slices of four, of which the last has the outputs of the case.</summary>
    [HostCompilerTheory]
    [InlineData(0, "4", "7 cases, 70 elements: exact, top-1 equal 7 of 7")]
    [InlineData(5, "4", "7 cases, 70 elements: 1 differ by up to ")]
    [InlineData(0, "8@3", "4 cases, 40 elements: exact, top-1 equal 4 of 4")]
    public void Verify_Hop_CutsWindowsIntoSlices(int error, string hop, string says)
    {
        var run = Verify(Cases.OfReference(_workspace, error), "reference,host,csharp", "--hop", hop);
        Assert.Equal(3, run.Output.Split(says).Length - 1);
    }

    [HostCompilerFact]
    public void Verify_HopWithoutCases_TakesAStreamOfNoise()
    {
        var run = CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--on", "reference,host,csharp", "--hop", "4");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Output.Split("14 cases, 140 elements: exact").Length - 1);
    }

    /// <summary>The largest of three rows and where it is, of numbers that the application hands over as int32.</summary>
    [OnnxRuntimeTheory]
    [InlineData(OnnxType.Int64)]
    [InlineData(OnnxType.Int32)]
    public void Verify_HopOfWholeNumbers_AgreesOnEveryExecutor(OnnxType type)
    {
        var run = OfLargest(type);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(3, run.Output.Split(": exact").Length - 1);
    }

    /// <summary>Of float16, which ONNX Runtime gets as float32, it sees what is left when numbers are rounded.</summary>
    [OnnxRuntimeFact]
    public void Verify_HopOfFloat16_RunsOnOnnxRuntime()
    {
        var run = OfLargest(OnnxType.Float16);
        Assert.Contains("onnxruntime  16 cases, ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MCU9000", run.Error, StringComparison.Ordinal);
    }

    private CommandRun OfLargest(OnnxType type)
    {
        File.WriteAllBytes(
            _workspace.Model,
            new OnnxBytes()
                .Input("n", type, 1, 2, 9, 1)
                .Node("Cast", "n", "x", ("to", (int)OnnxType.Float))
                .Node("MaxPool", "x", "y", ("kernel_shape", new[] { 3, 1 }))
                .Node("ArgMax", "y", "at", ("axis", 2), ("keepdims", 0))
                .Node("Cast", "y", "whole", ("to", (int)type))
                .Output("y")
                .Output("at", OnnxType.Int64)
                .Output("whole", type)
                .ToArray()
        );
        return CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--on", "reference,csharp,onnxruntime", "--hop", "n:1@2");
    }

    /// <summary>How many there were: a state that is a number.</summary>
    [OnnxRuntimeTheory]
    [InlineData(OnnxType.Int64)]
    [InlineData(OnnxType.Int32)]
    public void Verify_StateOfWholeNumbers_IsAStream(OnnxType type)
    {
        File.WriteAllBytes(
            _workspace.Model,
            new OnnxBytes()
                .Input("x", 1, 4)
                .Input("count", type, 1, 4)
                .Node("Cast", "x", "n", ("to", (int)type))
                .Node("Add", "count n", "next")
                .Node("Relu", "x", "y")
                .Output("y", 1, 4)
                .Output("next", type)
                .ToArray()
        );
        static JsonObject Tensor(string name) =>
            new()
            {
                ["name"] = name,
                ["dims"] = new JsonArray(1, 4),
                ["q_dtype"] = "float32",
                ["onnx_type"] = "FLOAT",
            };
        var cases = Enumerable
            .Range(0, 3)
            .Select(c => new JsonObject { ["inputs"] = new JsonArray("x.bin"), ["outputs"] = new JsonArray("x.bin") });
        var folder = Cases.Write(_workspace, cases, [Tensor("x")], [Tensor("y")]);
        File.WriteAllBytes(Path.Combine(folder, "x.bin"), [.. new[] { 1f, 2, 3, 4 }.SelectMany(System.BitConverter.GetBytes)]);
        var run = Verify(folder, "reference,csharp,onnxruntime", "--state", "count:next");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(3, run.Output.Split("3 cases, 12 elements: exact").Length - 1);
    }

    [Theory]
    [InlineData("--hop-padding says how windows are padded that move on, so it needs --hop.", "--hop-padding", "stream")]
    [InlineData(
        "'two' is not a number of rows such as 2, an input and a number such as mfcc:2, or these and the dimension that is time such as mel:2@3.",
        "--hop",
        "two"
    )]
    [InlineData("--layers compares nodes on whole inputs: leave out --hop.", "--hop", "4", "--layers", "--cases", "x")]
    [InlineData("leave out the executor onnxruntime.", "--hop", "4", "--hop-padding", "stream", "--on", "onnxruntime", "--cases", "x")]
    public void Verify_OptionsThatDoNotGoTogether_AreWrongUsage(string says, params string[] arguments)
    {
        var run = CommandRun.Of(["verify", _workspace.Model, "--device", "nrf52840", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Verify_OnTheHostForACoreWithVectors_RunsCodeWithoutThemAndSaysSo()
    {
        var cases = Cases.OfReference(_workspace);

        var run = CommandRun.Of("verify", _workspace.Model, "--device", "corstone300", "--cases", cases, "--on", "host");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(
            ": exact, top-1 equal 1 of 1, C generated without vector instructions, which this machine lacks",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("vector", Verify(cases, "host").Output, StringComparison.Ordinal);
    }

    [TfLiteInOnnxRuntimeFact]
    public void Verify_TfLiteFile_AgreesWithItsCasesOnEveryExecutor()
    {
        var run = CommandRun.Of(
            "verify",
            Shared.Path("models", "tflite", "tflm_micro_speech_int8.tflite"),
            "--device",
            "nrf52840",
            "--cases",
            Shared.Path("models", "golden", "tflm_micro_speech_int8"),
            "--on",
            "reference,csharp,onnxruntime",
            "--layers"
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(3, run.Output.Split('\n').Count(l => l.Contains(": exact", StringComparison.Ordinal)));
        Assert.Contains("(3 compared, 0 could not be observed)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OutputsThatDiffer_RaisesExecutorsDisagree()
    {
        var run = Verify(Cases.OfReference(_workspace, error: 5), "reference");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"error {DiagnosticCatalog.ExecutorsDisagree.Id}: 'digits' on reference differs from the cases in 1 of 10 elements",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("reference    1 cases, 10 elements: 1 differ by up to ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_CasesOfAnotherModel_RaisesCasesDoNotFit()
    {
        var run = Verify(Cases.OfReference(_workspace, rows: 14), "reference");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"error {DiagnosticCatalog.CasesDoNotFit.Id}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "has 784 bytes in the model and 392 in the cases. Point --cases to the folder of this model.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Verify_CasesOfAnotherQuantisation_NamesBoth()
    {
        const string Unsigned = """{ "q_dtype": "uint8", "scale": 0.0078125, "zero_point": 0, "onnx_type": "FLOAT" }""";

        var run = Verify(Cases.OfReference(_workspace, stated: (Unsigned, """{ "stored": "int8", "scale": 0.5 }""")), "reference");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(
            lines,
            l =>
                Assert.StartsWith(
                    $"mcunet: error {DiagnosticCatalog.CasesQuantizedOtherwise.Id}: The cases in '",
                    l,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("hold 'image' as uint8 with scale 0.0078125 and zero point 0, '", lines[0], StringComparison.Ordinal);
        Assert.Contains("' has it as int8 with scale 0.0078125 and zero point 0: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("hold 'logits' as int8 with scale 0.5 and zero point 0, '", lines[1], StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Verify_Layers_ListsEveryLayerInOrder()
    {
        var run = Verify(Cases.OfReference(_workspace), "reference", "--layers", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["executors", "layers", "diagnostics"], run.Json.Select(p => p.Key));
        var layers = run.Json["layers"]!.AsArray().Select(l => l!.AsObject()).ToArray();
        Assert.Equal(22, layers.Length);
        Assert.All(
            layers,
            l =>
                Assert.Equal(
                    ["node", "operator", "tensor", "elements", "mismatches", "maxLsb", "observed", "why", "cause", "suspects", "example"],
                    l.Select(p => p.Key)
                )
        );
        Assert.All(layers, l => Assert.True((bool)l["observed"]!));
        Assert.Equal(
            ("stem", "stem.relu.out_q", 0, 0),
            ((string)layers[0]["node"]!, (string)layers[0]["tensor"]!, (int)layers[0]["mismatches"]!, (int)layers[0]["maxLsb"]!)
        );
        Assert.Equal(("classifier", 10), ((string)layers[^1]["node"]!, (int)layers[^1]["elements"]!));
    }

    [Fact]
    public void Verify_LayersWithoutOnnxRuntime_SaysWhatIsMissing()
    {
        var named = Environment.GetEnvironmentVariable("MCUNET_ONNXRUNTIME");
        try
        {
            Environment.SetEnvironmentVariable("MCUNET_ONNXRUNTIME", _workspace.Root);

            var run = Verify(Cases.OfReference(_workspace), "reference", "--layers");

            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("reference    1 cases, 10 elements: exact", run.Output, StringComparison.Ordinal);
            Assert.Contains($"error {DiagnosticCatalog.OnnxRuntimeMissing.Id}: ", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MCUNET_ONNXRUNTIME", named);
        }
    }

    [Fact]
    public void Verify_CoreWithoutBoard_RaisesCoreNotEmulated()
    {
        var run = CommandRun.Of("verify", _workspace.Model, "--device", "esp32", "--cases", Cases.OfReference(_workspace), "--on", "qemu");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"error {DiagnosticCatalog.CoreNotEmulated.Id}: esp32 has a Xtensa LX6 core", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bench_CoreWithoutBoard_RaisesCoreNotEmulated()
    {
        var run = CommandRun.Of("bench", _workspace.Model, "--device", "esp32", "--json");

        Assert.Equal((1, DiagnosticCatalog.CoreNotEmulated.Id), (run.ExitCode, (string)run.Json["diagnostics"]![0]!["id"]!));
    }

    [Fact]
    public void Verify_NoCaseFolder_SaysWhatIsMissing()
    {
        var run = Verify("no such folder", "reference");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error MCU7018: The cases in 'no such folder' cannot be read: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("..", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WithoutCases_ComparesNoiseWithTheReferenceBitForBit()
    {
        var run = CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--on", "reference,csharp", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var executors = run.Json["executors"]!.AsArray();
        Assert.Equal(["reference", "csharp"], executors.Select(e => (string)e!["name"]!));
        Assert.All(executors, e => Assert.Equal((4, true, 40), ((int)e!["cases"]!, (bool)e["exact"]!, (int)e["elements"]!)));
    }

    [HostCompilerFact]
    public void Verify_SamplesOfAFile_RunOnTheHost()
    {
        var samples = System.IO.Path.Combine(_workspace.Root, "samples.bin");
        System.IO.File.WriteAllBytes(samples, [.. Enumerable.Range(0, 3 * 784).SelectMany(i => BitConverter.GetBytes(i % 7 / 7f - 0.5f))]);

        var run = Verify(samples, "host", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ("host", 3, true),
            (
                (string)run.Json["executors"]![0]!["name"]!,
                (int)run.Json["executors"]![0]!["cases"]!,
                (bool)run.Json["executors"]![0]!["exact"]!
            )
        );
    }

    /// <summary>The cases hold an output that the reference misses: that is said of the reference, and the executor is compared with what
    /// the reference gives.</summary>
    [Fact]
    public void Verify_Exact_HoldsTheReferenceToTheCasesAndExecutorsToTheReference()
    {
        var run = Verify(Cases.OfReference(_workspace, error: 5), "csharp", "--exact", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [("reference", false), ("csharp", true)],
            run.Json["executors"]!.AsArray().Select(e => ((string)e!["name"]!, (bool)e["exact"]!))
        );
        Assert.Equal([DiagnosticCatalog.ExecutorsDisagree.Id], run.Json["diagnostics"]!.AsArray().Select(d => (string)d!["id"]!));
    }

    [Fact]
    public void Verify_OnnxRuntimeWithoutACaseFolder_IsWrongUsage()
    {
        var run = CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--on", "onnxruntime");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name one with --cases", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "apt-get install")]
    [InlineData("qemu", "apt-get install")]
    public void Verify_WithoutTools_SaysWhatToInstall(string executor, string advice)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", _workspace.Root);

            var run = CommandRun.Of("verify", _workspace.Model, "--device", "nrf52840", "--on", executor);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"error {DiagnosticCatalog.ToolMissing.Id}: ", run.Error, StringComparison.Ordinal);
            Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private CommandRun Verify(string cases, string on, params string[] more) =>
        CommandRun.Of(["verify", _workspace.Model, "--device", "nrf52840", "--cases", cases, "--on", on, .. more]);
}
