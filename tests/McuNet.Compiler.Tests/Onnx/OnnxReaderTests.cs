using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Onnx;

public sealed class OnnxReaderTests
{
    private static readonly byte[] Model = new OnnxBytes()
        .Input("x", 1, 4)
        .Float("s", 0.5f)
        .Zero("z")
        .Tensor("w", OnnxType.Int64, [2], 3L, -1L)
        .Node("Relu", "x", "y", ("alpha", 1.5f), ("list", new[] { 1, -2 }), ("text", "nearest"))
        .Output("y")
        .ToArray();

    [Fact]
    public void Read_SmallModel_KeepsEveryField()
    {
        var model = OnnxReader.Read(Model, "m.onnx").Value;
        Assert.Equal(13, model.OpsetOf("ai.onnx"));
        Assert.Equal([1L, 4L], model.Graph.Inputs[0].Dims!.Value.AsEnumerable());
        Assert.Equal(OnnxType.Float, model.Graph.Inputs[0].Type);
        Assert.Equal(
            ["s", "z", "w"],
            [model.Graph.Initializers[0].Name, model.Graph.Initializers[1].Name, model.Graph.Initializers[2].Name]
        );
        Assert.Equal(0.5f, BitConverter.ToSingle(model.Graph.Initializers[0].Data.Span));
        var node = Assert.Single(model.Graph.Nodes);
        Assert.Equal("Relu", node.Operator);
        Assert.Equal(1.5f, node.Attribute("alpha")!.Float);
        Assert.Equal([1L, -2L], node.Attribute("list")!.Ints.AsEnumerable());
        Assert.Equal("nearest", node.Attribute("text")!.Text);
    }

    [Fact]
    public void Read_EveryTruncation_FailsOrDropsTheRestWithoutThrowing()
    {
        var unreadable = 0;
        for (var length = 0; length < Model.Length; length++)
        {
            var result = OnnxReader.Read(Model.AsMemory(0, length), "m.onnx");
            unreadable += result.Succeeded ? 0 : 1;
            Assert.All(result.Diagnostics, d => Assert.Equal("MCU1002", d.Id));
        }

        Assert.Equal(Model.Length, unreadable);
    }

    [Fact]
    public void Read_RandomDamage_NeverThrows()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])Model.Clone();
            for (var i = 0; i < 3; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = OnnxReader.Read(bytes, "m.onnx");
            Assert.True(result.Succeeded || result.Diagnostics[0].Id == "MCU1002");
        }
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(1, 64)];
            random.NextBytes(bytes);
            Assert.All(OnnxReader.Read(bytes, "m.onnx").Diagnostics, d => Assert.Equal("MCU1002", d.Id));
        }
    }

    [Theory]
    [InlineData(new byte[] { }, "the file is empty")]
    [InlineData(
        new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 },
        "its 6 bytes are no protocol buffer (While parsing a protocol message, the input ended"
    )]
    [InlineData(new byte[] { 0x3A }, "its 1 bytes are no protocol buffer (While parsing a protocol message, the input ended")]
    [InlineData(new byte[] { 0x38, 0x01 }, "holds no graph")]
    [InlineData(new byte[] { 0x08, 0x03, 0x3B }, "its 3 bytes are no protocol buffer (")]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "malformed varint")]
    [InlineData(new byte[] { 0x08, 0x03 }, "holds no graph")]
    public void Read_BrokenFile_NamesTheProblem(byte[] bytes, string problem)
    {
        var diagnostic = Assert.Single(OnnxReader.Read(bytes, "m.onnx").Diagnostics);
        Assert.Equal(DiagnosticCatalog.ModelUnreadable, diagnostic.Descriptor);
        Assert.Contains(problem, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NameThatIsNoUtf8_IsTaken() =>
        Assert.Equal("\uFFFD", OnnxReader.Read(new byte[] { 0x3A, 3, 0x12, 1, 0xC3 }, "m.onnx").Value.Graph.Name);

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, "graphs stand in each other more than 16 deep")]
    [InlineData(60, "too many levels of nesting")]
    public void Read_GraphsInGraphs_AreBounded(int depth, string? problem)
    {
        byte[] bytes = [];
        foreach (var field in Enumerable.Repeat(new[] { 6, 5, 1 }, depth).SelectMany(f => f).Append(7))
        {
            using var outer = new MemoryStream();
            outer.Write([(byte)(field << 3 | 2), (byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7)]);
            outer.Write(bytes);
            bytes = outer.ToArray();
        }

        var read = OnnxReader.Read(bytes, "m.onnx");

        Assert.Equal(problem is null, read.Succeeded);
        Assert.All(read.Diagnostics, d => Assert.Contains(problem!, d.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(11)]
    public void Read_IntegersOfAField_GiveLittleEndianBytes(int field)
    {
        byte[] tensor = [0x08, 2, 0x10, (byte)OnnxType.Int16, (byte)(field << 3 | 2), 3, 0x01, 0x80, 0x02];
        byte[] bytes = [0x3A, (byte)(tensor.Length + 2), 0x2A, (byte)tensor.Length, .. tensor];

        Assert.Equal([1, 0, 0, 1], OnnxReader.Read(bytes, "m.onnx").Value.Graph.Initializers[0].Data.ToArray());
    }

    [Fact]
    public void Read_DeeplyNestedMessages_IsBounded()
    {
        var bytes = new byte[] { 0x3A, 0 };
        for (var depth = 0; depth < 60; depth++)
        {
            using var outer = new MemoryStream();
            outer.Write([0x3A, (byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7)]);
            outer.Write(bytes);
            bytes = outer.ToArray();
        }

        Assert.True(OnnxReader.Read(bytes, "m.onnx").Succeeded);
    }

    [Fact]
    public void Read_TensorWithTooLittleData_FailsAtTensor()
    {
        var bytes = new OnnxBytes().Tensor("w", OnnxType.Float, [100], 1f).ToArray();
        var diagnostic = Assert.Single(OnnxReader.Read(bytes, "m.onnx").Diagnostics);
        Assert.Contains("tensor 'w' holds 4 bytes where its dimensions call for 400", diagnostic.Message, StringComparison.Ordinal);
    }
}
