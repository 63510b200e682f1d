using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>
/// What GCC concludes from a function's body about calls of it, as its dumps say: that it is const or pure, or that control ends at an
/// access to a null pointer, which is what version 12 takes some pointers of loops for. Calls of such functions may be dropped.
/// </summary>
internal sealed partial record GccConclusion(string Function, string Conclusion)
{
    private const string Null = "ends at a null pointer";

    private static readonly string[] Dumps =
    [
        "-fdump-tree-local-pure-const2-details",
        "-fdump-tree-modref2-details",
        "-fdump-ipa-pure-const-details",
        "-fdump-ipa-modref-details",
    ];

    /// <summary>Whether a store may have been overlooked, rather than not be there.</summary>
    public bool OverlooksStores => Conclusion == Null;

    /// <summary>Compiles a C file and reads the dumps.</summary>
    public static ImmutableArray<GccConclusion> Of(string compiler, string file, params string[] flags)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["-std=c11", .. flags, .. Dumps, "-I", Path.GetDirectoryName(file)!, "-c", file, "-o", "model.o"];
        var outcome = new ToolProcess(compiler, arguments, folder.Path, TimeSpan.FromMinutes(5)).Run();
        Assert.True(outcome.Succeeded, outcome.Messages());
        var dumps = Directory.GetFiles(folder.Path).Where(f => DumpName().IsMatch(f)).ToArray();
        return dumps.Length == 0
            ? throw new InvalidDataException("the compiler wrote no dumps")
            : [.. dumps.SelectMany(f => Parse(File.ReadLines(f))).Distinct()];
    }

    /// <param name="dump">Lines of a dump of the passes modref and pure-const.</param>
    public static IEnumerable<GccConclusion> Parse(IEnumerable<string> dump)
    {
        var function = "";
        foreach (var line in dump)
        {
            if (Heading().Match(line) is { Success: true } heading)
                function = heading.Groups["name"].Value;
            if (line.Contains("NULL memory access; terminating BB", StringComparison.Ordinal))
                yield return new GccConclusion(function, Null);
            else if (Attribute().Match(line) is { Success: true } found)
                yield return new GccConclusion(found.Groups["name"].Value, found.Groups["kind"].Value);
        }
    }

    [GeneratedRegex(@"\.\d{3}[ti]\.\w")]
    private static partial Regex DumpName();

    [GeneratedRegex(@"^(?:;; Function |modref analyzing '| ?local analysis of )(?<name>\w+)")]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^(?:Function found to be (?:looping )?(?<kind>const|pure): (?<name>\w+)|modref analyzing '(?<name>\w+)[^']*' \(ipa=\d\) \((?<kind>const|pure)\))"
    )]
    private static partial Regex Attribute();
}
