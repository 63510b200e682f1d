using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Facade;

/// <summary>Makes valid C# names.</summary>
internal static class FacadeNames
{
    private const string Fallback = "McuNet.Models";

    private static readonly HashSet<string> Keywords =
    [
        .. (
            "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum "
            + "event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace "
            + "new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc "
            + "static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while"
        ).Split(' '),
    ];

    /// <summary>The name itself, or with <c>@</c> where it is a keyword.</summary>
    public static string Escape(string identifier) => Keywords.Contains(identifier) ? "@" + identifier : identifier;

    /// <summary>The project's root namespace with every character that C# refuses replaced by <c>_</c>.</summary>
    public static string Namespace(string? rootNamespace)
    {
        var parts = (rootNamespace ?? string.Empty).Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Identifier).ToArray();
        return parts.Length == 0 ? Fallback : string.Join(".", parts);
    }

    private static string Identifier(string text)
    {
        var name = string.Concat(text.Trim().Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : Escape(name);
    }
}
