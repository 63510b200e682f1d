using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Tools;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Tests.Training;

/// <summary>A folder with a data set file, and fake trainers that misbehave as asked.</summary>
internal sealed class FakeTrainerRun : IDisposable
{
    public static readonly SearchSpace Space = SpacePresets.Find("digits").Value;

    public FakeTrainerRun()
    {
        File.WriteAllText(Dataset, "{}");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mcunet-trainer-").FullName;

    public string Dataset => Path.Combine(Folder, "data.json");

    public string Checkpoints => Path.Combine(Folder, "checkpoints");

    public TrainerSetup Setup => new(Space, Dataset, 7, Checkpoints);

    public static TrainerLimits Quick { get; } = new() { Silence = Patience, CancelGrace = Patience };

    private static TimeSpan Patience => TimeSpan.FromSeconds(20) * MachineSpeed.Slowness();

    public static TrainerCommand Command(params string[] switches) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "McuNet.FakeTrainer.dll"), .. switches]);

    public static TrainerProcess Trainer(params string[] switches) => new(Command(switches), Quick);

    public static IReadOnlyList<Architecture> Networks(int count)
    {
        var random = new SplitMix64(1);
        return [.. Enumerable.Range(0, count).Select(_ => Sampling.Uniform(Space, random))];
    }

    public string InFolder(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>Collects in the calling thread, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Collected : IProgress<TrainerProgress>
{
    public List<TrainerProgress> All { get; } = [];

    public Action<TrainerProgress>? Then { get; init; }

    public void Report(TrainerProgress value)
    {
        All.Add(value);
        Then?.Invoke(value);
    }
}
