using System;

namespace McuNet.Runtimes.Managed;

/// <summary>Writes input row <paramref name="row"/> into <paramref name="arena"/> from <paramref name="offset"/> on.</summary>
public delegate void ManagedRowSource(int row, sbyte[] arena, int offset);

/// <summary>A generated C# engine, compiled and loaded.</summary>
public interface IManagedEngine
{
    /// <summary>Elements the arena must have.</summary>
    int ArenaBytes { get; }

    /// <summary>Elements the array of words must have.</summary>
    int AccumulatorWords { get; }

    /// <summary>Whether the engine asks for its input row by row.</summary>
    bool StreamsInput { get; }

    /// <summary>Sets what the engine keeps between inferences; only where it keeps something.</summary>
    void Reset(sbyte[] arena);

    /// <summary>One inference of an engine whose input lies in the arena.</summary>
    void Run(sbyte[] arena, int[] accumulators);

    /// <summary>An engine with streamed input bound to the source of its rows; each call of the result is one inference.</summary>
    Action<sbyte[], int[]> Bind(ManagedRowSource source);
}
