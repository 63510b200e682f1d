using System;
using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Every fault is an error with an id at the line of the item.</summary>
[Collection(PackageCollection.Name)]
public sealed class FailingBuildTests(PackageFeed feed, FailingBuildTests.Shared shared) : IClassFixture<FailingBuildTests.Shared>
{
    private const string Compile = "CompileMcuModels";

    [Theory]
    [InlineData("bad.onnx", """Device="nrf52840" """, "MCU1002")]
    [InlineData("missing.onnx", """Device="nrf52840" """, "MCU1001")]
    [InlineData("good.onnx", """Device="nrf99" """, "MCU5001")]
    [InlineData("good.onnx", "", "MCU7001")]
    [InlineData("good.onnx", """Device="nrf52840" Name="1st net" """, "MCU7002")]
    [InlineData("good.onnx", """Device="nrf52840" Optimize="speed" """, "MCU7006")]
    [InlineData("crash.onnx", """Device="nrf52840" """, "MCU7005")]
    [InlineData("garbage.onnx", """Device="nrf52840" """, "MCU7005")]
    [InlineData("large.onnx", """Device="nrf52840" """, "MCU4001")]
    public void Build_FaultyItem_FailsAtItsLine(string model, string metadata, string id)
    {
        var sample = shared.Restored(feed, $"""    <McuModel Include="{model}" {metadata}/>""");
        var result = sample.Target(Compile).Fail();
        Assert.Contains($"{sample.ProjectFile}({SampleProject.ItemsLine},5): error {id}: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TwoModelsWithOneName_NamesBoth()
    {
        var sample = shared.Restored(
            feed,
            """
                <McuModel Include="good.onnx" Device="nrf52840" />
                <McuModel Include="large.onnx" Device="nrf52840" Name="good" />
            """
        );
        var result = sample.Target(Compile).Fail();
        Assert.Contains($"({SampleProject.ItemsLine + 1},5): error MCU7003: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_EngineMissing_SaysWhere()
    {
        var sample = shared.Restored(feed, """    <McuModel Include="good.onnx" Device="nrf52840" />""");
        var result = sample.Target(Compile, "-p:McuNetEnginePath=nowhere/mcunet.dll").Fail();
        Assert.Contains("error MCU7004: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(sample.Directory, "nowhere", "mcunet.dll"), result.Output, StringComparison.Ordinal);
    }

    /// <summary>A machine with an older SDK alone, played by an engine that asks for a runtime which is nowhere.</summary>
    [Fact]
    public void Build_RuntimeOfTheEngineMissing_IsOneErrorForAllModels()
    {
        var sample = shared.Restored(
            feed,
            """
                <McuModel Include="good.onnx" Device="nrf52840" />
                <McuModel Include="good.onnx" Device="nrf52840" Name="other" />
            """
        );
        var engine = Path.Combine(sample.Directory, "engine", "McuNet.FakeEngine.dll");
        SampleFolder.Copy(Path.GetDirectoryName(feed.EnginePath)!, Path.GetDirectoryName(engine)!);
        File.WriteAllText(
            Path.ChangeExtension(engine, "runtimeconfig.json"),
            """
            { "runtimeOptions": { "tfm": "net99.0", "framework": { "name": "Microsoft.NETCore.App", "version": "99.0.0" } } }
            """
        );
        var result = sample.Target(Compile, $"-p:McuNetEnginePath={engine}").Fail();
        Assert.Contains(
            "error MCU7068: The model compiler needs Microsoft.NETCore.App 99.0.0, and '",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, result.Output.Split("error ").Length);
    }

    [Fact]
    public void DesignTimeBuild_FaultyModel_WarnsAndSucceeds()
    {
        var sample = shared.Restored(feed, """    <McuModel Include="large.onnx" Device="nrf52840" />""");
        var result = sample.Target("Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true").Succeed();
        Assert.Contains("warning MCU4001: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FixedModel_SucceedsAfterFailure()
    {
        var sample = shared.Restored(feed, """    <McuModel Include="large.onnx" Device="nrf52840" Name="repaired" />""");
        sample.Target(Compile).Fail();
        sample.Target(Compile).Fail();
        sample.With("large.onnx", "fake-model").Target(Compile).Succeed();
        Assert.True(File.Exists(Path.Combine(sample.Intermediate, "repaired", "repaired.mcunet")));
    }

    /// <summary>One restored directory; each test writes its own item into the project.</summary>
    public sealed class Shared
    {
        private SampleProject? _sample;
        private string _template = string.Empty;

        public SampleProject Restored(PackageFeed feed, string items)
        {
            if (_sample is null)
            {
                _sample = new SampleProject(feed, "ITEMS")
                    .With("good.onnx", "fake-model")
                    .With("bad.onnx", "something else")
                    .With("crash.onnx", "fake-model", "crash")
                    .With("garbage.onnx", "fake-model", "garbage")
                    .With("Program.cs", "return;");
                _template = File.ReadAllText(_sample.ProjectFile);
                File.WriteAllText(_sample.ProjectFile, _template.Replace("ITEMS", string.Empty, StringComparison.Ordinal));
                _sample.Target("Restore").Succeed();
            }
            File.WriteAllText(_sample.ProjectFile, _template.Replace("ITEMS", items, StringComparison.Ordinal));
            return _sample.With("large.onnx", "fake-model", "error MCU4001 The arena needs 300,000 bytes; 262,144 are there.");
        }
    }
}
