using System;
using System.Globalization;
using McuNet.Manifest;
using Xunit;

namespace McuNet.Generator.Tests.Manifest;

public sealed class ManifestTextTests
{
    [Theory]
    [InlineData(ElementType.Int8, false, 1)]
    [InlineData(ElementType.UInt8, true, 1)]
    [InlineData(ElementType.Float32, false, 3)]
    public void Parse_OfWritten_GivesAnEqualManifest(ElementType type, bool rows, int tensors)
    {
        var manifest = SampleManifest.Person(type, rows, tensors: tensors, diagnostics: [SampleManifest.Warning("close to the limit")]);
        var result = ManifestText.Parse(ManifestText.Write(manifest));
        Assert.Null(result.Problem);
        Assert.Equal(manifest, result.Manifest);
        Assert.Equal(manifest.GetHashCode(), result.Manifest!.GetHashCode());
    }

    [Fact]
    public void Parse_PassesAndMacFactor_ComeBackAndAreOneWhereUnsaid()
    {
        var manifest = SampleManifest.Person(rows: true) with { InputPasses = 3, MacFactor = 1.043 };
        var text = ManifestText.Write(manifest);
        Assert.Equal(manifest, ManifestText.Parse(text).Manifest);
        var older = text.Replace("input-passes 3\n", "", StringComparison.Ordinal)
            .Replace("mac-factor 1.0429999999999999\n", "", StringComparison.Ordinal);
        Assert.Equal(manifest with { InputPasses = 1, MacFactor = 1 }, ManifestText.Parse(older).Manifest);
    }

    [Fact]
    public void Parse_States_ComeBackAndAreNoneWhereUnsaid()
    {
        var manifest = SampleManifest.Person() with { States = SampleManifest.Person(tensors: 2).Outputs };
        var text = ManifestText.Write(manifest);
        Assert.Contains("\nstates 2\nstate.0.name scores<0>\n", text, StringComparison.Ordinal);
        Assert.Equal(manifest, ManifestText.Parse(text).Manifest);
        Assert.DoesNotContain("state", ManifestText.Write(SampleManifest.Person()), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Window_ComesBackAndIsNoneWhereUnsaid()
    {
        var manifest = SampleManifest.Person() with { Window = new(0, 49, 24) };
        var text = ManifestText.Write(manifest);
        Assert.Contains("\nwindow.input 0\nwindow.rows 49\nwindow.warm-up 24\nwindow.in-columns 0\n", text, StringComparison.Ordinal);
        Assert.Equal(manifest, ManifestText.Parse(text).Manifest);
        Assert.Null(ManifestText.Parse(ManifestText.Write(SampleManifest.Person())).Manifest!.Window);
    }

    [Fact]
    public void Parse_NoEnergy_StaysUnknown()
    {
        var manifest = SampleManifest.Person() with { EnergyMj = null };
        Assert.Null(ManifestText.Parse(ManifestText.Write(manifest)).Manifest!.EnergyMj);
    }

    [Fact]
    public void Parse_SharedArena_ComesBack()
    {
        var manifest = SampleManifest.Person() with { SharedArena = "vision" };
        Assert.Equal(manifest, ManifestText.Parse(ManifestText.Write(manifest)).Manifest);
        Assert.Null(ManifestText.Parse(ManifestText.Write(SampleManifest.Person())).Manifest!.SharedArena);
    }

    [Theory]
    [InlineData("two\nlines\r\nand \\n a backslash \\")]
    [InlineData(" leading and trailing ")]
    [InlineData("")]
    [InlineData("日本語 = \t; # \"quoted\"")]
    public void Parse_AnyText_ComesBackUnchanged(string text)
    {
        var manifest = SampleManifest.Person(diagnostics: [SampleManifest.Warning(text)]) with { DeviceName = text };
        Assert.Equal(manifest, ManifestText.Parse(ManifestText.Write(manifest)).Manifest);
    }

    [Fact]
    public void Parse_EveryFloatScale_ComesBackBitForBit()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var scale = BitConverter.Int32BitsToSingle(random.Next(0x00800000, 0x7f000000));
            var tensor = SampleManifest.Person().Inputs[0] with { Scale = scale };
            var manifest = SampleManifest.Person() with { Inputs = new[] { tensor }.ToEquatableArray() };
            Assert.Equal(scale, ManifestText.Parse(ManifestText.Write(manifest)).Manifest!.Inputs[0].Scale);
        }
    }

