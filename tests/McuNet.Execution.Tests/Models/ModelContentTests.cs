using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests.Devices;
using McuNet.Execution.Models;
using Xunit;

namespace McuNet.Execution.Tests.Models;

public sealed class ModelContentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet model ").FullName;

    public ModelContentTests() => File.Copy(Path.Combine(RepositoryFolder.Root, "samples", "digits", "digits.onnx"), Model);

    private string Model => Path.Combine(_folder, "digits.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WeightsInsideTheModel_IsTheFile()
    {
        var content = ModelContent.Read(Model).Value;

        Assert.Equal(File.ReadAllBytes(Model), content.Bytes);
        Assert.Empty(content.External);
    }

    [Fact]
    public void Read_WeightsBesideTheModel_BringsThemIn()
    {
        var whole = OnnxReader.Read(File.ReadAllBytes(Model), "digits").Value;
        ExternalWeights.Write(Model, "weights/all.bin");

        var content = ModelContent.Read(Model).Value;
        Assert.Equal([Path.Combine(_folder, "weights", "all.bin")], content.External.AsEnumerable());
        var joined = OnnxReader.Read(content.Bytes, "digits").Value;
        Assert.Equal(
            whole.Graph.Initializers.Select(i => Convert.ToHexString(i.Data.Span)),
            joined.Graph.Initializers.Select(i => Convert.ToHexString(i.Data.Span))
        );
    }

    [Theory]
    [InlineData("../outside.bin")]
    [InlineData("weights/../../outside.bin")]
    [InlineData("..\\outside.bin")]
    public void Read_FileOutsideTheFolder_IsRefused(string location)
    {
        File.WriteAllText(Path.Combine(_folder, "..", "outside.bin"), "secret");
        try
        {
            Refused(location, "only files in the folder of the model, or below it, are read");
        }
        finally
        {
            File.Delete(Path.Combine(_folder, "..", "outside.bin"));
        }
    }

    [Fact]
    public void Read_RootedPath_IsRefused() => Refused(Model, "only files in the folder of the model, or below it, are read");

    [Fact]
    public void Read_FileThatIsMissing_SaysWhereItWasSought() =>
        Refused("gone.data", $"it does not exist in '{_folder}'. Put it beside the model under that name");

    [Theory]
    [InlineData("link.data")]
    [InlineData("linked/all.bin")]
    public void Read_SymbolicLink_IsNotFollowed(string location)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(Path.Combine(_folder, "link.data"), Model);
        Directory.CreateDirectory(Path.Combine(_folder, "real"));
        File.WriteAllText(Path.Combine(_folder, "real", "all.bin"), "");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), Path.Combine(_folder, "real"));

        Refused(location, $"'{location.Split('/')[0]}' is a symbolic link, which is not followed");
    }

    private void Refused(string location, string reason)
    {
        ExternalWeights.Name(Model, location);
        var problem = Assert.Single(ModelContent.Read(Model).Diagnostics);
        Assert.Equal("MCU1007", problem.Id);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains("' keeps its data in the file '", problem.Message, StringComparison.Ordinal);
    }
}
