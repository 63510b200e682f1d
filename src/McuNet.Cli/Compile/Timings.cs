using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Compiler.Pipeline;

namespace McuNet.Cli.Compile;

/// <summary>How long the phases of a compilation took, in the order in which they first ran; one that runs several times counts
/// whole.</summary>
public sealed class Timings : Phases
{
    private readonly List<(string Phase, TimeSpan Time)> _all = [];

    public override T Run<T>(string phase, Func<T> work)
    {
        var begin = Stopwatch.GetTimestamp();
        var result = work();
        var time = Stopwatch.GetElapsedTime(begin);
        var known = _all.FindIndex(p => p.Phase == phase);
        if (known < 0)
            _all.Add((phase, time));
        else
            _all[known] = (phase, _all[known].Time + time);
        return result;
    }

    public override string ToString() =>
        FormattableString.Invariant(
            $"{string.Join(", ", _all.Select(p => FormattableString.Invariant($"{p.Phase} {p.Time.TotalMilliseconds:0}")))} ms; {_all.Sum(p => p.Time.TotalMilliseconds):0} ms in all"
        );

    public JsonArray Json() =>
        new([.. _all.Select(p => (JsonNode)new JsonObject { ["phase"] = p.Phase, ["ms"] = Math.Round(p.Time.TotalMilliseconds, 2) })]);
}