    [Fact]
    public void Write_OtherCulture_GivesTheSameBytes()
    {
        var expected = ManifestText.Write(SampleManifest.Person());
        var before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            other.NumberFormat.NumberGroupSeparator = ".";
            other.NumberFormat.NegativeSign = "−";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, ManifestText.Write(SampleManifest.Person()));
            Assert.NotNull(ManifestText.Parse(expected).Manifest);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_Manifest_IsSortedTextWithLineFeeds()
    {
        var lines = ManifestText.Write(SampleManifest.Person()).Split('\n');
        Assert.Equal("mcunet-manifest 1", lines[0]);
        Assert.Contains("input.0.dims 1 3 4 2", lines);
        Assert.Contains("sram.total 27264", lines);
        Assert.Equal(string.Empty, lines[^1]);
        Assert.DoesNotContain(lines, l => l.Contains('\r', StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_UnknownKey_IsIgnored() =>
        Assert.NotNull(ManifestText.Parse(ManifestText.Write(SampleManifest.Person()) + "future.key value\n").Manifest);

    [Fact]
    public void Parse_WindowsLineEnds_AreAccepted() =>
        Assert.Equal(
            SampleManifest.Person(),
            ManifestText.Parse(ManifestText.Write(SampleManifest.Person()).Replace("\n", "\r\n", StringComparison.Ordinal)).Manifest
        );

    [Theory]
    [InlineData("mcunet-manifest 1\n", "mcunet-manifest 2\n", "first line")]
    [InlineData("sram.total 27264\n", "", "'sram.total' is missing")]
    [InlineData("macs 7500000\n", "macs many\n", "'macs' is not a whole number")]
    [InlineData("arena 26240\n", "arena 99999999999\n", "'arena' is out of range")]
    [InlineData("input.0.type Int8\n", "input.0.type Int4\n", "unknown value 'Int4'")]
    [InlineData("input.0.nhwc 1 4 2 3\n", "input.0.nhwc 1 4 2\n", "four numbers")]
    [InlineData("inputs 1\n", "inputs 2000000000\n", "beyond")]
    [InlineData("name person\n", "name person\nname other\n", "repeats 'name'")]
    [InlineData("name person\n", "name\n", "line 2 is not 'key value'")]
    public void Parse_DamagedText_SaysWhatIsWrong(string from, string to, string problem)
    {
        var text = ManifestText.Write(SampleManifest.Person());
        Assert.Contains(from, text, StringComparison.Ordinal);
        var result = ManifestText.Parse(text.Replace(from, to, StringComparison.Ordinal));
        Assert.Null(result.Manifest);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/my net-v2.onnx", "my_net_v2", "MyNetV2")]
    [InlineData("C:\\nets\\1d.onnx", "model_1d", "Model1d")]
    [InlineData("café.onnx", "caf_", "Caf")]
    [InlineData("__.onnx", "__", "Model")]
    [InlineData(".onnx", "_onnx", "Onnx")]
    [InlineData("input.onnx", "input", "InputModel")]
    public void ModelNames_FromFile_AreIdentifiers(string path, string name, string className)
    {
        Assert.Equal(name, ModelNames.FromFile(path));
        Assert.True(ModelNames.IsValid(ModelNames.FromFile(path)));
        Assert.Equal(className, ModelNames.ClassName(name));
    }
}
