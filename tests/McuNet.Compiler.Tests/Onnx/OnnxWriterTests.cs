using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using OnnxTensor = McuNet.Compiler.Onnx.OnnxTensor;
using OnnxValueInfo = McuNet.Compiler.Onnx.OnnxValueInfo;

namespace McuNet.Compiler.Tests.Onnx;

public sealed class OnnxWriterTests
{
    private static readonly OnnxModel Everything = new()
    {
        IrVersion = 8,
        Producer = "test",
        Opsets = [new("", 13), new("com.microsoft", 1)],
        Metadata = [new("space", "digits"), new("empty", "")],
        Graph = new(
            "g",
            [
                new(
                    "n",
                    "Relu",
                    "",
                    ["x", "", "w"],
                    ["y"],
                    [
                        OnnxAttribute.Of("i", -3L),
                        OnnxAttribute.Of("f", -0.5f),
                        OnnxAttribute.Of("s", "text"),
                        OnnxAttribute.Of("is", [1L, -2L, 300L]),
                        OnnxAttribute.Of("fs", [1.5f, float.NegativeInfinity]),
                        OnnxAttribute.Of("t", OnnxTensor.Of<int>("", OnnxType.Int32, [2], [1, -1])),
                        OnnxAttribute.Of("empty", ImmutableArray<long>.Empty),
                        OnnxAttribute.Of("zero", 0f),
                        new OnnxAttribute
                        {
                            Name = "ss",
                            Type = OnnxAttributeType.Strings,
                            Texts = ["a", "", "b"],
                        },
                    ]
                ),
            ],
            [OnnxTensor.Of<float>("w", OnnxType.Float, [1, 2], [1, 2]), OnnxTensor.Of<float>("scalar", OnnxType.Float, [], [4])],
            [new OnnxValueInfo("x", OnnxType.Float, [-1, 3, -1, 0], ["batch", "?", "?", "?"])],
            [new OnnxValueInfo("y", OnnxType.Float, null, [])],
            [new OnnxValueInfo("v", OnnxType.Int8, [], [])]
        ),
    };

    [Fact]
    public void Write_ReadAgain_GivesTheSameModel()
    {
        var again = OnnxReader.Read(OnnxWriter.Write(Everything), "m.onnx").Value;
        Assert.Equal(Text(Everything), Text(again));
    }

    [Fact]
    public void Write_AttributeWithoutType_TakesThatOfItsField()
    {
        var untyped = Everything
            .Graph.Nodes[0]
            .Attributes.Select(a => a with { Type = OnnxAttributeType.Undefined })
            .Where(a => a.Name is not ("empty" or "zero"))
            .ToImmutableArray();
        var model = Everything with { Graph = Everything.Graph with { Nodes = [Everything.Graph.Nodes[0] with { Attributes = untyped }] } };
        var again = OnnxReader.Read(OnnxWriter.Write(model), "m.onnx").Value.Graph.Nodes[0];
        Assert.All(again.Attributes, a => Assert.Equal(Everything.Graph.Nodes[0].Attribute(a.Name)!.Type, a.Type));
    }

    [Fact]
    public void Write_OutputWithoutType_StatesNone()
    {
        var model = Everything with { Graph = Everything.Graph with { Outputs = [new OnnxValueInfo("y", OnnxType.Undefined, null, [])] } };

        Assert.Equal("y", Assert.Single(OnnxReader.Read(OnnxWriter.Write(model), "m.onnx").Value.Graph.Outputs).Name);
        Assert.True(OnnxWriter.Write(model).Length < OnnxWriter.Write(Everything).Length);
    }

    [Fact]
    public void Write_Subgraph_GivesItsNodes()
    {
        var branch = new OnnxAttribute { Name = "body", Graph = Everything.Graph with { Values = [] } };
        var model = Everything with
        {
            Graph = Everything.Graph with { Nodes = [Everything.Graph.Nodes[0] with { Attributes = [branch] }] },
        };
        var again = Assert.Single(OnnxReader.Read(OnnxWriter.Write(model), "m.onnx").Value.Graph.Nodes[0].Attributes);
        Assert.Equal(OnnxAttributeType.Graph, again.Type);
        Assert.Equal(Text(Everything with { Graph = branch.Graph }), Text(Everything with { Graph = again.Graph! }));
    }

    [Fact]
    public void Write_ExternalData_NamesItsPlace()
    {
        var graph = Everything.Graph;
        ExternalData[] places = [new("w.bin", 64, 8), new("below/w.bin", 0, null)];
        var tensors = places.Select(p => graph.Initializers[0] with { Name = p.Location, Data = default, External = p });
        var again = OnnxReader
            .Read(OnnxWriter.Write(Everything with { Graph = graph with { Initializers = [.. tensors] } }), "m.onnx")
            .Value;
        Assert.Equal(places, again.Graph.Initializers.Select(i => i.External));
    }

    [SharedFact]
    public void Write_EverySharedModel_ReadsBackTheSame()
    {
        foreach (var path in Directory.GetFiles(Shared.Path("models", "onnx"), "*.onnx"))
        {
            var model = OnnxReader.Read(File.ReadAllBytes(path), path).Value;
            var written = OnnxWriter.Write(model);
            var again = OnnxReader.Read(written, path).Value;
            Assert.Equal(Text(model), Text(again));
            Assert.Equal(written, OnnxWriter.Write(again));
        }
    }

    [OnnxRuntimeFact]
    public void Write_SmallModel_RunsInOnnxRuntime()
    {
        var model = new OnnxModel
        {
            IrVersion = 8,
            Producer = "",
            Opsets = [new("", 13)],
            Graph = new(
                "g",
                [new("n", "LeakyRelu", "", ["x"], ["y"], [OnnxAttribute.Of("alpha", 0.5f)])],
                [],
                [new("x", OnnxType.Float, [1, 2], [])],
                [new("y", OnnxType.Float, [1, 2], [])],
                []
            ),
        };
        using var session = OnnxSession.Open(OnnxWriter.Write(model));
        Assert.Equal([-1f, 3f], session.Run([McuNet.Runtimes.OnnxRuntime.OnnxTensor.Float("x", [1, 2], [-2, 3])])[0].Floats.ToArray());
    }

    /// <summary>Everything that a model holds, as text.</summary>
    private static string Text(OnnxModel model) =>
        JsonSerializer.Serialize(
            model,
            new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals }
        );
}
