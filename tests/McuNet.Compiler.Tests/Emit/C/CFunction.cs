using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Tests.Emit.C;

/// <summary>A function that generated C, a kernel or a header defines, by itself or through a macro.</summary>
/// <param name="Specifiers">What stands before its name: macros, storage, type.</param>
/// <param name="Parameters">What stands between the parentheses.</param>
/// <param name="Body">From brace to brace where both are on its line, else empty.</param>
internal sealed partial record CFunction(string Name, string Specifiers, string Parameters, string Body)
{
    private const string Head = @"(?<head>(?:[A-Za-z_]\w*[ *]+)+?)(?<name>[A-Za-z_]\w*)\((?<parameters>(?:[^;{}()]|\([^;{}()]*\))*)\)";
    private static readonly string[] Protections = ["MN_INLINE", "MN_SHARED", "MN_KERNEL", "MN_OPAQUE"];

    /// <summary>Whether the arena, a row or a parameter block may come in.</summary>
    public bool TakesPointer => Parameters.Contains('*', StringComparison.Ordinal) || Parameters.Contains('[', StringComparison.Ordinal);

    /// <summary>Whether it may write where a pointer leads, also one behind it, rather than only say what bytes stand there.</summary>
    public bool MayWrite =>
        TakesPointer && Parameters.Replace("const uint8_t *", "", StringComparison.Ordinal).AsSpan().ContainsAny('*', '[');

    /// <summary>Whether it never stands by itself in compiled code.</summary>
    public bool IsInline => Specifiers.StartsWith("MN_INLINE ", StringComparison.Ordinal);

    /// <summary>Whether GCC concludes nothing from its body about its calls: it is part of its caller, or opaque.</summary>
    public bool IsProtected => Protections.Contains(Specifiers.Split(' ')[0]);

    /// <summary>An accessor of the header: it says where something lies in the arena, and reads and writes nothing.</summary>
    public bool OnlyReturnsAddress => Address().IsMatch(Body);

    public bool IsExposed => TakesPointer && !IsProtected && !OnlyReturnsAddress;

    /// <summary>All functions of a text; their heads begin a line, and so does the brace that opens a body of several lines.</summary>
    /// <exception cref="FormatException">There is a body whose head was not understood.</exception>
    public static ImmutableArray<CFunction> Parse(string text)
    {
        var plain = Definition().Matches(text).Select(m => Of(m, [], [])).ToArray();
        var (heads, bodies) = (plain.Count(f => f.Body.Length == 0), OpenedBody().Count(text));
        if (heads != bodies)
            throw new FormatException($"{bodies} bodies, but {heads} heads");
        return [.. plain, .. FromMacros(text)];
    }

    private static IEnumerable<CFunction> FromMacros(string text)
    {
        var templates = Template().Matches(text).ToLookup(m => m.Groups["macro"].Value);
        if (templates.Sum(t => t.Count()) != MacroBody().Count(text))
            throw new FormatException($"{MacroBody().Count(text)} bodies in macros, but {templates.Sum(t => t.Count())} heads");
        var aliases = Alias().Matches(text).ToLookup(m => m.Groups["macro"].Value, m => m.Groups["of"].Value);
        return from use in Use().Matches(text)
            from macro in aliases[use.Groups["macro"].Value].Append(use.Groups["macro"].Value)
            from template in templates[macro]
            select Of(template, Words(template.Groups["formal"].Value), Words(use.Groups["actual"].Value));
    }

    private static CFunction Of(Match match, string[] formal, string[] actual)
    {
        string Replaced(string text) => Word().Replace(text, w => Array.IndexOf(formal, w.Value) is var i and >= 0 ? actual[i] : w.Value);
        return new CFunction(
            Replaced(match.Groups["name"].Value),
            Replaced(match.Groups["head"].Value),
            match.Groups["parameters"].Value,
            match.Groups["body"].Value
        );
    }

    private static string[] Words(string list) => [.. list.Split(',').Select(w => w.Trim())];

    [GeneratedRegex($@"^{Head}(?:\n\{{$|[ ](?<body>\{{.*\}})$)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\)\n\{$", RegexOptions.Multiline)]
    private static partial Regex OpenedBody();

    [GeneratedRegex(
        $@"^\#define (?<macro>\w+)\((?<formal>[^)]*)\) \\\n {{4}}{Head}(?: \\\n {{4}}\{{ \\$|[ ](?<body>\{{.*\}})$)",
        RegexOptions.Multiline
    )]
    private static partial Regex Template();

    [GeneratedRegex(@"^    \{ \\$|^    \w.*\) \{.*\}$(?<=\\\n[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex MacroBody();

    [GeneratedRegex(@"^#define (?<macro>\w+)\(\w+\) (?<of>[A-Z]\w*)\(", RegexOptions.Multiline)]
    private static partial Regex Alias();

    [GeneratedRegex(@"^(?<macro>[A-Z]\w*)\((?<actual>[^\n)]*)", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\{ return (?:\((?:const )?\w+ \*\)(?:\((?:const )?void \*\))?)?\(?arena \+ \d+\)?; \}$")]
    private static partial Regex Address();
}
