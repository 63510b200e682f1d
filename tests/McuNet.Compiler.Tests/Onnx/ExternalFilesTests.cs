using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Onnx;

public sealed class ExternalFilesTests
{
    private static readonly byte[] File = MemoryMarshal.AsBytes(new float[] { 1, 2, 3, 4, 5, 6 }.AsSpan()).ToArray();

    [Fact]
    public void Joined_PartsOfOneFile_TakesTheirBytes()
    {
        var model = Model(new ExternalData("w.data", 4, 8), new ExternalData("w.data", 16, null));

        Assert.Equal(("w.data", "t0"), Assert.Single(ExternalFiles.Of(model)));
        var joined = Joined(model).Value.Graph;
        Assert.Equal([2, 3], MemoryMarshal.Cast<byte, float>(joined.Initializers[0].Data.Span).ToArray());
        Assert.Equal([5, 6], MemoryMarshal.Cast<byte, float>(joined.Nodes[0].Attributes[0].Tensor!.Data.Span).ToArray());
        Assert.Empty(ExternalFiles.Of(Joined(model).Value));
    }

    [Theory]
    [InlineData(20, 8L, "8 bytes from byte 20 on, and the file has 24")]
    [InlineData(long.MaxValue, 8L, "and the file has 24")]
    [InlineData(30, null, "0 bytes from byte 30 on, and the file has 24")]
    [InlineData(0, long.MaxValue, "bytes from byte 0 on, and the file has 24")]
    [InlineData(0, null, "the tensor holds 24 bytes where its dimensions call for 8")]
    public void Joined_BytesThatAreNotThere_IsRefused(long offset, long? length, string reason)
    {
        var problem = Joined(Model(new ExternalData("w.data", offset, length), new ExternalData("w.data", 0, 8))).Diagnostics.Single();

        Assert.Equal("MCU1007", problem.Id);
        Assert.Contains("'t0' keeps its data in the file 'w.data': ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static McuNet.Diagnostics.StageResult<OnnxModel> Joined(OnnxModel model) =>
        ExternalFiles.Joined(model, new Dictionary<string, ReadOnlyMemory<byte>> { ["w.data"] = File });

    /// <summary>One tensor as an initialiser, one inside a node.</summary>
    private static OnnxModel Model(ExternalData first, ExternalData second)
    {
        ImmutableArray<OnnxTensor> tensors =
        [
            .. new[] { first, second }.Select((e, i) => new OnnxTensor($"t{i}", OnnxType.Float, [2], default, e)),
        ];
        return new()
        {
            IrVersion = 8,
            Producer = "test",
            Opsets = [new("", 17)],
            Graph = new("g", [new("c", "Constant", "", [], ["k"], [OnnxAttribute.Of("value", tensors[1])])], [tensors[0]], [], [], []),
        };
    }
}
