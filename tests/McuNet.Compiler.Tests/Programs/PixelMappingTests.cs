using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using McuNet.Options;
using Xunit;

namespace McuNet.Compiler.Tests.Programs;

public sealed class PixelMappingTests
{
    [Theory]
    [InlineData(1 / 255f, -128, ElementType.Int8, "0..1", -128)]
    [InlineData(0.003921568f, 0, ElementType.UInt8, "0..1", 0)]
    [InlineData(1 / 128f, 0, ElementType.Int8, "(byte - 128) / 128", -128)]
    [InlineData(1 / 128f, 128, ElementType.UInt8, "(byte - 128) / 128", 0)]
    [InlineData(2 / 255f, -1, ElementType.Int8, "-1..1", null)]
    [InlineData(2 / 255f, 0, ElementType.Int8, "-1..1", null)]
    [InlineData(1f, -128, ElementType.Int8, "0..255", -128)]
    public void Of_QuantisationOfARange_IsRecognised(float scale, int zero, ElementType element, string range, int? shift)
    {
        var type = new TensorType(new(2, 2, 3), element, new(scale, zero));
        var pixels = PixelMapping.Of(type, null)!;
        Assert.Equal((range, false, shift), (pixels.Range, pixels.IsGiven, pixels.Shift(type)));
    }

    [Theory]
    [InlineData(0.02f, -14, 3)]
    [InlineData(1 / 255f, -127, 3)]
    [InlineData(1 / 128f, 3, 1)]
    [InlineData(1 / 255f, -128, 2)]
    public void Of_AnyOtherInput_IsNotKnown(float scale, int zero, int channels) =>
        Assert.Null(PixelMapping.Of(new TensorType(new(2, 2, channels), ElementType.Int8, new(scale, zero)), null));

    /// <summary>By hand: (51 / 255 - 0.4) / 0.5 = -0.4, of steps of 0.1 above -20.</summary>
    [Fact]
    public void Stored_MeanAndDeviation_IsWhatTheyMean()
    {
        var type = new TensorType(new(2, 2, 3), ElementType.Int8, new(0.1f, -20));
        var pixels = PixelMapping.Of(type, PixelRange.Parse("0,0.4,0/1,0.5,1"))!;
        Assert.Equal([-18, -24, -18], Enumerable.Range(0, 3).Select(c => pixels.Stored(type, c, 51)));
        Assert.Equal("(byte / 255 - (0, 0.4, 0)) / (1, 0.5, 1)", pixels.Range);
    }

    [Theory]
    [InlineData("0..1", 255, 1f)]
    [InlineData("-1..1", 0, -1f)]
    [InlineData("RAW", 77, 77f)]
    [InlineData("127.5/127.5", 255, 1f)]
    [InlineData("0.5/0.25", 255, 2f)]
    [InlineData(" 104,117,123/1,1,1 ", 4, -100f)]
    public void Parse_Range_GivesTheRealValueOfAByte(string text, int pixel, float real)
    {
        var range = PixelRange.Parse(text)!;
        Assert.Equal(real, pixel * range.Gain(0) + range.Offset(0), 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0..2")]
    [InlineData("0.5")]
    [InlineData("0.5/0")]
    [InlineData("0.5/x")]
    [InlineData("1,2/1,2")]
    [InlineData("1,2,3/1")]
    [InlineData("NaN/1")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(PixelRange.Parse(text));

    [Theory]
    [InlineData(2, "0..1", "its first input has 2 channels, and an image has 1 or 3")]
    [InlineData(1, "0,0,0/1,1,1", "there are 3 means, and the input has 1 channels")]
    public void Compile_PreprocessOfAnotherInput_IsAnError(int channels, string range, string reason)
    {
        var type = new TensorType(new(2, 2, channels), ElementType.Int8, new(0.5f, 0));
        var net = new NetworkBuilder(1);
        var graph = net.Build("m", net.Apply(new Rescale(), type with { Quantization = new(0.25f, 0) }, net.Input(type)));
        var found = Assert.Single(
            ModelCompiler
                .Compile(
                    graph,
                    new CompileOptions
                    {
                        Name = "m",
                        Device = DeviceDatabase.Find("rp2040").Value,
                        Preprocess = PixelRange.Parse(range),
                    }
                )
                .Diagnostics
        );
        Assert.Equal(DiagnosticCatalog.PreprocessUnsuitable, found.Descriptor);
        Assert.Contains(reason, found.Message, StringComparison.Ordinal);
    }
}
