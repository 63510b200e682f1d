using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using Xunit;

namespace McuNet.Execution.Tests.Samples;

public sealed class SampleFilesTests : IDisposable
{
    private static readonly ImmutableArray<int> Dims = [1, 2, 1, 3];

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet samples ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_FolderOfRawFloats_TakesThemInOrderOfNames()
    {
        Write("b.bin", Floats(6, 7, 8, 9, 10, 11));
        Write("a.bin", Floats(0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105));
        var set = Read(_folder).Value;
        Assert.Equal(3, set.Count);
        Assert.Equal([100f, 101, 102, 103, 104, 105], set[1]);
        Assert.Equal([6f, 7, 8, 9, 10, 11], set[2]);
        Assert.Null(set.Range);
    }

    [Fact]
    public void Read_RawBytesWithMeanAndScale_NormalizesChannels()
    {
        var set = Read(Write("x.bin", [0, 1, 2, 10, 20, 255]), new([1, 10], [2, 5])).Value;
        Assert.Equal([-0.5f, 0, 0.5f, 0, 2, 49], set[0]);
        Assert.Equal((-2f, 127f), (set.Range!.Value.Min, set.Range.Value.Max));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_NumpyArchive_HasSamplesLabelsAndNormalization(bool compressed)
    {
        var file = Npz(
            compressed,
            ("x", Npy("|u1", "2, 2, 1, 3", [.. Enumerable.Range(0, 12).Select(i => (byte)i)])),
            ("y", Npy("<i8", "2,", Bytes<long>(7, 3))),
            ("mean", Npy("<f8", "", Bytes<double>(2)))
        );
        var set = Read(file).Value;
        Assert.Equal([7, 3], set.Labels!.Value.AsEnumerable());
        Assert.Equal([4f, 5, 6, 7, 8, 9], set[1]);
    }

    [Fact]
    public void Read_SafeTensors_HasSamplesAndLabels()
    {
        var file = SafeTensors(
            """{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]},"y":{"dtype":"U8","shape":[1],"data_offsets":[24,25]}}""",
            [.. Floats(1, 2, 3, 4, 5, 6), 9]
        );
        var set = Read(file).Value;
        Assert.Equal([1f, 2, 3, 4, 5, 6], set[0]);
        Assert.Equal([9], set.Labels!.Value.AsEnumerable());
    }

    [Fact]
    public void Read_CaseFolder_TakesTheInputsAsTheGraphSeesThem()
    {
        Write(
            "golden.json",
            Encoding.UTF8.GetBytes(
                """{"inputs":[{"name":"x","dims":[1,2,1,3],"q_dtype":"int8","scale":0.5,"zero_point":1,"onnx_type":"FLOAT"}],"outputs":[{"name":"y","dims":[1],"stored":"int8"}],"cases":[{"inputs":["i.bin"],"outputs":["o.bin"]}]}"""
            )
        );
        Write("i.bin", [1, 3, 5, 255, 1, 1]);
        Write("o.bin", [0]);
        Assert.Equal([0f, 1, 2, -1, 0, 0], Read(_folder).Value[0]);
    }

    [Fact]
    public void Read_WhatCannotBeUsed_SaysWhy()
    {
        var cases = new (string Path, string Expected)[]
        {
            (Path.Combine(_folder, "absent"), "no such folder or file"),
            (Write("odd.bin", new byte[25]), "25 bytes"),
            (Write("text.txt", new byte[5]), "kind of file"),
            (Write("broken.npz", new byte[50]), "MCU3008"),
            (Write("broken.npy", new byte[50]), "not an array of NumPy"),
            (Write("short.safetensors", new byte[5]), "too few for a safetensors"),
            (SafeTensors("""{"x":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,999]}}""", new byte[24]), "MCU3008"),
            (SafeTensors("""{"x":{"dtype":"F32","shape":[2,2,3],"data_offsets":[0,24]}}""", new byte[24]), "needs 48 bytes"),
            (SafeTensors("""{"x":{"dtype":"F32","shape":[1,3,2],"data_offsets":[0,24]}}""", new byte[24]), "x is [1, 3, 2]"),
            (SafeTensors("""{"z":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", new byte[24]), "no array 'x', only z"),
            (SafeTensors("""{"x":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}""", new byte[24]), "BF16"),
            (Npz(false, ("x", Npy("<f4", "0, 2, 1, 3", []))), "no sample"),
            (Npz(false, ("x", Npy("|u1", "1, 2, 1, 3", new byte[6])), ("y", Npy("|u1", "2,", new byte[2]))), "1 samples and 2 labels"),
            (Npz(false, ("x", Npy("|u1", "1, 2, 1, 3", new byte[6])), ("scale", Npy("<f4", "1,", new byte[4]))), "scale not 0"),
        };
        foreach (var (path, expected) in cases)
        {
            var diagnostic = Assert.Single(Read(path).Diagnostics);
            Assert.Equal(DiagnosticCatalog.CalibrationUnreadable.Id, diagnostic.Id);
            Assert.Contains(expected, diagnostic.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WithLabels_OfOtherNumber_SaysSo()
    {
        var set = Read(Write("x.bin", Floats(0, 1, 2, 3, 4, 5))).Value;
        Assert.Equal([5], SampleFiles.WithLabels(set, Write("y.u8", [5]), "net").Value.Labels!.Value.AsEnumerable());
        Assert.Contains(
            "1 samples and 2 labels",
            SampleFiles.WithLabels(set, Write("y.u8", [5, 6]), "net").Diagnostics[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Take_Fewer_SpreadsThemAndKeepsTheirLabels()
    {
        var set = new SampleSet
        {
            Dims = [1, 1],
            Type = SampleType.UInt8,
            Data = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray(),
            Labels = [.. Enumerable.Range(0, 100)],
        };
        var some = set.Take(4);
        Assert.Equal([0, 25, 50, 75], some.Labels!.Value.AsEnumerable());
        Assert.Equal([50f], some[2]);
    }

    private static StageResult<SampleSet> Read(string path, Normalization? normalization = null) =>
        SampleFiles.Read(path, "net", Dims, new() { Normalization = normalization });

    private static byte[] Floats(params float[] values) => Bytes<float>(values);

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static byte[] Npy(string type, string shape, byte[] data)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. Bytes((ushort)header.Length), .. Encoding.Latin1.GetBytes(header), .. data];
    }

    private string Npz(bool compressed, params (string Name, byte[] Data)[] arrays)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.npz");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, data) in arrays)
        {
            using var entry = archive
                .CreateEntry(name + ".npy", compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression)
                .Open();
            entry.Write(data);
        }
        return path;
    }

    private string SafeTensors(string header, byte[] data) =>
        Write(
            $"{Guid.NewGuid():N}.safetensors",
            [.. Bytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data]
        );

    private string Write(string name, byte[] data)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, data);
        return path;
    }
}
