using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Search.Spaces;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Training;

/// <summary>The client against a trainer that does what it should.</summary>
public sealed class TrainerProcessTests : IDisposable
{
    private static readonly TrainingRecipe Steps100 = new(100) { CheckpointEvery = 50 };

    private readonly FakeTrainerRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task AllOperations_InOrder_GiveCheckedAnswers()
    {
        await using var trainer = FakeTrainerRun.Trainer();
        var networks = FakeTrainerRun.Networks(6);
        var progress = new Collected();

        Assert.Equal("fake", (await trainer.HelloAsync()).Value.Name);
        Assert.Equal((null, 0, 10), Where((await trainer.InitAsync(_run.Setup)).Value));
        Assert.Equal(("largest", 100, false), Where((await trainer.TrainAsync(TrainingStage.Largest, Steps100, progress)).Value));
        Assert.Equal(("elastic", 100, false), Where((await trainer.TrainAsync(TrainingStage.Elastic, Steps100)).Value));
        var accuracies = (await trainer.EvaluateAsync(networks, progress: progress)).Value.Accuracies;
        var ranking = (await trainer.RankAsync(networks)).Value;
        var tuned = (await trainer.FineTuneAsync(networks[0], new TrainingRecipe(200))).Value;
        var exported = (await trainer.ExportAsync(networks[0], _run.InFolder("net.safetensors"), tuned.Weights)).Value;
        var images = (await trainer.CalibrationSetAsync(20, _run.InFolder("images.safetensors"), 64)).Value;

        Assert.Equal(Enumerable.Range(1, 10).Select(i => 10 * i), progress.All.Where(p => p.Op == "train").Select(p => p.Step));
        Assert.Equal(6, progress.All.Count(p => p.Op == "eval"));
        Assert.Equal(accuracies.ToArray(), ranking.Scores.ToArray());
        Assert.Equal((await trainer.EvaluateAsync([networks[0]], DataSplit.Test, tuned.Weights)).Value.Accuracies[0], tuned.Accuracy);
        Assert.True(new FileInfo(exported.Path).Length > NetworkLayer.Of(FakeTrainerRun.Space, networks[0]).Sum(l => 4 * l.Weights));
        Assert.Equal([64, 1, 20, 20], images.Shape.ToArray());
    }

    [Fact]
    public async Task Accuracies_OfTheSameSeed_AreTheSame()
    {
        var networks = FakeTrainerRun.Networks(3);
        var runs = new double[2][];
        for (var i = 0; i < 2; i++)
        {
            await using var trainer = FakeTrainerRun.Trainer();
            await trainer.InitAsync(_run.Setup);
            runs[i] = [.. (await trainer.EvaluateAsync(networks)).Value.Accuracies];
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task Train_Cancelled_KeepsACheckpointAndGoesOnLater()
    {
        await using var trainer = FakeTrainerRun.Trainer();
        await trainer.InitAsync(_run.Setup);
        using var cancellation = new System.Threading.CancellationTokenSource();
        var recipe = new TrainingRecipe(20_000) { CheckpointEvery = 1_000_000 };

        var stopped = (
            await trainer.TrainAsync(TrainingStage.Largest, recipe, new Collected { Then = _ => cancellation.Cancel() }, cancellation.Token)
        ).Value;

        Assert.True(stopped.Cancelled);
        Assert.InRange(stopped.Step, 10, 19_999);
        await using var next = FakeTrainerRun.Trainer();
        Assert.Equal(("largest", stopped.Step, 10), Where((await next.InitAsync(_run.Setup)).Value));
        var progress = new Collected();
        Assert.False((await next.TrainAsync(TrainingStage.Largest, recipe, progress)).Value.Cancelled);
        Assert.InRange(progress.All[0].Step, stopped.Step + 1, stopped.Step + 10);
    }

    [Fact]
    public async Task Evaluate_CancelledBefore_Throws()
    {
        await using var trainer = FakeTrainerRun.Trainer();
        await trainer.InitAsync(_run.Setup);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            trainer.EvaluateAsync(FakeTrainerRun.Networks(2), cancellation: new System.Threading.CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task Train_BeforeInit_IsAFaultOfTheCaller()
    {
        await using var trainer = FakeTrainerRun.Trainer();

        await Assert.ThrowsAsync<InvalidOperationException>(() => trainer.TrainAsync(TrainingStage.Largest, Steps100));
    }

    private static (string?, int, int) Where(TrainerState state) => (state.Stage, state.Step, state.Dataset.Classes.Length);

    private static (string, int, bool) Where(TrainedStage trained) => (trained.Stage, trained.Step, trained.Cancelled);
}
