using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Runtimes.GeneratedC;

namespace McuNet.Runtimes.Qemu;

/// <summary>Stack frame of one function, as the compiler laid it out.</summary>
public sealed record StackFrame(string Function, int Bytes);

/// <summary>What the compiler says about the model's stack.</summary>
/// <param name="Frames">Frames of the model's functions, largest first.</param>
/// <param name="BoundBytes">
/// No inference takes more: the deepest chain of calls from invoke, and below what a library function may take; assembly of the kernels
/// pushes nothing. The application's row source is not counted. Null where the call graph gives no bound: recursion, frames of variable
/// size, or calls through pointers in a model that has no row source.
/// </param>
public sealed partial record StackEstimate(ImmutableArray<StackFrame> Frames, int? BoundBytes)
{
    /// <summary>memset, memcpy and the functions for floats.</summary>
    private const int LibraryBytes = 48;

    /// <summary>Divisions of 64 bits and what makes a float of such a number, in libgcc, deepest on Armv6-M.</summary>
    private const int LongBytes = 96;

    public StackFrame? Largest => Frames.FirstOrDefault();

    /// <param name="callGraph">The .ci file of <c>gcc -fcallgraph-info=su</c>.</param>
    internal static StackEstimate Parse(string callGraph, CArtifact artifact)
    {
        var root = artifact.Name + (artifact.StreamedInput ? "_invoke_rows" : "_invoke");
        var nodes = Node()
            .Matches(callGraph)
            .Where(m => m.Groups["bytes"].Success)
            .ToDictionary(
                m => m.Groups["title"].Value,
                m =>
                    (
                        Bytes: int.Parse(m.Groups["bytes"].Value, CultureInfo.InvariantCulture),
                        Bounded: !m.Groups["kind"].Value.Equals("dynamic", StringComparison.Ordinal)
                    ),
                StringComparer.Ordinal
            );
        var calls = Edge().Matches(callGraph).ToLookup(m => m.Groups["from"].Value, m => m.Groups["to"].Value);
        var frames = nodes
            .Select(n => new StackFrame(n.Key[(n.Key.LastIndexOf(':') + 1)..], n.Value.Bytes))
            .OrderByDescending(f => f.Bytes)
            .ThenBy(f => f.Function, StringComparer.Ordinal)
            .ToImmutableArray();
        var depths = new Dictionary<string, int?>(StringComparer.Ordinal);

        int? Depth(string function)
        {
            if (function == "__indirect_call")
                return artifact.StreamedInput ? 0 : null;
            if (!nodes.TryGetValue(function, out var node))
                return function.EndsWith("ldivmod", StringComparison.Ordinal) || function.EndsWith("l2f", StringComparison.Ordinal)
                    ? LongBytes
                    : LibraryBytes;
            if (depths.TryGetValue(function, out var known))
                return known;
            depths[function] = null;
            int? deepest = node.Bounded ? 0 : null;
            foreach (var callee in calls[function])
                deepest = Depth(callee) is { } below && deepest is { } sofar ? Math.Max(sofar, below) : null;
            return depths[function] = deepest + node.Bytes;
        }

        return new StackEstimate(frames, nodes.ContainsKey(root) ? Depth(root) : null);
    }

    [GeneratedRegex(@"node: \{ title: ""(?<title>[^""]*)"" label: ""[^""]*?(?:\\n(?<bytes>\d+) bytes \((?<kind>[^)]*)\)[^""]*)?""")]
    private static partial Regex Node();

    [GeneratedRegex(@"edge: \{ sourcename: ""(?<from>[^""]*)"" targetname: ""(?<to>[^""]*)""")]
    private static partial Regex Edge();
}
