using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Training;

/// <summary>The client against trainers that die, hang, lie, or find the disk full: a clear error, and no finished work lost.</summary>
public sealed class TrainerFaultTests : IDisposable
{
    private static readonly TrainingRecipe Recipe = new(100) { CheckpointEvery = 30 };

    private readonly FakeTrainerRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Death_Once_GoesOnFromTheCheckpoint()
    {
        await using var trainer = FakeTrainerRun.Trainer("--die-at", "70");
        await trainer.InitAsync(_run.Setup);
        var progress = new Collected();

        var trained = await trainer.TrainAsync(TrainingStage.Largest, Recipe, progress);

        Assert.Equal(100, trained.Value.Step);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], progress.All.Select(p => p.Step));
        var warning = Assert.Single(trained.Diagnostics);
        Assert.Equal(DiagnosticCatalog.TrainerRestarted, warning.Descriptor);
        Assert.Contains("exit code 9; last it said: fake trainer: asked to die at step 70", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Death_OfAChildThatDidNotResume_KeepsWhatThisRunTrained()
    {
        await using var trainer = FakeTrainerRun.Trainer("--die-at", "70");
        await trainer.InitAsync(_run.Setup with { Resume = false });

        var progress = new Collected();
        await trainer.TrainAsync(TrainingStage.Largest, Recipe, progress);

        Assert.Equal(100, progress.All.Last().Step);
        Assert.Equal(10, progress.All.Count);
    }

    [Fact]
    public async Task Death_Always_IsAnErrorThatKeepsTheCheckpoint()
    {
        await using (var trainer = FakeTrainerRun.Trainer("--die-always-at", "70"))
        {
            await trainer.InitAsync(_run.Setup);
            var trained = await trainer.TrainAsync(TrainingStage.Largest, Recipe);

            Assert.False(trained.Succeeded);
            Assert.Equal(["MCU8102", "MCU8108", "MCU8108"], trained.Diagnostics.Select(d => d.Id));
            Assert.Equal(DiagnosticCatalog.TrainerEnded, trained.Diagnostics[0].Descriptor);
        }

        await using var healthy = FakeTrainerRun.Trainer();
        Assert.Equal(60, (await healthy.InitAsync(_run.Setup)).Value.Step);
    }

    [Fact]
    public async Task Silence_IsAnErrorWithTheTime()
    {
        await using var trainer = new TrainerProcess(
            FakeTrainerRun.Command("--hang-in", "eval"),
            new TrainerLimits { Silence = TimeSpan.FromSeconds(10), Restarts = 0 }
        );
        await trainer.InitAsync(_run.Setup);

        var silent = await trainer.EvaluateAsync(FakeTrainerRun.Networks(1));

        Assert.Equal(DiagnosticCatalog.TrainerSilent, silent.Diagnostics.Single().Descriptor);
        Assert.Contains("said nothing for 10 s during 'eval'", silent.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hang_InTraining_IsRestarted()
    {
        await using var trainer = new TrainerProcess(
            FakeTrainerRun.Command("--hang-at", "45"),
            new TrainerLimits { Silence = TimeSpan.FromSeconds(10) }
        );
        await trainer.InitAsync(_run.Setup);

        var trained = await trainer.TrainAsync(TrainingStage.Largest, Recipe);

        Assert.Equal(100, trained.Value.Step);
        Assert.Contains("said nothing", Assert.Single(trained.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "it answers a request 4711 that was not made")]
    [InlineData("garbage", "the line 'Traceback (most recent call last):' is no JSON")]
    [InlineData("stage", "stage 'middle' was not asked for")]
    [InlineData("accuracy", "an accuracy of 1.5")]
    [InlineData("nan", "The JSON value could not be converted")]
    [InlineData("count", "4 accuracies for 3 architectures")]
    [InlineData("spearman", "a correlation of 0.123 where its own figures give")]
    [InlineData("file", "' does not exist")]
    public async Task Lie_IsRefused(string kind, string reason)
    {
        await using var trainer = FakeTrainerRun.Trainer("--lie", kind);
        var networks = FakeTrainerRun.Networks(3);

        var diagnostics = (await trainer.InitAsync(_run.Setup)).Diagnostics;
        if (diagnostics.IsEmpty)
            diagnostics = (await trainer.TrainAsync(TrainingStage.Largest, Recipe)).Diagnostics;
        if (diagnostics.IsEmpty)
            diagnostics = (await trainer.EvaluateAsync(networks)).Diagnostics;
        if (diagnostics.IsEmpty)
            diagnostics = (await trainer.RankAsync(networks)).Diagnostics;

        Assert.Equal(DiagnosticCatalog.TrainerUntrue, Assert.Single(diagnostics).Descriptor);
        Assert.Contains(reason, diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFiles_OfExportAndCalibration_AreRefused()
    {
        await using var trainer = FakeTrainerRun.Trainer("--lie", "file");
        await trainer.InitAsync(_run.Setup);

        var exported = await trainer.ExportAsync(FakeTrainerRun.Networks(1)[0], _run.InFolder("a.safetensors"));
        var images = await trainer.CalibrationSetAsync(16, _run.InFolder("b.safetensors"));

        Assert.Contains("a.safetensors' does not exist", Assert.Single(exported.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Contains("b.safetensors' does not exist", Assert.Single(images.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherProtocol_IsNamed()
    {
        await using var trainer = FakeTrainerRun.Trainer("--lie", "protocol");

        var state = await trainer.InitAsync(_run.Setup);

        Assert.Equal(DiagnosticCatalog.TrainerProtocol, Assert.Single(state.Diagnostics).Descriptor);
        Assert.Contains("speaks protocol 7, this tool 1", state.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullDisk_KeepsThePreviousCheckpoint()
    {
        await using (var trainer = FakeTrainerRun.Trainer("--disk-full-at", "60"))
        {
            await trainer.InitAsync(_run.Setup);
            var trained = await trainer.TrainAsync(TrainingStage.Largest, Recipe);

            Assert.Equal(
                [DiagnosticCatalog.TrainerRefused, DiagnosticCatalog.TrainerWarning, DiagnosticCatalog.TrainerWarning],
                trained.Diagnostics.Select(d => d.Descriptor)
            );
            Assert.Contains(
                "No space left on device. The previous one is kept. (code disk-full)",
                trained.Diagnostics[0].Message,
                StringComparison.Ordinal
            );
        }

        await using var later = FakeTrainerRun.Trainer();
        Assert.Equal(30, (await later.InitAsync(_run.Setup)).Value.Step);
    }

    [Fact]
    public async Task CheckpointOfAnotherSeed_IsRefusedAndStays()
    {
        await using (var trainer = FakeTrainerRun.Trainer())
        {
            await trainer.InitAsync(_run.Setup);
            await trainer.TrainAsync(TrainingStage.Largest, Recipe);
        }
        var before = File.ReadAllText(Path.Combine(_run.Checkpoints, "fake-checkpoint.json"));
        await using var other = FakeTrainerRun.Trainer();

        var state = await other.InitAsync(_run.Setup with { Seed = 8 });

        Assert.Contains("is of another seed (7, not 8)", Assert.Single(state.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_run.Checkpoints, "fake-checkpoint.json")));
    }

    [Fact]
    public async Task UnknownProgram_CannotBeStarted()
    {
        await using var trainer = new TrainerProcess(new TrainerCommand("mcunet-no-such-trainer", []));

        var hello = await trainer.HelloAsync();

        Assert.Equal(DiagnosticCatalog.TrainerNotStarted, Assert.Single(hello.Diagnostics).Descriptor);
    }
}
