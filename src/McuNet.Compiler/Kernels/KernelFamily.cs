using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Kernels that differ in a few words alone are written once, as a template in which <c>@word@</c> stands for what a kernel has there: the
/// types of their elements (<c>@from@</c> and <c>@to@</c> the name of the type, s8, <c>@From@</c> and <c>@To@</c> the same capitalised,
/// <c>@from_t@</c> and <c>@to_t@</c>
/// what the language calls it), a suffix of names (<c>@suffix@</c>), or a function of real numbers (<c>@function@</c>,
/// <c>@expression@</c>, of vectors in C# <c>@vectors@</c>). A further kernel is a word in <see cref="Rows"/>.
/// </summary>
/// <param name="Template">The file that is embedded.</param>
/// <param name="Name">The name of the source of one kernel.</param>
/// <param name="Kernels">The words of each kernel.</param>
internal sealed record KernelFamily(string Template, string Name, ImmutableArray<ImmutableArray<KernelFamily.Word>> Kernels)
{
    private static readonly Element S8 = new(ElementType.Int8, "int8_t", "sbyte"),
        U8 = new(ElementType.UInt8, "uint8_t", "byte"),
        S16 = new(ElementType.Int16, "int16_t", "short"),
        F32 = new(ElementType.Float32, "float", "float");

    /// <summary>Kernels of integers of 8 and of 16 bits, with the least of them.</summary>
    private static readonly ImmutableArray<ImmutableArray<Word>> Integers =
    [
        [.. Types(S8, S8), new("least", "-128", "-128")],
        [.. Types(S16, S16), new("least", "-32768", "-32768")],
    ];

    /// <summary>Layers with weights that read or write 16 bits, with sums of 32 bits and of 64; sums of int8 that leave 32 bits become real
    /// numbers.</summary>
    private static readonly ImmutableArray<ImmutableArray<Word>> Sixteen =
    [
        Sums(S16, S16, isWide: false),
        Sums(S16, S16, isWide: true),
        Sums(S16, S8, isWide: false),
        Sums(S16, S8, isWide: true),
        Sums(S8, S16, isWide: false),
    ];

    /// <summary>Those with sums of 32 bits.</summary>
    private static readonly ImmutableArray<ImmutableArray<Word>> SixteenInWords =
    [
        Sums(S16, S16, isWide: false),
        Sums(S16, S8, isWide: false),
        Sums(S8, S16, isWide: false),
    ];

    /// <summary>Kernels by weights of float32, and by packed ones.</summary>
    private static readonly ImmutableArray<ImmutableArray<Word>> Weights =
    [
        [new("suffix", "", "")],
        [new("suffix", "_packed", "Packed")],
    ];

    private static ImmutableArray<KernelFamily> Rows { get; } =
    [
        .. Of(
            "mn_requantize_by_table",
            "RequantizeByTable",
            "mn_requantize_@from@@to@_portable",
            "Requantize@From@@to@Portable",
            Pairs([S8, U8], [S8, U8])
        ),
        .. Of(
            "mn_requantize_from_real",
            "RequantizeFromReal",
            "mn_requantize_@from@@to@_portable",
            "Requantize@From@@to@Portable",
            Pairs([F32], [S8, U8, S16])
        ),
        .. Of(
            "mn_requantize_to_real",
            "RequantizeToReal",
            "mn_requantize_@from@@to@_portable",
            "Requantize@From@@to@Portable",
            Pairs([S8, U8, S16], [F32])
        ),
        .. Of(
            "mn_rescale",
            "Rescale",
            "mn_requantize_@from@@to@_portable",
            "Requantize@From@@to@Portable",
            [Types(S16, S16), Types(S16, S8), Types(S8, S16)]
        ),
        .. Of("mn_conv_sixteen", "ConvSixteen", "mn_conv_@types@_portable@suffix@", "Conv@Types@Portable@Suffix@", Sixteen),
        .. Of(
            "mn_pointwise_sixteen",
            "PointwiseSixteen",
            "mn_pointwise_@types@_portable@suffix@",
            "Pointwise@Types@Portable@Suffix@",
            Sixteen
        ),
        .. Of(
            "mn_depthwise_sixteen",
            "DepthwiseSixteen",
            "mn_depthwise_@types@_portable@suffix@",
            "Depthwise@Types@Portable@Suffix@",
            Sixteen
        ),
        new("mn_sixteen_outputs.h.in", "mn_sixteen_outputs_@to@.h", [Types(S8, S8), Types(S16, S16)]),
        new("mn_conv_sixteen_dsp.c.in", "mn_conv_@types@_dsp.c", SixteenInWords),
        new("mn_pointwise_sixteen_dsp.c.in", "mn_pointwise_@types@_dsp.c", SixteenInWords),
        new("mn_depthwise_sixteen_dsp.c.in", "mn_depthwise_@types@_dsp.c", SixteenInWords),
        .. Of("mn_add_real", "AddReal", "mn_add_@from@_portable_real", "Add@From@PortableReal", Integers),
        .. Of("mn_max_pool", "MaxPool", "mn_max_pool_@from@_portable", "MaxPool@From@Portable", Integers),
        .. Of("mn_average_pool", "AveragePool", "mn_average_pool_@from@_portable", "AveragePool@From@Portable", Integers),
        .. Of("mn_mean_rows", "MeanRows", "mn_mean_@from@_portable_rows", "Mean@From@PortableRows", Integers),
        .. Of("mn_mean_columns", "MeanColumns", "mn_mean_@from@_portable_columns", "Mean@From@PortableColumns", Integers),
        .. Of(
            "mn_reshape",
            "Reshape",
            "mn_reshape_@from@_portable",
            "Reshape@From@Portable",
            [Types(S8, S8), Types(U8, U8), Types(S16, S16), Types(F32, F32)]
        ),
        .. Of(
            "mn_elements",
            "Elements",
            "mn_@function@_f32_portable",
            "@Function@F32Portable",
            [
                [.. Function("add", "(float)(x + y)"), new("vectors", "", "x + y")],
                [.. Function("mul", "(float)(x * y)"), new("vectors", "", "x * y")],
            ]
        ),
        .. Of("mn_gru", "Gru", "mn_gru_f32_portable@suffix@", "GruF32Portable@suffix@", Weights),
        .. Of("mn_lstm", "Lstm", "mn_lstm_f32_portable@suffix@", "LstmF32Portable@suffix@", Weights),
        .. Of("mn_rnn", "Rnn", "mn_rnn_f32_portable@suffix@", "RnnF32Portable@suffix@", Weights),
        .. Of(
            "mn_unary",
            "Unary",
            "mn_unary_f32_portable_@function@",
            "UnaryF32Portable@Function@",
            [.. RealFunctions.Expressions.Select(f => Function(f.Key, f.Value))]
        ),
    ];

