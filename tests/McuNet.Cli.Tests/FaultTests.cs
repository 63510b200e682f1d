using System;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>Exit code 1: the model or the device is at fault, and a diagnostic says why.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Compile_UnknownDevice_OffersTheNearest()
    {
        var run = CommandRun.Of("compile", _workspace.Model, "--device", "nrf52841", "--out", _workspace.Out);

        Raises(run, DiagnosticCatalog.DeviceUnknown, "There is no device 'nrf52841'. The nearest names are nrf52840, ");
    }

    [Fact]
    public void Compile_BrokenDeviceFile_NamesThePlace()
    {
        var file = _workspace.Write("board.json", "{\n  \"id\": }\n");

        var run = CommandRun.Of("compile", _workspace.Model, "--device", file, "--out", _workspace.Out);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{file}(2,", run.Error, StringComparison.Ordinal);
        Assert.Contains("error MCU5002: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_MissingModel_NamesThePath() =>
        Raises(
            CommandRun.Of("compile", "no/such.onnx", "--device", "nrf52840", "--out", _workspace.Out),
            DiagnosticCatalog.ModelNotFound,
            "'no/such.onnx' does not exist."
        );

    [Fact]
    public void Compile_FileThatIsNotOnnx_SaysWhatItIsNot() =>
        Raises(
            CommandRun.Of("compile", _workspace.Write("net.onnx", "#!/bin/sh"), "--device", "nrf52840", "--out", _workspace.Out),
            DiagnosticCatalog.ModelUnreadable,
            "its 9 bytes are no protocol buffer"
        );

    [Fact]
    public void Compile_TruncatedModel_IsUnreadable()
    {
        File.WriteAllBytes(_workspace.Model, File.ReadAllBytes(_workspace.Model)[..2000]);

        Raises(
            _workspace.Compile(),
            DiagnosticCatalog.ModelUnreadable,
            "Export the model again, or check that the file was copied completely."
        );
    }

    [Fact]
    public void Compile_DamagedTfLiteFile_NamesThePlaceAndWritesNothing()
    {
        var model = Path.Combine(_workspace.Root, "net.tflite");
        File.WriteAllBytes(model, [28, 0, 0, 0, .. "TFL3"u8, 20, 0, 32, 0]);

        Raises(
            CommandRun.Of("compile", model, "--device", "nrf52840", "--out", _workspace.Out),
            DiagnosticCatalog.ModelUnreadable,
            "cannot be read as TensorFlow Lite: its root would lie from byte 28 to 32 (at byte 0 of 12)"
        );
        Assert.Empty(_workspace.Files);
    }

    /// <summary>The operator's name in the file is replaced by one of the same length.</summary>
    [Fact]
    public void Compile_UnknownOperator_NamesNodeAndSupportedOperators()
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(_workspace.Model));
        File.WriteAllBytes(
            _workspace.Model,
            Encoding.Latin1.GetBytes(text.Replace("\"\u0004Conv", "\"\u0004Cone", StringComparison.Ordinal))
        );

        Raises(_workspace.Compile(), DiagnosticCatalog.OperatorNotSupported, "uses operator Cone (");
    }

    [Fact]
    public void Compile_FaultAsJson_StillPrintsOneObject()
    {
        var run = CommandRun.Of("compile", "no/such.onnx", "--device", "nrf52840", "--out", _workspace.Out, "--json");

        Assert.Equal((1, "", "such", false), (run.ExitCode, run.Error, (string)run.Json["name"]!, (bool)run.Json["fits"]!));
        Assert.Equal("MCU1001", (string)Assert.Single(run.Json["diagnostics"]!.AsArray())!["id"]!);
        Assert.Empty(run.Json["files"]!.AsArray());
    }

    [Theory]
    [InlineData("verify", "--cases")]
    [InlineData("bench", null)]
    public void OtherCommands_MissingModelAsJson_StillPrintOneObject(string command, string? option)
    {
        string[] cases = option is null ? [] : [option, Cases.Write(_workspace, [])];
        var run = CommandRun.Of([command, "no/such.onnx", "--device", "nrf52840", "--json", .. cases]);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(option is null ? "MCU1001" : "MCU7018", (string)run.Json["diagnostics"]![0]!["id"]!);
    }

    private static void Raises(CommandRun run, DiagnosticDescriptor row, string message)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(1));
        Assert.Contains($": error {row.Id}: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }
}
