using System;
using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Programs that use the façade are built with warnings as errors and run.</summary>
[Collection(PackageCollection.Name)]
public sealed class FacadeBuildTests(PackageFeed feed)
{
    private const string Program = """
        using System;
        using McuNet;

        var small = new Sample.Small();
        byte[] pixels = { 9, 200, 30, 255 };
        small.SetInputFromGrey(pixels, 1f / 255f, 0f);
        var rows = new Sample.Rows();
        Sample.Rows.RowReader reader = (row, destination) => destination.Fill((sbyte)row);
        small.Invoke();
        rows.Invoke(reader);
        var before = GC.GetAllocatedBytesForCurrentThread();
        small.SetInputFromGrey(pixels, 1f / 255f, 0f);
        small.Invoke();
        rows.Invoke(reader);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var mine = new Sample.Vision.Mine();
        mine.Input[1] = 200;
        mine.Invoke();
        var real = new Sample.Real();
        real.Input[2] = 1.5f;
        real.Invoke();
        Console.WriteLine(FormattableString.Invariant($"{small.ArgMax()} {small.Output[1]} {Sample.Small.Dequantize(small.Output[1]):F3}"));
        Console.WriteLine(FormattableString.Invariant($"{rows.Output[0]} {rows.Output[3]} {allocated}"));
        Console.WriteLine(FormattableString.Invariant($"{mine.Output[1]} {real.Output[2]} {Sample.Real.InputLength}"));

        namespace Sample.Vision
        {
            /// <summary>Declared by the user.</summary>
            [McuModel("bytes")]
            public partial class Mine;
        }
        """;

    [Theory]
    [InlineData("Facade")]
    [InlineData("Files")]
    public void App_EveryKindOfModel_RunsWithoutAllocating(string emit)
    {
        var sample = new SampleProject(
            feed,
            $"""
                <McuModel Include="small.onnx" />
                <McuModel Include="rows.onnx" Input="rows" />
                <McuModel Include="bytes.onnx" />
                <McuModel Include="real.onnx" />
            """,
            $"<TargetFramework>net10.0</TargetFramework><McuDevice>nrf52840</McuDevice><McuEmit>{emit}</McuEmit>"
        );
        sample = sample
            .With("small.onnx", "fake-model", "input 1 1 2 2", "output 1 4")
            .With("rows.onnx", "fake-model", "input 1 3 4 4", "output 1 4")
            .With("bytes.onnx", "fake-model", "type uint8")
            .With("real.onnx", "fake-model", "type float32")
            .With("Program.cs", emit == "Facade" ? Program : WithoutAttribute(Program));
        sample.Build().Succeed();
        var lines = sample.RunApp().Succeed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["3 72 0.784", "0 3 0", "200 1.5 48"], lines);
    }

    /// <summary>.NET Standard 2.0 has no spans, so this also builds the array dialect.</summary>
    [Fact]
    public void Build_SeveralFrameworks_CompilesForEach()
    {
        var sample = new SampleProject(
            feed,
            """    <McuModel Include="net.onnx" Device="nrf52840" />""",
            "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>",
            "Library"
        )
            .With("net.onnx", "fake-model")
            .With(
                "Use.cs",
                """
                #if NETSTANDARD2_0
                internal static class Use { internal static int Best(Sample.Net net) { net.SetInputAt(0, 5); net.Invoke(); return net.ArgMax(); } }
                #else
                internal static class Use { internal static int Best(Sample.Net net) { net.Input[0] = 5; net.Invoke(); return net.ArgMax(); } }
                #endif
                """
            );
        sample.Build().Succeed();
        foreach (var framework in new[] { "net10.0", "netstandard2.0" })
        {
            Assert.True(File.Exists(Path.Combine(sample.Directory, "obj", "Debug", framework, "mcunet", "net", "net.mcunet")));
            Assert.True(File.Exists(Path.Combine(sample.Directory, "bin", "Debug", framework, "mcunet", "net", "net.c")));
        }
        var runs = sample.EngineRuns;
        sample.Build("--no-restore").Succeed();
        Assert.Equal(runs, sample.EngineRuns);
    }

    [Fact]
    public void Build_ItemAddedByExtensionTarget_IsCompiledAndListed()
    {
        var sample = new SampleProject(
            feed,
            string.Empty,
            """
            <TargetFramework>net10.0</TargetFramework><CustomAfterMicrosoftCommonTargets>$(MSBuildProjectDirectory)/extra.targets</CustomAfterMicrosoftCommonTargets>
            """,
            "Library"
        )
            .With("net.onnx", "fake-model", "warning MCU4002 Close to the limit.")
            .With(
                "extra.targets",
                """
                <Project>
                  <Target Name="AddModel" BeforeTargets="BeforeCompileMcuModels">
                    <ItemGroup><McuModel Include="net.onnx" Device="nrf52840" /></ItemGroup>
                  </Target>
                  <Target Name="ShowModels" AfterTargets="CompileMcuModels">
                    <Message Importance="high" Text="listed %(McuModelOutput.McuName) %(McuModelOutput.Filename)%(McuModelOutput.Extension)" />
                  </Target>
                </Project>
                """
            );
        var result = sample.Build("-p:TreatWarningsAsErrors=false").Succeed();
        Assert.Contains("listed net net.mcunet", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning MCU4002: Close to the limit.", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Without the generator's part there is no attribute to complete a class with; the model keeps its own class.</summary>
    private static string WithoutAttribute(string program) =>
        program[..program.IndexOf("namespace Sample.Vision", StringComparison.Ordinal)]
            .Replace("Sample.Vision.Mine", "Sample.Bytes", StringComparison.Ordinal);
}
