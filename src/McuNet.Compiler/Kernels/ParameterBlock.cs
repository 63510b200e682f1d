using System;
using System.Collections.Frozen;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Kernels;

/// <summary>What the fields of the parameter blocks of C kernels hold, read from the headers that declare them.</summary>
public static partial class ParameterBlock
{
    private static readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, (long Min, long Max)>>> Blocks = new(Read);

    /// <summary>The integer that a field cannot hold, with the largest that it can; null where all fit.</summary>
    public static (string Field, long Value, long Most)? Excess(KernelCall call)
    {
        if (call.IsDelivery || !Blocks.Value.TryGetValue(call.ParameterType, out var fields))
            return null;
        foreach (var parameter in call.Parameters.OfType<IntegerParameter>())
        {
            var (min, max) = fields[parameter.Name];
            if (parameter.Value < min || parameter.Value > max)
                return (parameter.Name, parameter.Value, max);
        }

        return null;
    }

    private static FrozenDictionary<string, FrozenDictionary<string, (long Min, long Max)>> Read() => KernelText.Sources
        .Where(s => s.EndsWith(".h", StringComparison.Ordinal))
        .SelectMany(s => KernelText.Structs(KernelText.Of(s)))
        .ToFrozenDictionary(
            b => b.Name,
            b => Field().Matches(b.Fields).ToFrozenDictionary(f => f.Groups[3].Value, f => Range(f.Groups[1].Length == 0, int.Parse(f.Groups[2].Value, CultureInfo.InvariantCulture))));

    private static (long Min, long Max) Range(bool signed, int bits) => signed ? (-(1L << (bits - 1)), (1L << (bits - 1)) - 1) : (0, (1L << bits) - 1);

    [GeneratedRegex(@"^ +(u?)int(8|16|32)_t (\w+);", RegexOptions.Multiline)]
    private static partial Regex Field();
}
