using System;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Kernels;

/// <summary>What the fields of the parameter blocks of C kernels hold, read from the headers that declare them.</summary>
public static partial class ParameterBlock
{
    private const string Folder = "kernel/";

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

    private static FrozenDictionary<string, FrozenDictionary<string, (long Min, long Max)>> Read()
    {
        var assembly = typeof(ParameterBlock).Assembly;
        var text = new StringBuilder();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(".h", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            text.Append(reader.ReadToEnd());
        }

        return Block().Matches(text.ToString()).ToFrozenDictionary(
            b => b.Groups[2].Value,
            b => Field().Matches(b.Groups[1].Value).ToFrozenDictionary(f => f.Groups[3].Value, f => Range(f.Groups[1].Length == 0, int.Parse(f.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static (long Min, long Max) Range(bool signed, int bits) => signed ? (-(1L << (bits - 1)), (1L << (bits - 1)) - 1) : (0, (1L << bits) - 1);

    [GeneratedRegex(@"typedef struct \{([^}]*)\} (mn_\w+);")]
    private static partial Regex Block();

    [GeneratedRegex(@"^ +(u?)int(8|16|32)_t (\w+);", RegexOptions.Multiline)]
    private static partial Regex Field();
}
