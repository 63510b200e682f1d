using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Options;
using Xunit;

namespace McuNet.Execution.Tests.Samples;

public sealed class ImageFilesTests : IDisposable
{
    private static readonly SampleForm Bytes = new() { Pixels = PixelRange.Raw };

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet pictures ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Folders in order are the classes 0, 1, …; files are in order within them.</summary>
    [Fact]
    public void Read_FolderForEachClass_HasLabelsAndNames()
    {
        Write("dog/2.bmp", 40);
        Write("dog/1.bmp", 30);
        Write("cat/9.bmp", 20);
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));

        var set = Read([1, 1, 1, 1], Bytes).Value;

        Assert.Equal([20f, 30, 40], Enumerable.Range(0, 3).Select(i => set[i][0]));
        Assert.Equal([0, 1, 1], set.Labels!.Value.AsEnumerable());
        Assert.Equal(["cat", "dog"], set.Classes.AsEnumerable());
    }

    /// <summary>A bitmap stores blue, green, red from the lowest row on.</summary>
    [Theory]
    [InlineData(false, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(true, new float[] { 1, 2, 3, 4, 5, 6 })]
    public void Read_Colours_AreRedGreenBlueInTheOrderOfTheInput(bool last, float[] expected)
    {
        Bitmap("a.bmp", 2, 1, 3, 2, 1, 6, 5, 4);

        var set = Read(last ? [1, 2, 1, 3] : [1, 3, 2, 1], Bytes).Value;

        Assert.Equal(expected, set[0]);
        Assert.Null(set.Labels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_MeanAndDeviationOfEachChannel_AreTakenOff(bool last)
    {
        Bitmap("a.bmp", 2, 1, 30, 20, 10, 30, 20, 10);

        Assert.Equal(
            [9f, 9, 9, 9, 9, 9],
            Read(last ? [1, 2, 1, 3] : [1, 3, 2, 1], new() { Pixels = PixelRange.Parse("1,2,3/1,2,3") }).Value[0]
        );
    }

    [Fact]
    public void Read_PixelsThatNothingIsSaidAbout_AreFromZeroToOneWithAWarning()
    {
        Write("a.bmp", 255);

        var read = Read([1, 1, 1, 1], new());

        Assert.Equal([1f], read.Value[0]);
        Assert.Equal(DiagnosticCatalog.PixelsAssumed.Id, Assert.Single(read.Diagnostics).Id);
        Assert.Empty(Read([1, 1, 1, 1], Bytes).Diagnostics);
        Assert.Empty(Read([1, 1, 1, 1], new() { Normalization = new([0], [1]) }).Diagnostics);
    }

    [Fact]
    public void Read_NoPicture_NamesTheFile()
    {
        File.WriteAllBytes(Path.Combine(_folder, "broken.png"), new byte[40]);

        Assert.Contains(
            "'broken.png' is no picture",
            Assert.Single(Read([1, 1, 1, 1], Bytes).Diagnostics).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_InputThatIsNoPicture_SaysWhatWouldBe()
    {
        Write("a.bmp", 1);

        Assert.Contains(
            "do not fit an input of [1, 40]",
            Assert.Single(Read([1, 40], Bytes).Diagnostics).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_IdxFile_HasPixelsAndLabels(bool compressed)
    {
        var (pixels, labels) = (
            Idx("pixels-idx3-ubyte", compressed, 0x08, [2, 1, 2], 10, 20, 30, 40),
            Idx("labels-idx1-ubyte", compressed, 0x08, [2], 3, 7)
        );

        var set = SampleFiles.Read(pixels, "net", [1, 1, 1, 2], Bytes).Then(s => SampleFiles.WithLabels(s, labels, "net")).Value;

        Assert.Equal([30f, 40], set[1]);
        Assert.Equal([3, 7], set.Labels!.Value.AsEnumerable());
    }

    [Fact]
    public void Read_IdxFileOfNumbers_HasThemBigEndianAndAsTheyAre()
    {
        var reals = Idx("x.idx", false, 0x0d, [1, 1], 0x3f, 0xc0, 0, 0);

        Assert.Equal([1.5f], SampleFiles.Read(reals, "net", [1, 1], new()).Value[0]);
    }

    [Fact]
    public void Read_IdxFileThatIsCutOff_SaysSo() =>
        Assert.Contains(
            "needs 4 bytes, 3 are there",
            SampleFiles.Read(Idx("x.idx", false, 0x08, [2, 1, 2], 1, 2, 3), "net", [1, 1, 1, 2], Bytes).Diagnostics[0].Message,
            StringComparison.Ordinal
        );

    private StageResult<SampleSet> Read(ImmutableArray<int> dims, SampleForm form) => SampleFiles.Read(_folder, "net", dims, form);

    /// <summary>A grey pixel.</summary>
    private void Write(string name, byte grey) => Bitmap(name, 1, 1, grey, grey, grey);

    /// <summary>A bitmap of 24 bits; rows are filled up to four bytes.</summary>
    private void Bitmap(string name, int height, int width, params byte[] pixels)
    {
        const int Head = 54;
        var row = (3 * width + 3) / 4 * 4;
        var file = new byte[Head + height * row];
        (file[0], file[1], file[10], file[14], file[26], file[28]) = ((byte)'B', (byte)'M', Head, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        for (var y = 0; y < height; y++)
            pixels.AsSpan(y * 3 * width, 3 * width).CopyTo(file.AsSpan(Head + (height - 1 - y) * row));
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }

    private string Idx(string name, bool compressed, byte type, int[] dims, params byte[] data)
    {
        using var file = new MemoryStream();
        file.Write([0, 0, type, (byte)dims.Length]);
        foreach (var d in dims)
            file.Write([0, 0, 0, (byte)d]);
        file.Write(data);
        var path = Path.Combine(_folder, compressed ? name + ".gz" : name);
        using var target = File.Create(path);
        using Stream stream = compressed ? new GZipStream(target, CompressionLevel.Fastest) : target;
        stream.Write(file.ToArray());
        return path;
    }
}
