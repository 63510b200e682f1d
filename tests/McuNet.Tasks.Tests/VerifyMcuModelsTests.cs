using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class VerifyMcuModelsTests : IDisposable
{
    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Prepare_VerifyOnAnItem_WritesWhatDecidesWhatRuns()
    {
        var prepare = _project.Prepare(
            TemporaryProject.Item(
                "net.onnx",
                ("McuVerify", "QEMU"),
                ("McuVerifyCases", "cases.npz"),
                ("Optimize", "memory"),
                ("Kernels", "shared"),
                ("Calibration", "samples"),
                ("Arena", "vision")
            )
        );
        Assert.True(prepare.Execute());
        Assert.Single(prepare.StaleVerifications);
        Assert.Equal(
            [
                $"\"{_project.PathOf("net.onnx")}\"",
                "--device",
                "nrf52840",
                "--name",
                "net",
                "--optimize",
                "memory",
                "--calibration",
                $"\"{_project.PathOf("samples")}\"",
                "--cases",
                $"\"{_project.PathOf("cases.npz")}\"",
                "--on",
                "qemu",
                "--exact",
                "--json",
            ],
            File.ReadAllLines(_project.PathOf("obj/mcunet/net/net.verify.rsp"))
        );
        Assert.Contains(
            $"case absent {_project.PathOf("cases.npz")}",
            File.ReadAllLines(_project.PathOf("obj/mcunet/net/net.verify.inputs"))
        );
        Assert.Contains(prepare.FurtherInputs, i => i.ItemSpec == _project.PathOf("cases.npz"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    public void Prepare_WithoutVerify_AsksForNothing(string? verify)
    {
        var prepare = _project.Prepare(
            TemporaryProject.Item("net.onnx", ("McuVerify", verify ?? string.Empty), ("McuVerifyCases", "cases.npz"))
        );
        Assert.True(prepare.Execute());
        Assert.Empty(prepare.StaleVerifications);
        Assert.False(File.Exists(_project.PathOf("obj/mcunet/net/net.verify.rsp")));
    }

    [Fact]
    public void Prepare_UnknownExecutor_ListsThoseThereAre()
    {
        Assert.False(_project.Prepare(TemporaryProject.Item("net.onnx", ("McuVerify", "board"))).Execute());
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7006", error.Code);
        Assert.Contains("none, host, qemu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_Difference_IsAnErrorAtTheItemWithoutTheWarningsOfCompiling()
    {
        var runner = new FakeRunner(
            1,
            """
            {"diagnostics":[{"id":"MCU4022","severity":"warning","message":"said before"},{"id":"MCU7028","severity":"error","message":"byte 3"}]}
            """
        );
        Assert.False(Task(runner).Execute());
        Assert.Equal([("MCU7028", 3)], _project.Log.Errors.Select(e => (e.Code, e.LineNumber)));
        Assert.Empty(_project.Log.Warnings);
        Assert.Single(Stale());
    }

    [Fact]
    public void Execute_Equal_IsNotAskedAgainUntilSomethingChanges()
    {
        Assert.True(Task(new FakeRunner(0, """{"executors":[],"diagnostics":[]}""")).Execute());
        Assert.Single(Stale());
        Compiled();
        Assert.Empty(Stale());
        File.WriteAllText(_project.PathOf("net.onnx"), "another");
        Assert.Single(Stale());
    }

    private Microsoft.Build.Framework.ITaskItem[] Stale() => Prepared().StaleVerifications;

    /// <summary>Gives the model its stamp: one that is still to be compiled is still to be verified.</summary>
    private void Compiled() =>
        new BuildStamp(_project.PathOf("obj/mcunet/net/net")).Set(Prepared().PreparedModels[0].GetMetadata("Fingerprint"), [], []);

    private PrepareMcuModels Prepared()
    {
        var prepare = _project.Prepare(TemporaryProject.Item("net.onnx", ("McuVerify", "host")));
        Assert.True(prepare.Execute());
        return prepare;
    }

    private VerifyMcuModels Task(FakeRunner runner) =>
        new(runner)
        {
            BuildEngine = _project.Log,
            Models = Stale(),
            ProjectFile = _project.ProjectFile,
            EnginePath = _project.Engine,
            DotNetPath = "dotnet",
        };
}
