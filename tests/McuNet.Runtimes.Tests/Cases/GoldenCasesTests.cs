using System;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Runtimes.Tests.Cases;

public sealed class GoldenCasesTests : IDisposable
{
    private const string Json = """
        {"inputs":[{"name":"x","dims":[1,2],"q_dtype":"int8","scale":0.5,"zero_point":-3,"onnx_type":"FLOAT"}],
         "outputs":[{"name":"y","dims":[1,1],"stored":"float32"}],
         "cases":[{"name":"a","inputs":["in.bin"],"outputs":["out.bin"],"top1":[0]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_SmallFolder_GivesTypedTensorsAndBytes()
    {
        Write(Json, [0xFD, 5], new byte[4]);

        var model = GoldenCases.Read(_folder).Value;

        Assert.Equal(
            (OnnxElementType.Int8, OnnxElementType.Float32, 0.5f, -3),
            (model.Inputs[0].Stored, model.Inputs[0].Graph, model.Inputs[0].Scale!.Value, model.Inputs[0].ZeroPoint)
        );
        Assert.Equal(OnnxElementType.Float32, model.Outputs[0].Stored);
        Assert.Null(model.Outputs[0].Scale);
        Assert.Equal([0xFD, 5], model.Cases[0].Inputs[0]);
        Assert.Same(model.Cases[0].Outputs[0], model.Cases[0].OutputsUnoptimised[0]);
        Assert.Equal([0f, 4f], model.Inputs[0].ToGraph(model.Cases[0].Inputs[0]).Floats.ToArray());
    }

    [Fact]
    public void Read_TensorOfWrongSize_NamesTheFileAndBothSizes()
    {
        Write(Json, [1], new byte[4]);

        var diagnostic = Assert.Single(GoldenCases.Read(_folder).Diagnostics);

        Assert.Equal("MCU7018", diagnostic.Id);
        Assert.Contains("in.bin has 1 bytes, 'x' needs 2", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"inputs":[],"outputs":[],"cases":[{"inputs":["none.bin"],"outputs":[]}]}""")]
    public void Read_BrokenFile_ReportsIt(string json)
    {
        Write(json, [], []);

        Assert.Equal("MCU7018", Assert.Single(GoldenCases.Read(_folder).Diagnostics).Id);
    }

    [Fact]
    public void FromGraph_ValuesOutOfRange_RoundsHalfToEvenAndSaturates()
    {
        var tensor = new GoldenTensor("y", [1, 4], OnnxElementType.Int8, OnnxElementType.Float32, 2f, 1);

        var stored = tensor.FromGraph(OnnxTensor.Float("y", [1, 4], [1f, 3f, 1000f, -1000f]));

        Assert.Equal([1, 3, 127, 0x80], stored);
    }

    [SharedFact]
    public void ReadLayers_RealModel_BeginsWithTheInput()
    {
        var folder = Path.Combine(Folders.Models, "golden", "mcunet_vww_int8");
        var layers = GoldenCases.ReadLayers(folder, 4).Value;

        Assert.True(layers.Count > 20);
        Assert.Equal(GoldenCases.Read(folder).Value.Cases[4].Inputs[0], layers[0].Data);
    }

    [Fact]
    public void ReadLayers_AbsentFolder_ReportsIt() =>
        Assert.Equal("MCU7018", Assert.Single(GoldenCases.ReadLayers(_folder, 0).Diagnostics).Id);

    [SharedFact]
    public void Read_EveryGoldenFolder_Succeeds()
    {
        var folders = Directory.GetDirectories(Path.Combine(Folders.Models, "golden"));

        Assert.NotEmpty(folders);
        Assert.All(
            folders,
            folder =>
            {
                var model = GoldenCases.Read(folder).Value;
                Assert.NotEmpty(model.Cases);
                Assert.Equal(Path.GetFileName(folder), model.Name);
                Assert.True(File.Exists(Path.Combine(Folders.Models, model.OnnxPath!)));
                Assert.All(model.Cases, c => Assert.Equal(model.Outputs.Length, c.OutputsUnoptimised.Length));
            }
        );
    }

    private void Write(string json, byte[] input, byte[] output)
    {
        File.WriteAllText(Path.Combine(_folder, GoldenCases.FileName), json);
        File.WriteAllBytes(Path.Combine(_folder, "in.bin"), input);
        File.WriteAllBytes(Path.Combine(_folder, "out.bin"), output);
    }
}
