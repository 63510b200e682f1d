using System;
using System.Globalization;

namespace McuNet.FakeTrainer;

/// <summary>
/// How the trainer misbehaves: <c>--die-at N</c>, <c>--die-always-at N</c>, <c>--hang-at N</c>, <c>--disk-full-at N</c> at a step of
/// training,
/// <c>--die-in OP</c>, <c>--hang-in OP</c>, <c>--lie KIND</c> with id, protocol, accuracy, nan, count, spearman, file, stage, garbage.
/// </summary>
internal sealed class Switches(string[] arguments)
{
    public int DieAt => Number("--die-at");

    public int DieAlwaysAt => Number("--die-always-at");

    public int HangAt => Number("--hang-at");

    public int DiskFullAt => Number("--disk-full-at");

    /// <summary>How many it says to have.</summary>
    public int Processes => Value("--processes") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    public string? DieIn => Value("--die-in");

    public string? HangIn => Value("--hang-in");

    public bool Lies(string kind) => Value("--lie") == kind;

    private int Number(string name) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue;

    private string? Value(string name) => Array.IndexOf(arguments, name) is >= 0 and var at ? arguments[at + 1] : null;
}
