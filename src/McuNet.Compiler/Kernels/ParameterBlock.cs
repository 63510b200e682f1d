using System;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Kernels;

/// <summary>A field of a parameter block as C declares it.</summary>
/// <param name="Element">Its type, or that of the elements of a table.</param>
public sealed record ParameterField(string Name, string Element, bool IsTable);

/// <summary>The parameter blocks of kernels, read from the C sources that declare them: blocks in C# have the same fields.</summary>
public static partial class ParameterBlock
{
    private static readonly Lazy<FrozenDictionary<string, Block>> Blocks = new(Read);

    /// <param name="Integers">What the integers among the fields hold.</param>
    private sealed record Block(ImmutableArray<ParameterField> Fields, FrozenDictionary<string, (long Min, long Max)> Integers);

    /// <summary>The fields of a block in declaration order.</summary>
    public static ImmutableArray<ParameterField> FieldsOf(string type) => Blocks.Value[type].Fields;

    /// <summary>The integer that a field cannot hold, with the largest that it can; null where all fit.</summary>
    public static (string Field, long Value, long Most)? Excess(KernelCall call)
    {
        if (call.IsDelivery)
            return null;
        var fields = Blocks.Value[call.ParameterType].Integers;
        foreach (var parameter in call.Parameters.OfType<IntegerParameter>())
        {
            var (min, max) = fields[parameter.Name];
            if (parameter.Value < min || parameter.Value > max)
                return (parameter.Name, parameter.Value, max);
        }

        return null;
    }

    private static FrozenDictionary<string, Block> Read() =>
        KernelText
            .Sources.SelectMany(s => KernelText.Structs(KernelText.Of(s)))
            .ToFrozenDictionary(
                b => b.Name,
                b => new Block(
                    [
                        .. Member()
                            .Matches(b.Fields)
                            .Select(f => new ParameterField(
                                f.Groups["name"].Value,
                                f.Groups["element"].Value,
                                f.Groups["table"].Length > 0
                            )),
                    ],
                    Integer()
                        .Matches(b.Fields)
                        .ToFrozenDictionary(
                            f => f.Groups[3].Value,
                            f => Range(f.Groups[1].Length == 0, int.Parse(f.Groups[2].Value, CultureInfo.InvariantCulture))
                        )
                )
            );

    private static (long Min, long Max) Range(bool signed, int bits) =>
        signed ? (-(1L << (bits - 1)), (1L << (bits - 1)) - 1) : (0, (1L << bits) - 1);

    [GeneratedRegex(@"^ +(const )?(?<element>\w+) (?<table>\*?)(?<name>\w+);", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^ +(u?)int(8|16|32)_t (\w+);", RegexOptions.Multiline)]
    private static partial Regex Integer();
}
