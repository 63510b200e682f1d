using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Text;

namespace McuNet.Search.Training;

/// <summary>The child process to start, without a shell.</summary>
public sealed record TrainerCommand(string File, ImmutableArray<string> Arguments)
{
    private const string Module = "mcunet_train";

    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The folder of the Python files that come with the tool.</summary>
    public static string BundledFolder => Path.Combine(AppContext.BaseDirectory, "Trainer");

    /// <summary>The bundled trainer.</summary>
    /// <param name="python">A Python 3 with PyTorch.</param>
    public static TrainerCommand Bundled(string python, int threads, params string[] more) =>
        new(python, ["-m", Module, "--threads", threads.ToString(CultureInfo.InvariantCulture), .. more])
        {
            Environment = ImmutableDictionary<string, string>
                .Empty.Add("PYTHONPATH", PythonPath())
                .Add("PYTHONDONTWRITEBYTECODE", "1")
                .Add("PYTHONUNBUFFERED", "1"),
        };

    /// <summary>Splits a command line at spaces outside double quotes; null where it names no program. PYTHONPATH leads to the bundled
    /// trainer.</summary>
    public static TrainerCommand? Parse(string line)
    {
        var words = Words(line);
        return words.Count == 0 ? null : Bundled(words[0], 1) with { Arguments = [.. words.GetRange(1, words.Count - 1)] };
    }

    public override string ToString() => string.Join(' ', [File, .. Arguments]);

    private static string PythonPath() =>
        System.Environment.GetEnvironmentVariable("PYTHONPATH") is { Length: > 0 } inherited
            ? BundledFolder + Path.PathSeparator + inherited
            : BundledFolder;

    private static List<string> Words(string line)
    {
        var (words, word, quoted, started) = (new List<string>(), new StringBuilder(), false, false);
        foreach (var c in line)
        {
            if (c == '"')
            {
                (quoted, started) = (!quoted, true);
            }
            else if (c == ' ' && !quoted)
            {
                if (started)
                    words.Add(word.ToString());
                word.Clear();
                started = false;
            }
            else
            {
                word.Append(c);
                started = true;
            }
        }
        if (started)
            words.Add(word.ToString());
        return words;
    }
}

/// <summary>How long to wait for a trainer and how often to start it again.</summary>
public sealed record TrainerLimits
{
    /// <summary>Without any line from the trainer it counts as hanging.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After a cancellation.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Restarts per operation; the count begins anew with each checkpoint.</summary>
    public int Restarts { get; init; } = 2;
}
