using System;
using System.Globalization;

namespace McuNet.Tasks;

/// <summary>What the project compiles its C# with, and so what the C# of models may use.</summary>
/// <param name="Language">Of the project: C#, VB, F#, or empty.</param>
/// <param name="Framework">Identifier, such as <c>.NETCoreApp</c>.</param>
/// <param name="Version">Such as <c>v4.7.2</c>.</param>
/// <param name="LangVersion">Of C#, such as <c>7.3</c> or <c>latest</c>.</param>
internal sealed record TargetPlatform(string Language, string Framework, string Version, string LangVersion, bool IsNanoFramework)
{
    private const string CSharp = "C#";

    /// <summary>The first C# with what engine and façade are written in, and with what the façade on spans says of null.</summary>
    private static readonly Version LeastLanguage = new(7, 3);
    private static readonly Version SpanLanguage = new(8, 0);

    private static readonly (string Framework, Version Arrays, Version? Spans)[] Frameworks =
    [
        (".NETCoreApp", new(2, 0), new(2, 1)),
        (".NETStandard", new(2, 0), new(2, 1)),
        (".NETFramework", new(4, 6, 1), null),
    ];

    /// <summary>Whether C# can reach the compiler of the project at all.</summary>
    public bool TakesCSharp => Language.Length == 0 || Language == CSharp || IsNanoFramework;

    /// <summary>Whether a façade in a file has arrays in place of spans.</summary>
    public bool UsesArrays =>
        IsNanoFramework || Row is not { Spans: { } spans } || Parsed(Version) < spans || LanguageNumber < SpanLanguage;

    /// <summary>Why the C# of models cannot be compiled; null where it can.</summary>
    public string? Problem
    {
        get
        {
            if (LanguageNumber < LeastLanguage)
                return $"C# {LangVersion}, and it needs C# {LeastLanguage} or newer";
            if (IsNanoFramework || Framework.Length == 0)
                return null;
            return Row is not { } row ? $"{Framework} {Version}, which is not known"
                : Parsed(Version) < row.Arrays ? $"{Framework} {Version}, and it needs {row.Arrays} or newer"
                : null;
        }
    }

    private (string Framework, Version Arrays, Version? Spans)? Row
    {
        get
        {
            foreach (var row in Frameworks)
                if (string.Equals(row.Framework, Framework, StringComparison.OrdinalIgnoreCase))
                    return row;
            return null;
        }
    }

    /// <summary>Words such as <c>latest</c> are newer than every number.</summary>
    private Version LanguageNumber => Parsed(LangVersion);

    private static Version Parsed(string text)
    {
        var digits = text.Trim().TrimStart('v', 'V');
        return System.Version.TryParse(digits, out var version) ? version
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? new(major, 0)
            : new(int.MaxValue, 0);
    }
}
