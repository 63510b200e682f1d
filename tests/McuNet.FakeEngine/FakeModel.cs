using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;

namespace McuNet.FakeEngine;

/// <summary>
/// A "network" that copies its input to its output, described by lines of text: <c>fake-model</c>, then any of
/// <c>input N C H W</c>, <c>output N C</c>, <c>type int8</c>, <c>warning MCUnnnn text</c>, <c>error MCUnnnn text</c>, <c>crash</c>,
/// <c>garbage</c>.
/// </summary>
internal sealed record FakeModel
{
    public int[] Input { get; private set; } = [1, 3, 4, 4];

    public int[] Output { get; private set; } = [1, 5];

    public ElementType Type { get; private set; } = ElementType.Int8;

    public List<(string Id, DiagnosticSeverity Severity, string Message)> Findings { get; } = [];

    public bool Crash { get; private set; }

    public bool Garbage { get; private set; }

    /// <summary>Null where the file is not a fake model.</summary>
    public static FakeModel? Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.FirstOrDefault() != "fake-model")
            return null;
        var model = new FakeModel();
        foreach (var line in lines.Skip(1).Where(l => l.Length > 0))
            model.Apply(line.Split(' '));
        return model;
    }

    private void Apply(string[] words)
    {
        switch (words[0])
        {
            case "input":
                Input = Numbers(words);
                break;
            case "output":
                Output = Numbers(words);
                break;
            case "type":
                Type = Enum.Parse<ElementType>(words[1], ignoreCase: true);
                break;
            case "crash":
                Crash = true;
                break;
            case "garbage":
                Garbage = true;
                break;
            default:
                Findings.Add((words[1], Enum.Parse<DiagnosticSeverity>(words[0], ignoreCase: true), string.Join(' ', words.Skip(2))));
                break;
        }
    }

    private static int[] Numbers(string[] words) => [.. words.Skip(1).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
}
