using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Runtimes.Firmware;

/// <summary>
/// Reads the lines of a log that the firmware wrote, whatever a terminal or debugger put around them:
/// <code>
/// mn: begin format=1 project=0.1.0
/// mn: model name=digits file=… code=… cases=4
/// mn: run case=0 cycles=512345
/// mn: end status=0 lines=32 sum=305419896
/// </code>
/// Of several logs in a file the last counts.
/// </summary>
public static class BoardLogReader
{
    private const string Mark = "mn: ";
    private const string Format = "1";

    /// <summary>The log, or MCU7042.</summary>
    public static StageResult<BoardLog> Read(string path)
    {
        try
        {
            return StageResult<BoardLog>.Success(Parse(File.ReadAllLines(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return StageResult<BoardLog>.Failure(Diagnostic.Create(DiagnosticCatalog.BoardLogUnreadable, path, e.Message.TrimEnd('.')));
        }
    }

    private static BoardLog Parse(IEnumerable<string> text)
    {
        var lines = text.Where(l => l.Contains(Mark, StringComparison.Ordinal))
            .Select(l => l[l.IndexOf(Mark, StringComparison.Ordinal)..].TrimEnd('\r'))
            .ToArray();
        var begin = Array.FindLastIndex(lines, l => l.StartsWith(Mark + "begin ", StringComparison.Ordinal));
        if (begin < 0)
            throw new FormatException("no line begins a log with 'mn: begin'");
        lines = lines[begin..];
        var end = Array.FindIndex(lines, l => l.StartsWith(Mark + "end ", StringComparison.Ordinal));
        if (end < 0)
            throw new FormatException($"it breaks off after '{lines[^1]}'");
        return Gather([.. lines[..(end + 1)].Select(LogLine.Of)], lines[..end]);
    }

    private static BoardLog Gather(LogLine[] lines, string[] before)
    {
        LogLine One(string word) => lines.FirstOrDefault(l => l.Word == word) ?? throw new FormatException($"it has no line 'mn: {word}'");
        if (One("begin")["format"] is not Format)
            throw new FormatException($"it has format {One("begin")["format"]}, which another version of mcunet reads");
        var sum = BoardDigest.Of(Encoding.UTF8.GetBytes(string.Concat(before.Select(l => l + "\n"))));
        if (One("end").Number("lines") != before.Length)
            throw new FormatException($"it has {before.Length} lines of {One("end").Number("lines")}");
        if (One("end").Number("sum") != sum)
            throw new FormatException("a character of it was changed or lost on the way");

        var (model, board) = (One("model"), One("board"));
        IEnumerable<LogLine> All(string word) => lines.Where(l => l.Word == word);
        return new BoardLog
        {
            Identity = new BoardIdentity(One("begin")["project"], model["name"], model["file"], model["code"], board["device"]),
            Core = board["core"],
            ClockHz = board.Number("clock") is var clock and > 0 ? clock : null,
            Counter = board["counter"],
            Caches = board["caches"],
            Compiler = One("compiler").Rest("version"),
            Flags = One("flags").Rest("model"),
            Cases = (int)model.Number("cases"),
            Hooks =
                All("hooks").Select(l => new HookCost((int)l.Number("idle"), (int)l.Number("measuring"))).FirstOrDefault()
                ?? new HookCost(0, 0),
            Runs = [.. All("run").Select(l => l.Number("cycles"))],
            Layers = [.. All("layer").Select(l => new LayerRun((int)l.Number("index"), l.Number("steps"), l.Number("cycles")))],
            Wrong = [.. All("wrong").Select(Wrong)],
            Faults = [.. All("fault").SelectMany(l => l.Fields.Select(f => (f.Key, l.Number(f.Key))))],
            StackBytes = (int)One("stack").Number("bytes"),
            Status = (int)One("end").Number("status"),
        };
    }

    private static WrongOutput Wrong(LogLine line) =>
        new(
            (int)line.Number("case"),
            (int)line.Number("byte"),
            (int)line.Number("is"),
            (int)line.Number("expected"),
            (int)line.Number("differ"),
            line.Fields.ContainsKey("layer") ? (int)line.Number("layer") : null
        );

    /// <summary>A word and fields <c>key=value</c>; the value of a line with a single field may hold spaces.</summary>
    private sealed record LogLine(string Text, string Word, ImmutableDictionary<string, string> Fields)
    {
        public static LogLine Of(string text)
        {
            var words = text[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var fields = words.Skip(1).Select(w => w.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0]);
            return new LogLine(text, words.FirstOrDefault() ?? "", fields.ToImmutableDictionary(g => g.Key, g => g.First()[1]));
        }

        public string this[string key] =>
            Fields.TryGetValue(key, out var value) ? value : throw new FormatException($"'{Text}' has no {key}");

        public string Rest(string key) =>
            Text.IndexOf($" {key}=", StringComparison.Ordinal) is var at and >= 0
                ? Text[(at + key.Length + 2)..]
                : throw new FormatException($"'{Text}' has no {key}");

        public long Number(string key) =>
            long.TryParse(this[key], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new FormatException($"'{Text}' has no number as {key}");
    }
}
