using System.Text.Json;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>A search with everything that its file names.</summary>
/// <param name="DatasetPath">The data set file, resolved.</param>
/// <param name="Folder">Holds state, log, checkpoints and results.</param>
/// <param name="Threads">For evaluations by the compiler; changes no result.</param>
public sealed record SearchJob(SearchFile File, SearchSpace Space, Device Device, string DatasetPath, string Folder, int Threads)
{
    public string LogPath => System.IO.Path.Combine(Folder, "evaluations.jsonl");

    public string TrainerFolder => System.IO.Path.Combine(Folder, "trainer");

    /// <summary>What a build of a candidate would be asked for.</summary>
    public CompileOptions Options =>
        new()
        {
            Name = "network",
            Device = Device,
            Budgets = File.Budgets,
            Objective = File.Objective,
            InputPasses = File.Passes,
        };
}
