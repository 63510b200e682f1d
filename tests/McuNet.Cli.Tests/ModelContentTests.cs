using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Execution.Models;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ModelContentTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Read_WeightsInsideTheModel_IsTheFile()
    {
        var content = ModelContent.Read(_workspace.Model).Value;

        Assert.Equal(File.ReadAllBytes(_workspace.Model), content.Bytes);
        Assert.Empty(content.External);
    }

    [Fact]
    public void Read_WeightsBesideTheModel_BringsThemIn()
    {
        var whole = OnnxReader.Read(File.ReadAllBytes(_workspace.Model), "digits").Value;
        Externalise("weights/all.bin");

        var content = ModelContent.Read(_workspace.Model).Value;
        Assert.Equal([Path.Combine(_workspace.Root, "weights", "all.bin")], content.External.AsEnumerable());
        var joined = OnnxReader.Read(content.Bytes, "digits").Value;
        Assert.Equal(
            whole.Graph.Initializers.Select(i => Convert.ToHexString(i.Data.Span)),
            joined.Graph.Initializers.Select(i => Convert.ToHexString(i.Data.Span))
        );
    }

    [Fact]
    public void Compile_WeightsBesideTheModel_GivesTheSameCodeAndNamesTheFile()
    {
        _workspace.Compile();
        var before = File.ReadAllText(Path.Combine(_workspace.Out, "digits.c"));
        Externalise("digits.onnx.data");

        var run = _workspace.Compile("--json");
        Assert.Equal((0, before), (run.ExitCode, File.ReadAllText(Path.Combine(_workspace.Out, "digits.c"))));
        Assert.Equal([Path.Combine(_workspace.Root, "digits.onnx.data")], run.Json["external"]!.AsArray().Select(f => (string)f!));
    }

    [Theory]
    [InlineData("../outside.bin")]
    [InlineData("weights/../../outside.bin")]
    [InlineData("..\\outside.bin")]
    public void Read_FileOutsideTheFolder_IsRefused(string location)
    {
        File.WriteAllText(Path.Combine(_workspace.Root, "..", "outside.bin"), "secret");
        try
        {
            Refused(location, "only files in the folder of the model, or below it, are read");
        }
        finally
        {
            File.Delete(Path.Combine(_workspace.Root, "..", "outside.bin"));
        }
    }

    [Fact]
    public void Read_RootedPath_IsRefused() => Refused(_workspace.Model, "only files in the folder of the model, or below it, are read");

    [Fact]
    public void Read_FileThatIsMissing_SaysWhereItWasSought() =>
        Refused("gone.data", $"it does not exist in '{_workspace.Root}'. Put it beside the model under that name");

    [Theory]
    [InlineData("link.data")]
    [InlineData("linked/all.bin")]
    public void Read_SymbolicLink_IsNotFollowed(string location)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(Path.Combine(_workspace.Root, "link.data"), _workspace.Model);
        Directory.CreateDirectory(Path.Combine(_workspace.Root, "real"));
        File.WriteAllText(Path.Combine(_workspace.Root, "real", "all.bin"), "");
        Directory.CreateSymbolicLink(Path.Combine(_workspace.Root, "linked"), Path.Combine(_workspace.Root, "real"));

        Refused(location, $"'{location.Split('/')[0]}' is a symbolic link, which is not followed");
    }

    private void Refused(string location, string reason)
    {
        Externalise(location, write: false);
        var problem = Assert.Single(ModelContent.Read(_workspace.Model).Diagnostics);
        Assert.Equal("MCU1007", problem.Id);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains("' keeps its data in the file '", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Moves the data of all initialisers into a file.</summary>
    private void Externalise(string location, bool write = true)
    {
        var model = OnnxReader.Read(File.ReadAllBytes(_workspace.Model), "digits").Value;
        using var data = new MemoryStream();
        var tensors = ImmutableArray.CreateBuilder<OnnxTensor>();
        foreach (var tensor in model.Graph.Initializers)
        {
            tensors.Add(tensor with { Data = default, External = new(location, data.Position, tensor.Data.Length) });
            data.Write(tensor.Data.Span);
        }

        File.WriteAllBytes(
            _workspace.Model,
            OnnxWriter.Write(model with { Graph = model.Graph with { Initializers = tensors.ToImmutable() } })
        );
        if (!write)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_workspace.Root, location))!);
        File.WriteAllBytes(Path.Combine(_workspace.Root, location), data.ToArray());
    }
}
