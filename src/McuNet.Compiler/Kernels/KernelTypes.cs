using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>The element types that a kernel reads and writes, which its name states: s8, or s8f32 where they differ.</summary>
public static partial class KernelTypes
{
    /// <returns>How the tensors of a node differ from what its kernel reads and writes, or null; a kernel that copies bytes states no type.</returns>
    public static string? Mismatch(KernelCall call, NodeTypes types)
    {
        if (Name().Match(call.Function) is not { Success: true } name)
            return null;
        var (from, to) = (name.Groups[1].Value, name.Groups[2].Length > 0 ? name.Groups[2].Value : name.Groups[1].Value);
        return types.Inputs.All(t => NameOf(t.Element) == from) && NameOf(types.Output.Element) == to
            ? null
            : $"{call.Function} takes {string.Join(", ", types.Inputs.Select(t => NameOf(t.Element)))} and gives {NameOf(types.Output.Element)}";
    }

    /// <summary>Whether a kernel reads and writes elements of a certain type, rather than bytes.</summary>
    public static bool IsStated(string function) => Name().IsMatch(function);

    /// <summary>The integers that activations are.</summary>
    public static ImmutableArray<ElementType> Integers { get; } = [ElementType.Int8, ElementType.UInt8];

    /// <summary>All that activations are.</summary>
    public static ImmutableArray<ElementType> Activations { get; } = [.. Integers, ElementType.Float32];

    /// <summary>An element type as names of kernels have it.</summary>
    public static string NameOf(ElementType type) => type switch
    {
        ElementType.Int8 => "s8",
        ElementType.UInt8 => "u8",
        ElementType.Int16 => "s16",
        ElementType.Int32 => "s32",
        _ => "f32",
    };

    [GeneratedRegex("_(s8|u8|f32)(s8|u8|f32)?_(?:portable|dsp|mve)")]
    private static partial Regex Name();
}
