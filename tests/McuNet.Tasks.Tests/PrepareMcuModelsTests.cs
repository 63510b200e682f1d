using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class PrepareMcuModelsTests : IDisposable
{
    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Execute_AllOptions_WritesThemInFixedOrder()
    {
        var item = TemporaryProject.Item(
            "net.onnx",
            ("Energy", "2mJ"),
            ("Sram", "64KB"),
            ("Flash", "1MB"),
            ("Latency", "50ms"),
            ("Optimize", "MEMORY"),
            ("Input", "Rows"),
            ("Kernels", "Shared"),
            ("Step", "true"),
            ("McuReport", "True"),
            ("State", "a:b;c d:e"),
            ("Hop", "mfcc:2"),
            ("HopPadding", "Stream"),
            ("Weights", "blob"),
            ("InputPasses", "4"),
            ("Calibration", "samples"),
            ("ReserveSram", "8KB"),
            ("ReserveFlash", "32KB"),
            ("Name", "person")
        );
        Assert.True(_project.Prepare(item).Execute());
        Assert.Equal(
            [
                $"\"{_project.PathOf("net.onnx")}\"",
                "--device",
                "nrf52840",
                "--out",
                $"\"{_project.PathOf("obj/mcunet/person")}\"",
                "--name",
                "person",
                "--target",
                "c,csharp",
                "--summary",
                "--sram",
                "64KB",
                "--flash",
                "1MB",
                "--latency",
                "50ms",
                "--energy",
                "2mJ",
                "--reserve-sram",
                "8KB",
                "--reserve-flash",
                "32KB",
                "--optimize",
                "memory",
                "--input",
                "rows",
                "--passes",
                "4",
                "--state",
                "\"a:b;c d:e\"",
                "--hop",
                "mfcc:2",
                "--hop-padding",
                "stream",
                "--kernels",
                "shared",
                "--weights",
                "blob",
                "--step",
                "true",
                "--report",
                "true",
                "--calibration",
                $"\"{_project.PathOf("samples")}\"",
                "--json",
            ],
            File.ReadAllLines(_project.PathOf("obj/mcunet/person/person.rsp"))
        );
    }

    [Fact]
    public void Execute_Twice_LeavesUnchangedFilesAlone()
    {
        _project.Prepare(TemporaryProject.Item()).Execute();
        var files = new[] { "obj/mcunet/net/net.rsp", "obj/mcunet/net/net.inputs" }.Select(_project.PathOf).ToArray();
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        _project.Prepare(TemporaryProject.Item()).Execute();
        Assert.All(files, f => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(f)));
    }

    [Fact]
    public void Execute_Inputs_ListsContentOfModelDeviceAndSamples()
    {
        Directory.CreateDirectory(_project.PathOf("samples"));
        File.WriteAllText(_project.PathOf("samples/a.bin"), "1");
        File.WriteAllText(_project.PathOf("board.json"), "{}");
        var prepare = _project.Prepare(
            TemporaryProject.Item("net.onnx", ("Device", "board.json"), ("Calibration", "samples"), ("Emit", "Files"))
        );
        prepare.RootNamespace = "App";
        Assert.True(prepare.Execute());
        var lines = File.ReadAllLines(_project.PathOf("obj/mcunet/net/net.inputs"));
        Assert.Matches("^engine [0-9a-f]{64} 6 mcunet.dll$", lines[0]);
        Assert.Matches("^tasks [0-9a-f]{32}$", lines[1]);
        Assert.Equal(
            [
                "facade Files spans internal App",
                $"model 9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4 5 {_project.PathOf("net.onnx")}",
                $"device 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a 2 {_project.PathOf("board.json")}",
                $"calibration 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b 1 {_project.PathOf("samples/a.bin")}",
            ],
            lines[2..]
        );
        Assert.Equal(
            ["board.json", "samples/a.bin"],
            prepare.FurtherInputs.Select(i => Path.GetRelativePath(_project.Directory, i.ItemSpec))
        );
    }

    /// <summary>The façade file is written for a namespace; the generator's is not.</summary>
    [Theory]
    [InlineData("Files", false)]
    [InlineData("Facade", true)]
    public void Execute_OtherNamespace_CountsWhereTheFacadeIsAFile(string emit, bool same)
    {
        string Fingerprint(string name)
        {
            var prepare = _project.Prepare(TemporaryProject.Item("net.onnx", ("Emit", emit)));
            prepare.RootNamespace = name;
            Assert.True(prepare.Execute());
            return prepare.PreparedModels.Single().GetMetadata("Fingerprint");
        }

        Assert.Equal(same, Fingerprint("One") == Fingerprint("Other"));
    }

    [Fact]
    public void Execute_FolderCannotBeWritten_IsAnErrorOfTheProject()
    {
        File.WriteAllText(_project.PathOf("obj"), "in the way");
        Assert.False(_project.Prepare(TemporaryProject.Item()).Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(("MCU7034", _project.ProjectFile), (error.Code, error.File));
    }

    [Fact]
    public void Execute_ValidItem_NamesEveryFile()
    {
        var prepare = _project.Prepare(TemporaryProject.Item());
        Assert.True(prepare.Execute());
        var model = Assert.Single(prepare.PreparedModels);
        Assert.Equal(_project.PathOf("net.onnx"), model.ItemSpec);
        Assert.Equal("obj/mcunet/net/net.mcunet", model.GetMetadata("ManifestFile"));
        Assert.Equal("obj/mcunet/net/net.engine.g.cs", model.GetMetadata("EngineFile"));
        Assert.Equal("obj/mcunet/net/CMakeLists.txt", model.GetMetadata("CMakeFile"));
        Assert.Equal("Facade", model.GetMetadata("Emit"));
        Assert.Equal("obj/mcunet/net/net.stamp", model.GetMetadata("StampFile"));
        Assert.Empty(prepare.FurtherInputs);
    }

    /// <summary>A file that is named and never written would let the model be compiled again in every build.</summary>
    [Theory]
    [InlineData("c", "", "", "obj/mcunet/net/net.c", "None")]
    [InlineData("csharp", "obj/mcunet/net/net.mcunet", "obj/mcunet/net/net.engine.g.cs", "", "Facade")]
    public void Execute_OneKindOfCode_NamesOnlyItsFiles(string target, string manifest, string engine, string c, string emit)
    {
        var prepare = _project.Prepare(TemporaryProject.Item());
        prepare.Target = target;
        Assert.True(prepare.Execute());
        var model = Assert.Single(prepare.PreparedModels);
        Assert.Equal([manifest, engine, c, emit], new[] { "ManifestFile", "EngineFile", "CFile", "Emit" }.Select(model.GetMetadata));
    }

    [Fact]
    public void Execute_ModelsOfAnArena_GiveOneArenaOfAllTheirManifests()
    {
        var prepare = _project.Prepare(
            TemporaryProject.Item("net.onnx", ("Name", "a"), ("Arena", "vision")),
            TemporaryProject.Item("net.onnx", ("Name", "b"), ("Arena", "vision")),
            TemporaryProject.Item()
        );
        Assert.True(prepare.Execute());
        var arena = Assert.Single(prepare.PreparedArenas);
        Assert.Equal("obj/mcunet/a/a.mcunet;obj/mcunet/b/b.mcunet", arena.GetMetadata("Manifests"));
        Assert.Equal("obj/mcunet/mcunet_vision_arena/mcunet_vision_arena.g.cs", arena.GetMetadata("ArrayFile"));
        Assert.Equal(
            [
                "vision",
                $"\"{_project.PathOf("obj/mcunet/a/a.mcunet")}\"",
                $"\"{_project.PathOf("obj/mcunet/b/b.mcunet")}\"",
                "--out",
                $"\"{_project.PathOf("obj/mcunet/mcunet_vision_arena/")}\"",
                "--json",
            ],
            File.ReadAllLines(_project.PathOf("obj/mcunet/mcunet_vision_arena/mcunet_vision_arena.rsp"))
        );
        Assert.Equal(["--arena", "vision", "--json"], File.ReadAllLines(_project.PathOf("obj/mcunet/a/a.rsp"))[^3..]);
        Assert.DoesNotContain("--arena", File.ReadAllText(_project.PathOf("obj/mcunet/net/net.rsp")), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_ArenaSpeltInTwoWays_IsAnError()
    {
        var prepare = _project.Prepare(
            TemporaryProject.Item("net.onnx", ("Name", "a"), ("Arena", "vision")),
            TemporaryProject.Item("net.onnx", ("Name", "b"), ("Arena", "Vision"))
        );
        Assert.False(prepare.Execute());
        Assert.Contains("Arena 'Vision'. Known values: vision", Assert.Single(_project.Log.Errors).Message, StringComparison.Ordinal);
    }

    /// <summary>Whichever comes first, and whether or not the model shares that arena itself.</summary>
    [Theory]
    [InlineData("mcunet_vision_arena", false)]
    [InlineData("MCUNET_Vision_Arena", true)]
    public void Execute_ModelNamedAsAnArena_IsAnErrorAtTheModel(string name, bool sharesIt)
    {
        var (sharing, named) = (
            TemporaryProject.Item("net.onnx", ("Name", "a"), ("Arena", "vision")),
            TemporaryProject.Item("net.onnx", ("Name", name), ("Arena", sharesIt ? "vision" : ""))
        );
        foreach (var items in new[] { new[] { sharing, named }, [named, sharing] })
        {
            _project.Log.Errors.Clear();
            var prepare = _project.Prepare(items);
            Assert.False(prepare.Execute());
            var error = Assert.Single(_project.Log.Errors);
            Assert.Equal(
                (
                    "MCU7026",
                    $"The model 'net.onnx' has the name '{name}', under which the shared arena 'vision' is written. Give the model or the arena another name."
                ),
                (error.Code, error.Message)
            );
            Assert.Equal("a", Assert.Single(prepare.PreparedModels).GetMetadata("McuName"));
        }
    }

    [Fact]
    public void Execute_SpecialCharactersInPath_AreKept()
    {
        File.WriteAllText(_project.PathOf("50%25;net.onnx"), "model");
        var prepare = _project.Prepare(TemporaryProject.Item("50%2525%3bnet.onnx"));
        Assert.True(prepare.Execute());
        Assert.Equal(_project.PathOf("50%25;net.onnx"), prepare.PreparedModels.Single().ItemSpec);
    }

    [Theory]
    [InlineData("Device", "", "MCU7001")]
    [InlineData("Name", "1st", "MCU7002")]
    [InlineData("Optimize", "speed", "MCU7006")]
    [InlineData("Input", "columns", "MCU7006")]
    [InlineData("Emit", "Nothing", "MCU7006")]
    [InlineData("Arena", "my arena", "MCU7006")]
    [InlineData("Calibration", "6\"4", "MCU7006")]
    public void Execute_FaultyMetadata_IsAnErrorAtTheItem(string name, string value, string code)
    {
        var prepare = _project.Prepare(TemporaryProject.Item("net.onnx", (name, value)));
        Assert.False(prepare.Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal((code, _project.ProjectFile, 3, 5), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
        Assert.Empty(prepare.PreparedModels);
    }

    [Theory]
    [InlineData("Sramm", "Did you mean Sram?")]
    [InlineData("Optimise", "Did you mean Optimize?")]
    [InlineData("Devise", "Did you mean Device?")]
    [InlineData("Colour", "Known are Device, Name, ")]
    public void Execute_UnknownMetadata_WarnsAtTheItem(string name, string advice)
    {
        Assert.True(_project.Prepare(TemporaryProject.Item("net.onnx", (name, "1"))).Execute());
        var warning = Assert.Single(_project.Log.Warnings);
        Assert.Equal(("MCU7050", 3, 5), (warning.Code, warning.LineNumber, warning.ColumnNumber));
        Assert.Contains($"has the metadata {name}, which nothing reads. {advice}", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_Mine")]
    [InlineData("Visible")]
    [InlineData("sram")]
    public void Execute_MetadataOfOthers_AreLeftAlone(string name)
    {
        Assert.True(_project.Prepare(TemporaryProject.Item("net.onnx", (name, "1"))).Execute());
        Assert.Empty(_project.Log.Warnings);
    }

    [Theory]
    [InlineData("Sram", "-1", "'-1' is not a size such as 64KB or 65536")]
    [InlineData("Flash", "KB", "'KB' is not a size such as 64KB or 65536")]
    [InlineData("ReserveSram", "1e3", "'1e3' is not a size such as 64KB or 65536")]
    [InlineData("Latency", "50mm", "'50mm' is not a time such as 50ms")]
    [InlineData("Energy", "2ms", "'2ms' is not an energy such as 2mJ")]
    [InlineData("InputPasses", "0", "'0' is not a number of passes from 1 to 16")]
    public void Execute_NoQuantity_IsAnErrorInTheWordsOfTheCommandLine(string name, string value, string fault)
    {
        Assert.False(_project.Prepare(TemporaryProject.Item("net.onnx", (name, value))).Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal(
            ("MCU7052", 3, $"The McuModel item 'net.onnx' has a wrong {name}: {fault}."),
            (error.Code, error.LineNumber, error.Message)
        );
    }

    [Fact]
    public void Execute_QuantityOfAnUndefinedProperty_ShowsHowItIsWritten()
    {
        using var project = new TemporaryProject("""    <McuModel Include="net.onnx" Device="nrf52840" Sram="$(Kilobytes)KB" />""");
        Assert.False(project.Prepare(TemporaryProject.Item("net.onnx", ("Sram", "KB"))).Execute());
        Assert.EndsWith(
            """65536. It is written Sram="$(Kilobytes)KB"; is the property defined?""",
            Assert.Single(project.Log.Errors).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Execute_WildcardThatMatchesNothing_WarnsAtItsLine()
    {
        using var project = new TemporaryProject(
            """
                <McuModel Include="*.onnx" Device="nrf52840" />
                <McuModel Include="nets/**/*.onnx" Device="nrf52840" />
                <McuModel Include="often/*.onnx" Device="nrf52840" Condition="'$(Often)' == 'true'" />
            """
        );
        Assert.True(project.Prepare(TemporaryProject.Item()).Execute());
        var warning = Assert.Single(project.Log.Warnings);
        Assert.Equal(("MCU7051", 4), (warning.Code, warning.LineNumber));
        Assert.Contains("'nets/**/*.onnx' matches no file", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_OneFileTwice_IsFoundAtItsOwnLine()
    {
        using var project = new TemporaryProject(
            """
                <McuModel Include="net.onnx" Device="nrf52840" />
                <McuModel Include="net.onnx" Device="rp2040" Name="other" Sram="many" />
            """
        );
        Assert.False(
            project
                .Prepare(
                    TemporaryProject.Item(),
                    TemporaryProject.Item("net.onnx", ("Device", "rp2040"), ("Name", "other"), ("Sram", "many"))
                )
                .Execute()
        );
        Assert.Equal(4, Assert.Single(project.Log.Errors).LineNumber);
    }

    [Fact]
    public void Execute_UpToDateModel_IsNotStale()
    {
        var prepare = _project.Prepare(TemporaryProject.Item(), TemporaryProject.Item("net.onnx", ("Name", "other")));
        Assert.True(prepare.Execute());
        Assert.Equal(["net", "other"], prepare.StaleModels.Select(m => m.GetMetadata("McuName")));
        new BuildStamp(_project.PathOf("obj/mcunet/net/net")).Set(prepare.PreparedModels[0].GetMetadata("Fingerprint"), [], []);
        File.WriteAllText(
            _project.PathOf("obj/mcunet/net/net.json"),
            """{"summary":"net: 1 of 2 bytes","diagnostics":[{"id":"MCU4020","severity":"warning","message":"close"}]}"""
        );
        Assert.True(prepare.Execute());
        Assert.Equal(["other"], prepare.StaleModels.Select(m => m.GetMetadata("McuName")));
        Assert.Equal("net: 1 of 2 bytes", Assert.Single(_project.Log.Shown));
        Assert.Equal(("MCU4020", 3), (Assert.Single(_project.Log.Warnings).Code, _project.Log.Warnings[0].LineNumber));
    }

    [Theory]
    [InlineData("C#", ".NETCoreApp", "v8.0", "12.0", false, "c,csharp", "spans")]
    [InlineData("C#", ".NETCoreApp", "v10.0", "latest", false, "c,csharp", "spans")]
    [InlineData("C#", ".NETStandard", "v2.0", "7.3", false, "c,csharp", "arrays")]
    [InlineData("C#", ".NETFramework", "v4.7.2", "7.3", false, "c,csharp", "arrays")]
    [InlineData("C#", ".NETFramework", "v4.8", "12", false, "c,csharp", "arrays")]
    [InlineData("C#", ".NETCoreApp", "v6.0", "7.3", false, "c,csharp", "arrays")]
    [InlineData("C#", ".NETnanoFramework", "v1.0", "9.0", true, "c,nanoframework", "arrays")]
    [InlineData("", "", "v1.0", "", true, "c,nanoframework", "arrays")]
    [InlineData("VB", ".NETCoreApp", "v10.0", "16.9", false, "c", "spans")]
    [InlineData("F#", ".NETCoreApp", "v10.0", "", false, "c", "spans")]
    public void Execute_Framework_DecidesTargetAndDialect(
        string language,
        string framework,
        string version,
        string langVersion,
        bool nano,
        string target,
        string dialect
    )
    {
        var prepare = For(language, framework, version, langVersion, nano);
        Assert.True(prepare.Execute());
        var arguments = File.ReadAllLines(_project.PathOf("obj/mcunet/net/net.rsp"));
        Assert.Equal(target, arguments[Array.IndexOf(arguments, "--target") + 1]);
        Assert.Equal(dialect, Assert.Single(prepare.PreparedModels).GetMetadata("Dialect"));
        var message = Diagnostic.Create(DiagnosticCatalog.BuildLanguageWithoutClass, "App.csproj", language).Message;
        Assert.Equal(target == "c" ? [message] : [], _project.Log.Shown);
    }

    [Theory]
    [InlineData(".NETStandard", "v1.6", "7.3", "it is for .NETStandard v1.6, and it needs 2.0 or newer")]
    [InlineData(".NETFramework", "v3.5", "7.3", "it is for .NETFramework v3.5, and it needs 4.6.1 or newer")]
    [InlineData(".NETMicroFramework", "v4.3", "7.3", "it is for .NETMicroFramework v4.3, which is not known")]
    [InlineData(".NETCoreApp", "v8.0", "7", "it is for C# 7, and it needs C# 7.3 or newer")]
    public void Execute_FrameworkThatCannot_IsOneError(string framework, string version, string langVersion, string problem)
    {
        var prepare = For("C#", framework, version, langVersion, nano: false);
        prepare.Models = [.. prepare.Models, TemporaryProject.Item("net.onnx", ("Name", "other"))];
        Assert.False(prepare.Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7055", error.Code);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        var onlyC = For("C#", framework, version, langVersion, nano: false);
        onlyC.Target = "c";
        Assert.True(onlyC.Execute());
    }

    private PrepareMcuModels For(string language, string framework, string version, string langVersion, bool nano)
    {
        var prepare = _project.Prepare(TemporaryProject.Item());
        (
            prepare.Language,
            prepare.TargetFrameworkIdentifier,
            prepare.TargetFrameworkVersion,
            prepare.LangVersion,
            prepare.IsNanoFramework
        ) = (language, framework, version, langVersion, nano);
        return prepare;
    }

    [Fact]
    public void Execute_NamesOfOneClass_AreReportedOnce()
    {
        var prepare = _project.Prepare(
            TemporaryProject.Item("net.onnx", ("Name", "my_net")),
            TemporaryProject.Item("net.onnx", ("Name", "MyNet"))
        );
        Assert.False(prepare.Execute());
        Assert.Equal("MCU7003", Assert.Single(_project.Log.Errors).Code);
    }

    [Fact]
    public void Execute_DesignTime_WarnsAndKeepsTheOtherModels()
    {
        var prepare = _project.Prepare(TemporaryProject.Item("missing.onnx"), TemporaryProject.Item());
        prepare.DesignTimeBuild = true;
        Assert.True(prepare.Execute());
        Assert.Equal("MCU1001", Assert.Single(_project.Log.Warnings).Code);
        Assert.Single(prepare.PreparedModels);
    }

    [Fact]
    public void Execute_HelpPageShipped_IsLinked()
    {
        File.WriteAllText(_project.PathOf("MCU7001.md"), "help");
        var prepare = _project.Prepare(new TaskItem("net.onnx"));
        prepare.HelpRoot = _project.Directory;
        prepare.Execute();
        Assert.Equal(new Uri(_project.PathOf("MCU7001.md")).AbsoluteUri, Assert.Single(_project.Log.Errors).HelpLink);
    }
}
