using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Kernels that differ in the types of their elements alone are written once, as a template in which stand for what is read and written:
/// <c>@from@</c> and <c>@to@</c> the name of the type (s8), <c>@From@</c> and <c>@To@</c> the same capitalised, <c>@from_t@</c> and <c>@to_t@</c> what
/// the language calls it. A further element type is a row of <see cref="Element"/>s and a word in <see cref="Rows"/>.
/// </summary>
/// <param name="Template">The file that is embedded.</param>
/// <param name="Name">The name of the source of one kernel.</param>
internal sealed record KernelFamily(string Template, string Name, ImmutableArray<(KernelFamily.Element From, KernelFamily.Element To)> Types)
{
    private static readonly Element S8 = new(ElementType.Int8, "int8_t", "sbyte"), U8 = new(ElementType.UInt8, "uint8_t", "byte"), F32 = new(ElementType.Float32, "float", "float");

    private static ImmutableArray<KernelFamily> Rows { get; } =
    [
        .. Of("mn_requantize_by_table", "RequantizeByTable", "mn_requantize_@from@@to@_portable", "Requantize@From@@to@Portable", Pairs([S8, U8], [S8, U8])),
        .. Of("mn_requantize_from_real", "RequantizeFromReal", "mn_requantize_@from@@to@_portable", "Requantize@From@@to@Portable", Pairs([F32], [S8, U8])),
        .. Of("mn_requantize_to_real", "RequantizeToReal", "mn_requantize_@from@@to@_portable", "Requantize@From@@to@Portable", Pairs([S8, U8], [F32])),
        .. Of("mn_reshape", "Reshape", "mn_reshape_@from@_portable", "Reshape@From@Portable", [(S8, S8), (U8, U8), (F32, F32)]),
    ];

    /// <summary>The sources of all kernels of all families, by name.</summary>
    public static FrozenDictionary<string, (string Template, Func<string, string> Fill)> Sources { get; } =
        Rows.SelectMany(f => f.Types.Select(t => KeyValuePair.Create(f.Fill(f.Name, t), (f.Template, (Func<string, string>)(text => f.Fill(text, t)))))).ToFrozenDictionary();

    /// <summary>An element type as names of kernels have it, and as C and C# do.</summary>
    internal sealed record Element(ElementType Type, string C, string CSharp)
    {
        public string Name => KernelTypes.NameOf(Type);

        public string Capital => char.ToUpperInvariant(Name[0]) + Name[1..];
    }

    private string Fill(string text, (Element From, Element To) types)
    {
        var isC = Path.GetExtension(Name) == ".c";
        return text.Replace("@from@", types.From.Name, StringComparison.Ordinal).Replace("@to@", types.To.Name, StringComparison.Ordinal)
            .Replace("@From@", types.From.Capital, StringComparison.Ordinal).Replace("@To@", types.To.Capital, StringComparison.Ordinal)
            .Replace("@from_t@", isC ? types.From.C : types.From.CSharp, StringComparison.Ordinal)
            .Replace("@to_t@", isC ? types.To.C : types.To.CSharp, StringComparison.Ordinal);
    }

    /// <summary>A family in C and in C#.</summary>
    private static KernelFamily[] Of(string template, string templateInCSharp, string function, string method, ImmutableArray<(Element, Element)> types) =>
        [new($"{template}.c.in", $"{function}.c", types), new($"{templateInCSharp}.cs.in", $"{method}.cs", types)];

    private static ImmutableArray<(Element, Element)> Pairs(Element[] from, Element[] to) => [.. from.SelectMany(f => to.Select(t => (f, t)))];
}
