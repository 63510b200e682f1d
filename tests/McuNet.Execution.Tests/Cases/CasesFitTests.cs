using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Execution.Tests.Cases;

/// <summary>A network from four uint8 values of scale 0.5 and zero point 7 to four real ones.</summary>
public sealed class CasesFitTests
{
    private static readonly TensorType Input = new(TensorShape.Vector(4), ElementType.UInt8, new(0.5f, 7));

    private static readonly NetworkGraph Network = new(
        "net",
        [new(new(0), "in", Input), new(new(1), "out", new(TensorShape.Vector(4), ElementType.Float32))],
        [],
        [new("in", new(0), [1, 4], ElementType.UInt8)],
        [new("out", new(1), [1, 4], ElementType.Float32)]
    );

    [Theory]
    [InlineData(OnnxElementType.UInt8, 0.5f, 7)]
    [InlineData(OnnxElementType.UInt8, 0.500001f, 7)]
    [InlineData(OnnxElementType.UInt8, null, 0)]
    public void Check_SameMeaning_FindsNothing(OnnxElementType stored, float? scale, int zeroPoint) =>
        Assert.Empty(Check(stored, scale, zeroPoint));

    [Theory]
    [InlineData(OnnxElementType.UInt8, 0.501f, 7, "uint8 with scale 0.501 and zero point 7")]
    [InlineData(OnnxElementType.UInt8, float.NaN, 7, "uint8 with scale NaN and zero point 7")]
    [InlineData(OnnxElementType.UInt8, 0.5f, 8, "uint8 with scale 0.5 and zero point 8")]
    [InlineData(OnnxElementType.Int8, 0.5f, 7, "int8 with scale 0.5 and zero point 7")]
    [InlineData(OnnxElementType.Int8, null, 0, "int8")]
    public void Check_OtherMeaning_NamesBoth(OnnxElementType stored, float? scale, int zeroPoint, string stated)
    {
        var found = Assert.Single(Check(stored, scale, zeroPoint));

        Assert.Equal(DiagnosticCatalog.CasesQuantizedOtherwise, found.Descriptor);
        Assert.StartsWith(
            $"The cases in 'folder' hold 'in' as {stated}, 'net.onnx' has it as uint8 with scale 0.5 and zero point 7: the same integers mean other numbers.",
            found.Message,
            System.StringComparison.Ordinal
        );
    }

    [Fact]
    public void Check_NoCases_SaysSo() =>
        Assert.Equal(
            "The cases in 'folder' do not fit 'net.onnx': there are none. Point --cases to the folder of this model.",
            Assert.Single(CasesFit.Check("folder", "net.onnx", new("net", null, [], [], []), Network)).Message
        );

    private static Diagnostic[] Check(OnnxElementType stored, float? scale, int zeroPoint)
    {
        var input = new GoldenTensor("in", [1, 4], stored, OnnxElementType.Float32, scale, zeroPoint);
        var output = new GoldenTensor("out", [1, 4], OnnxElementType.Float32, OnnxElementType.Float32, null, 0);
        return CasesFit.Check("folder", "net.onnx", new("net", null, [input], [output], [new("case", [], [], [], [])]), Network).ToArray();
    }
}
