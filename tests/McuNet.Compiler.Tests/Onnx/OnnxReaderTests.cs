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
    [InlineData(new byte[] { }, "the file is empty", 0)]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, "claims", 0)]
    [InlineData(new byte[] { 0x3A }, "ends inside a number", 1)]
    [InlineData(new byte[] { 0x38, 0x01 }, "wire type 0 instead of 2", 0)]
    [InlineData(new byte[] { 0x08, 0x03, 0x3B }, "field key", 2)]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "longer than ten bytes", 0)]
    [InlineData(new byte[] { 0x08, 0x03 }, "holds no graph", 2)]
    public void Read_BrokenFile_NamesProblemAndOffset(byte[] bytes, string problem, int offset)
    {
        var diagnostic = Assert.Single(OnnxReader.Read(bytes, "m.onnx").Diagnostics);
        Assert.Equal(DiagnosticCatalog.ModelUnreadable, diagnostic.Descriptor);
        Assert.Contains(problem, diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains($"at byte {offset} of {bytes.Length}", diagnostic.Message, StringComparison.Ordinal);
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
