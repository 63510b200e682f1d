using System;
using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.TfLite;

public sealed class TfLiteReaderTests
{
    [Fact]
    public void Read_EveryPrefixOfAFile_RaisesModelUnreadable()
    {
        var bytes = Model().ToArray();
        Assert.True(ModelReader.Read(bytes, "net.tflite").Succeeded);
        for (var length = 0; length < bytes.Length - 4; length++)
        {
            var diagnostic = Assert.Single(ModelReader.Read(bytes[..length], "net.tflite").Diagnostics);
            Assert.Equal(DiagnosticCatalog.ModelUnreadable, diagnostic.Descriptor);
            var isKnown = length >= "root"u8.Length + "TFL3"u8.Length;
            Assert.Contains(isKnown ? $"of {length})" : "as ONNX", diagnostic.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_FormatByBytes_WhateverTheName()
    {
        var bytes = Model().ToArray();
        Assert.True(ModelReader.Read(bytes, "net.onnx").Succeeded);
        bytes[7] = (byte)'4';
        Assert.Contains("cannot be read as ONNX", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IndexOfNothing_SaysWhichAndHowManyThereAre()
    {
        Assert.Contains("SubGraph.inputs names tensor 7, and there are 2", Refused(Model().Ports([7], [1])), StringComparison.Ordinal);
        Assert.Contains("SubGraph.outputs names tensor -1, and there are 2", Refused(Model().Ports([0], [-1])), StringComparison.Ordinal);
        Assert.Contains("Operator.inputs names tensor 9", Refused(Model().Operator("RELU", [9], [1])), StringComparison.Ordinal);
        Assert.Contains("Operator.outputs names tensor -1", Refused(Model().Operator("RELU", [0], [-1])), StringComparison.Ordinal);
        Assert.Contains(
            "Tensor.buffer is 77, and there are 1 buffers",
            Refused(Model().Tensor("z", TfLiteType.Int8, [1], buffer: 77)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_TensorThatDoesNotFitItself_SaysWhatItCallsFor()
    {
        Assert.Contains(
            "tensor 2 'w' has dimensions [1, -4], of which none may be negative",
            Refused(Model().Real("w", 1, -4)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "tensor 2 'w' holds 8 bytes, and its dimensions [1, 3] call for 12",
            Refused(Model().Real("w", [1, 3], 1, 2)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "holds 4 bytes, and its dimensions [2147483647, 2147483647] call for 18446744056529682436",
            Refused(Model().Real("w", [int.MaxValue, int.MaxValue], 1)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has 9 dimensions, and at most 8 are read",
            Refused(Model().Real("w", 1, 1, 1, 1, 1, 1, 1, 1, 1)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "with dimensions [2, 3] has 4 scales for its dimension 1",
            Refused(Model().Tensor("w", TfLiteType.Int8, [2, 3], new byte[6], [1, 1, 1, 1], [0], 1)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has 3 scales and 2 zero points",
            Refused(Model().Tensor("w", TfLiteType.Int8, [2, 3], new byte[6], [1, 1, 1], [0, 0], 1)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_AnotherVersionOrNoGraph_SaysSo()
    {
        Assert.Contains(
            "it has version 2 of the format, and 3 is read",
            Refused(new TfLiteBytes { Version = 2 }.Real("x", 1)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "it holds no graph",
            Refused([16, 0, 0, 0, .. "TFL3"u8, 6, 0, 8, 0, 4, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_OffsetOutOfTheFile_SaysWhereItLeads()
    {
        var bytes = Model().ToArray();
        bytes[3] = 0x7f;
        Assert.Contains("its root would lie from byte 2130706", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_VectorsOverEachOther_EndsBeforeTheyAreRead()
    {
        var file = new FlatFile(new byte[10]);
        file.Read(160);
        Assert.Throws<TfLiteFault>(() => file.Read(1));
    }

    /// <summary>Seeded flips of bytes in a file of every operator: a diagnostic or a network, and never anything else.</summary>
    [Fact]
    public void Compile_DamagedFile_NeverThrows()
    {
        var random = new Random(29);
        foreach (var original in OperatorCases.All().Select(c => c.Model.ToArray()).Append(GraphStatementTests.Classifier().ToArray()))
        {
            for (var round = 0; round < 60; round++)
            {
                var bytes = (byte[])original.Clone();
                for (var i = 0; i <= round % 3; i++)
                    bytes[random.Next(8, bytes.Length)] = round % 2 == 0 ? (byte)random.Next(256) : (byte)(random.Next(2) * 255);
                var result = ModelCompiler.Network(bytes, "net.tflite", "net");
                Assert.True(result.Succeeded || result.Diagnostics.Any());
                Assert.DoesNotContain(result.Diagnostics, d => d.Id is "MCU2001" or "MCU9000" || d.Message.Contains('\n'));
            }
        }
    }

    private static TfLiteBytes Model() => new TfLiteBytes().Real("x", 1, 4).Real("y", 1, 4).Operator("RELU", [0], [1]).Ports([0], [1]);

    private static string Refused(TfLiteBytes model) => Refused(model.ToArray());

    private static string Refused(byte[] bytes)
    {
        var diagnostic = Assert.Single(ModelReader.Read(bytes, "net.tflite").Diagnostics);
        Assert.Equal(DiagnosticCatalog.ModelUnreadable, diagnostic.Descriptor);
        return diagnostic.Message;
    }
}
