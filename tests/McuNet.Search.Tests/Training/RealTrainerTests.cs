using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using McuNet.Search.Spaces;
using McuNet.Search.Training;
using McuNet.Tests;
using Xunit;

namespace McuNet.Search.Tests.Training;

/// <summary>The bundled trainer itself: its own tests, and one small training on real digits.</summary>
public sealed class RealTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-torch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TorchFact]
    public void PythonTests_AllPass()
    {
        var variables = TrainerCommand.Bundled(Torch.Python!.Python, 1).Environment.ToDictionary(v => v.Key, v => (string?)v.Value);
        variables["OMP_NUM_THREADS"] = "1";

        var run = ProgramRun.Good(
            Torch.Python.Python,
            ["-m", "unittest", "discover", "-s", Path.Combine(Torch.Repository, "tests", "McuNet.Search.Tests", "Trainer")],
            environment: variables
        );

        Assert.Contains("Ran ", run.Error, StringComparison.Ordinal);
    }

    [TorchOnMnistFact]
    public async Task Training_OnASubsetOfMnist_LearnsDigits()
    {
        var space = SpacePresets.Find("digits").Value;
        await using var trainer = new TrainerProcess(TrainerCommand.Bundled(Torch.Python!.Python, 1));
        var losses = new Collected();

        var state = (await trainer.InitAsync(new TrainerSetup(space, Dataset(), 1, Path.Combine(_folder, "checkpoints")))).Value;
        await trainer.TrainAsync(TrainingStage.Largest, Recipe(60), losses);
        var trained = (await trainer.TrainAsync(TrainingStage.Elastic, Recipe(60), losses)).Value;
        var networks = new[] { Extremes.Largest(space), Extremes.Smallest(space) };
        var accuracies = (await trainer.EvaluateAsync(networks)).Value;
        var tuned = (await trainer.FineTuneAsync(networks[0], Recipe(30))).Value;
        var exported = (await trainer.ExportAsync(networks[0], Path.Combine(_folder, "net.safetensors"), tuned.Weights)).Value;

        Assert.Equal((2700, 300, 500), (state.Dataset.Train, state.Dataset.Validation, state.Dataset.Test));
        Assert.Equal(60, trained.Step);
        Assert.InRange(accuracies.Accuracies[0], 0.3, 1);
        Assert.True(losses.All.Last(p => p.Stage == "largest").Loss < losses.All[0].Loss);
        Assert.InRange(tuned.Accuracy, 0.3, 1);
        Assert.Equal(tuned.Accuracy, exported.Accuracy);
        Assert.Equal(4 * NetworkLayer.Of(space, networks[0]).Sum(l => l.Weights + l.OutChannels), TensorBytes(exported.Path));
    }

    private static TrainingRecipe Recipe(int steps) =>
        new(steps)
        {
            Batch = 64,
            LearningRate = 0.4,
            LabelSmoothing = 0,
            WarmupSteps = 5,
            Subnets = 2,
        };

    /// <summary>What follows the header.</summary>
    private static long TensorBytes(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        file.ReadExactly(length);
        return file.Length - 8 - BitConverter.ToInt64(length);
    }

    private string Dataset()
    {
        string Mnist(string name) => Path.Combine(Torch.MnistFolder, name);
        var path = Path.Combine(_folder, "mnist.json");
        File.WriteAllText(
            path,
            JsonSerializer.Serialize(
                new
                {
                    version = 1,
                    name = "mnist",
                    format = "raw",
                    shape = new[] { 1, 28, 28 },
                    train = new { images = Mnist("train_x_u8_60000x28x28.bin.gz"), labels = Mnist("train_y_u8.bin") },
                    test = new { images = Mnist("test_x_u8_10000x28x28.bin"), labels = Mnist("test_y_u8.bin") },
                    limit = new { train = 3000, test = 500 },
                    validation = new { count = 300 },
                }
            )
        );
        return path;
    }
}
