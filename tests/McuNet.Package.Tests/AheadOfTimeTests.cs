using System;
using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Generated classes in an application that is compiled ahead of time and runs several of them at once.</summary>
[Collection(PackageCollection.Name)]
public sealed class AheadOfTimeTests(PackageFeed feed)
{
    /// <summary>Two networks in two threads, each in its own arena, against one alone.</summary>
    private const string Program = """
        using System;
        using System.Linq;
        using System.Threading;

        var alone = Answers(0).Concat(Answers(1)).ToArray();
        var both = new sbyte[2][];
        using var start = new Barrier(2);
        var threads = Enumerable.Range(0, 2).Select(seed => new Thread(() =>
        {
            start.SignalAndWait();
            both[seed] = Answers(seed);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Console.WriteLine(alone.SequenceEqual(both[0].Concat(both[1])) + " " + (alone.Distinct().Count() > 10) + " " + both[0].SequenceEqual(both[1]));

        static sbyte[] Answers(int seed)
        {
            var random = new Random(seed);
            var network = new Sample.Digits();
            var answers = new sbyte[500 * network.Output.Length];
            for (var run = 0; run < 500; run++)
            {
                for (var i = 0; i < network.Input.Length; i++)
                    network.Input[i] = (sbyte)random.Next(-128, 128);
                network.Invoke();
                network.Output.CopyTo(answers.AsSpan(run * network.Output.Length));
            }
            return answers;
        }
        """;

    /// <summary>The analyzers for trimming, native code and single files see nothing; every warning is an error here.</summary>
    [Theory]
    [InlineData("Facade")]
    [InlineData("Files")]
    public void App_UnderTheAnalyzersOfNativeCode_BuildsAndRunsTwoNetworksAtOnce(string emit)
    {
        var sample = new SampleProject(
            feed,
            """    <McuModel Include="digits.onnx" Device="rp2040" />""",
            $"<TargetFramework>net10.0</TargetFramework><McuEmit>{emit}</McuEmit><IsAotCompatible>true</IsAotCompatible>",
            ownEngine: true
        ).With("Program.cs", Program);
        File.Copy(
            Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
            Path.Combine(sample.Directory, "digits.onnx")
        );
        sample.Build().Succeed();
        Assert.Equal("True True False", sample.RunApp().Succeed().Output.Trim());
    }

    /// <summary>The analyzers are there: what they must see is an error.</summary>
    [Fact]
    public void Analyzers_OfNativeCode_SeeWhatReflects()
    {
        var sample = new SampleProject(
            feed,
            string.Empty,
            "<TargetFramework>net10.0</TargetFramework><IsAotCompatible>true</IsAotCompatible>"
        ).With("Program.cs", "System.Console.WriteLine(System.Type.GetType(args[0])!.GetMethods().Length);");
        Assert.Contains("error IL20", sample.Build().Fail().Output, StringComparison.Ordinal);
    }

    /// <summary>What <c>dotnet watch</c> looks at, and what an editor compares before it builds.</summary>
    [Fact]
    public void Project_Model_IsWatched()
    {
        var sample = new SampleProject(feed, """    <McuModel Include="net.onnx" Device="nrf52840" />""")
            .With("net.onnx", "fake-model")
            .With("Program.cs", "return;");
        sample.Target("Restore").Succeed();
        foreach (var item in new[] { "Watch", "UpToDateCheckInput" })
            Assert.Contains(
                "\"Identity\": \"net.onnx\"",
                DotNet.Run(sample.Directory, feed.Environment, "msbuild", $"-getItem:{item}").Succeed().Output,
                StringComparison.Ordinal
            );
    }
}
