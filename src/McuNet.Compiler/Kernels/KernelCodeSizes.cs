using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Bytes of code of the kernels, for estimates without a compiler. <c>code-bytes.txt</c> holds what GCC 12.2 makes of each at -O2: those
/// for vectors on Cortex-M55, those for the DSP extension on Cortex-M4, the portable ones on Cortex-M0. KernelCodeSizesTests measures it
/// (MCUNET_REGENERATE=1 writes it anew).
/// </summary>
public static class KernelCodeSizes
{
    /// <summary>Name of the data file.</summary>
    public const string File = "code-bytes.txt";

    private static readonly Lazy<FrozenDictionary<string, Function[]>> Functions = new(() =>
        KernelText
            .Of(File)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToFrozenDictionary(l => l[0], l => l[1..].Select(Read).ToArray())
    );

    /// <summary>A function that stands in the machine code by itself, rather than in those that call it.</summary>
    public readonly record struct Function(string Name, int Bytes)
    {
        public override string ToString() => FormattableString.Invariant($"{Name}={Bytes}");
    }

    /// <summary>The sources of which code is known.</summary>
    public static IEnumerable<string> Sources => Functions.Value.Keys;

    /// <param name="sources">File names of kernels and headers; repetitions do not count, nor do functions that several call.</param>
    public static int Bytes(IEnumerable<string> sources) =>
        sources.Distinct().SelectMany(s => Functions.Value.GetValueOrDefault(s, [])).DistinctBy(f => f.Name).Sum(f => f.Bytes);

    private static Function Read(string text)
    {
        var parts = text.Split('=');
        return new(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