    /// <summary>The sources of all kernels of all families, by name.</summary>
    public static FrozenDictionary<string, (string Template, Func<string, string> Fill)> Sources { get; } =
        Rows.SelectMany(f =>
                f.Kernels.Select(w => KeyValuePair.Create(f.Fill(f.Name, w), (f.Template, (Func<string, string>)(text => f.Fill(text, w)))))
            )
            .ToFrozenDictionary();

    /// <summary>What stands for a word of a template in C and in C#.</summary>
    internal sealed record Word(string Name, string C, string CSharp);

    /// <summary>An element type as names of kernels have it, and as C and C# do.</summary>
    private sealed record Element(ElementType Type, string C, string CSharp)
    {
        public string Name => KernelTypes.NameOf(Type);

        public string Capital => char.ToUpperInvariant(Name[0]) + Name[1..];
    }

    private string Fill(string text, ImmutableArray<Word> words)
    {
        var isC = Path.GetExtension(Name) != ".cs";
        return words.Aggregate(text, (t, w) => t.Replace($"@{w.Name}@", isC ? w.C : w.CSharp, StringComparison.Ordinal));
    }

    /// <summary>A family in C and in C#.</summary>
    private static KernelFamily[] Of(
        string template,
        string templateInCSharp,
        string function,
        string method,
        ImmutableArray<ImmutableArray<Word>> kernels
    ) => [new($"{template}.c.in", $"{function}.c", kernels), new($"{templateInCSharp}.cs.in", $"{method}.cs", kernels)];

    private static ImmutableArray<ImmutableArray<Word>> Pairs(Element[] from, Element[] to) =>
        [.. from.SelectMany(f => to.Select(t => Types(f, t)))];

    private static ImmutableArray<Word> Types(Element from, Element to) =>
        [
            new("from", from.Name, from.Name),
            new("From", from.Capital, from.Capital),
            new("from_t", from.C, from.CSharp),
            new("to", to.Name, to.Name),
            new("To", to.Capital, to.Capital),
            new("to_t", to.C, to.CSharp),
        ];

    private static ImmutableArray<Word> Sums(Element from, Element to, bool isWide)
    {
        var rest = from == to ? "" : to.Name;
        return
        [
            .. Types(from, to),
            new("types", from.Name + rest, from.Name + rest),
            new("Types", from.Capital + rest, from.Capital + rest),
            new("suffix", isWide ? "_wide" : "", isWide ? "_wide" : ""),
            new("Suffix", isWide ? "Wide" : "", isWide ? "Wide" : ""),
            new("sum_t", isWide ? "int64_t" : "int32_t", isWide ? "long" : "int"),
            new("Requantize", "", isWide ? "RequantizeLong" : "RequantizeInt"),
        ];
    }

    private static ImmutableArray<Word> Function(string name, string expression)
    {
        var method = string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return [new("function", name, name), new("Function", method, method), new("expression", RealFunctions.InC(expression), expression)];
    }
}
