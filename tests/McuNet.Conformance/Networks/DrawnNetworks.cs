using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Tests.Support;

namespace McuNet.Conformance.Networks;

/// <summary>The random networks of a run in one mode.</summary>
/// <param name="Mode">A name for messages, folders and figures.</param>
/// <param name="Devices">Whose kernels the networks have.</param>
internal record DrawnNetworks(string Mode, string[] Devices)
{
    private const int Kept = 300;
    private static readonly ConcurrentDictionary<(int, string), Lazy<RandomCase>> Cases = new();
    private static readonly object Figures = new();

    /// <summary>Where failures and figures go.</summary>
    public static string Folder { get; } = Path.Combine(Folders.Repository, "artifacts", "sweep");

    public IEnumerable<RandomCase> Networks(int count) => Enumerable.Range(SweepSize.FirstSeed, count).Select(Case);

    /// <summary>Adds a line to the figures of a sweep.</summary>
    public void Note(int networks, int failures)
    {
        if (!SweepSize.IsSweep)
            return;
        lock (Figures)
        {
            Directory.CreateDirectory(Folder);
            File.AppendAllText(Path.Combine(Folder, "figures.tsv"), $"{Mode}\t{networks}\t{failures}\n");
        }
    }

    private RandomCase Case(int seed) =>
        seed - SweepSize.FirstSeed >= Kept
            ? RandomCase.Create(seed, Devices)
            : Cases.GetOrAdd((seed, string.Join(',', Devices)), _ => new(() => RandomCase.Create(seed, Devices))).Value;
}
