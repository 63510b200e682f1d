using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>The whole way with the engine of the package: a real network from its file, ONNX and TensorFlow Lite, to the answer of a
/// running program.</summary>
[Collection(PackageCollection.Name)]
public sealed class RealModelTests(PackageFeed feed)
{
    private const string Program = """
        using System;
        using System.IO;

        var planes = File.ReadAllBytes(args[0]);
        var whole = new Sample.Person();
        var area = Sample.Person.InputHeight * Sample.Person.InputWidth;
        for (var pixel = 0; pixel < area; pixel++)
            for (var channel = 0; channel < Sample.Person.InputChannels; channel++)
                whole.Input[pixel * Sample.Person.InputChannels + channel] = (sbyte)planes[channel * area + pixel];
        var image = whole.Input.ToArray();
        var length = Sample.Streamed.InputWidth * Sample.Streamed.InputChannels;
        var streamed = new Sample.Streamed();
        whole.Invoke();
        var visitor = new Sample.Visitor();
        image.CopyTo(visitor.Input);
        visitor.Invoke();
        streamed.Invoke((row, destination) => image.AsSpan(row * length, length).CopyTo(destination));
        Console.WriteLine(string.Join(' ', whole.Output.ToArray()));
        Console.WriteLine(string.Join(' ', streamed.Output.ToArray()));
        Console.WriteLine(string.Join(' ', visitor.Output.ToArray()));
        var sounds = Array.ConvertAll(File.ReadAllBytes(args[1]), b => (sbyte)b);
        var keyword = new Sample.Keyword();
        var slice = Sample.Keyword.InputLength;
        for (var run = 0; run <= Sample.Keyword.WarmUp; run++)
        {
            keyword.Input.Fill(Sample.Keyword.InputZeroPoint);
            var first = sounds.Length - (Sample.Keyword.WarmUp + 1 - run) * slice;
            sounds.AsSpan(Math.Max(0, first), first + slice - Math.Max(0, first)).CopyTo(keyword.Input[(Math.Max(0, first) - first)..]);
            keyword.Invoke();
        }
        Console.WriteLine(Sample.Keyword.WindowHeight + " " + string.Join(' ', keyword.Output.ToArray()));
        """;

    [SharedFact]
    public void App_PersonDetector_AgreesWithTheGoldenVectors()
    {
        var golden = Path.Combine(SharedFactAttribute.Directory, "models", "golden", "mlperf_vww_int8");
        var keywords = Path.Combine(SharedFactAttribute.Directory, "models", "golden", "mlperf_kws_dscnn_int8");
        var sample = new SampleProject(
            feed,
            """
                <McuModel Include="person.onnx" Device="nrf52840" />
                <McuModel Include="person.onnx" Device="nrf52840" Name="streamed" Input="rows" />
                <McuModel Include="lite/*.tflite" Device="nrf52840" />
                <McuModel Include="keyword.onnx" Device="nrf52840" Hop="2" />
            """,
            ownEngine: true
        ).With("Program.cs", Program);
        File.Copy(
            Path.Combine(SharedFactAttribute.Directory, "models", "onnx", "mlperf_vww_int8.onnx"),
            Path.Combine(sample.Directory, "person.onnx")
        );
        File.Copy(
            Path.Combine(SharedFactAttribute.Directory, "models", "onnx", "mlperf_kws_dscnn_int8.onnx"),
            Path.Combine(sample.Directory, "keyword.onnx")
        );
        Directory.CreateDirectory(Path.Combine(sample.Directory, "lite"));
        File.Copy(
            Path.Combine(SharedFactAttribute.Directory, "models", "tflite", "mlperf_vww_int8.tflite"),
            Path.Combine(sample.Directory, "lite", "visitor.tflite")
        );
        sample.Build().Succeed();
        for (var i = 0; i < 2; i++)
        {
            var expected = File.ReadAllBytes(Path.Combine(golden, $"case{i}.out0.bin")).Select(b => (int)(sbyte)b).ToArray();
            var lines = sample
                .RunApp(Path.Combine(golden, $"case{i}.in0.bin"), Path.Combine(keywords, $"case{i}.in0.bin"))
                .Succeed()
                .Output.Split('\n');
            var actual = lines[0].Split(' ').Select(int.Parse).ToArray();
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
            Assert.Equal(lines[0], lines[1]);
            Assert.Equal(lines[0], lines[2]);
            Assert.Equal(
                $"49 {string.Join(' ', File.ReadAllBytes(Path.Combine(keywords, $"case{i}.out0.bin")).Select(b => (int)(sbyte)b))}",
                lines[3]
            );
        }
    }
}
