using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary><c>mcunet train</c> with the fake trainer.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private static readonly string Fake = Path.Combine(AppContext.BaseDirectory, "McuNet.FakeTrainer.dll");

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Train_BothStages_PrintsOneObject()
    {
        var run = Train("", "--steps", "40", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["largest 40/40", "elastic 80/80"],
            run.Json["stages"]!.AsArray().Select(s => $"{s!["stage"]} {s["step"]}/{s["steps"]}")
        );
        Assert.InRange((double)run.Json["accuracy"]!, 0.01, 1);
        Assert.InRange((double)run.Json["ranking"]!["spearmanWithMacs"]!, -1, 1);
        Assert.Equal("digits", (string?)run.Json["space"]);
        Assert.Empty(run.Json["diagnostics"]!.AsArray());
    }

    [Fact]
    public void Train_WithoutJson_ShowsProgressAndResult()
    {
        var run = Train("", "--steps", "20");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("largest 20/20, loss 1.643, accuracy 35.7 %, 1000 images/s\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("validation accuracy of the largest network", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_DeadTrainer_IsAnErrorThatResumeGoesOnFrom()
    {
        var dead = Train("--die-always-at 60", "--steps", "100", "--json");

        Assert.Equal(1, dead.ExitCode);
        Assert.Equal("MCU8102", (string?)dead.Json["diagnostics"]![0]!["id"]);
        var resumed = Train("", "--steps", "100", "--resume", "--json");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(2, resumed.Json["stages"]!.AsArray().Count);
    }

    [Fact]
    public void Train_IntoAFolderWithACheckpoint_NeedsResume()
    {
        Directory.CreateDirectory(_workspace.Out);
        File.WriteAllText(Path.Combine(_workspace.Out, "supernet.safetensors"), "precious");

        var run = Train("", "--steps", "5");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(DiagnosticCatalog.TrainingCheckpointPresent.Id, run.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(_workspace.Out, "supernet.safetensors")));
    }

    [Fact]
    public void Train_WithoutDataset_IsWrongUsage()
    {
        var run = CommandRun.Of("train", "--space", "digits");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Training needs --space, --dataset and --out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfAnotherTrainer_NamesIt()
    {
        var run = CommandRun.Of("train", "--check", "--trainer", $"dotnet \"{Fake}\"", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("fake 1 on none, 1 processes", (string?)run.Json["trainer"]);
        Assert.True((bool)run.Json["ready"]!);
    }

    [Fact]
    public void Check_WithoutPython_SaysHowToGetIt()
    {
        var kept = Environment.GetEnvironmentVariable("MCUNET_PYTHON");
        try
        {
            Environment.SetEnvironmentVariable("MCUNET_PYTHON", Path.Combine(_workspace.Root, "no-python"));
            var run = CommandRun.Of("train", "--check", "--json");

            Assert.Equal(1, run.ExitCode);
            Assert.Equal(DiagnosticCatalog.TrainerMissing.Id, (string?)run.Json["diagnostics"]![0]!["id"]);
            Assert.Contains(
                "apt-get install python3 python3-torch python3-numpy",
                (string?)run.Json["diagnostics"]![0]!["message"],
                StringComparison.Ordinal
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable("MCUNET_PYTHON", kept);
        }
    }

    private CommandRun Train(string switches, params string[] more) =>
        CommandRun.Of([
            "train",
            "--space",
            "digits",
            "--dataset",
            _workspace.Write("data.json", "{}"),
            "--out",
            _workspace.Out,
            "--trainer",
            $"dotnet \"{Fake}\" {switches}",
            .. more,
        ]);
}
