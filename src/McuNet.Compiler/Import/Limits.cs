using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Sizes beyond which a tensor is refused: they fit no microcontroller, and sums of sizes stay within 32 bits below
/// them.</summary>
internal static class Limits
{
    public const int Elements = 1 << 26;

    /// <summary>Largest height or width: rows are simulated one by one.</summary>
    public const int Rows = 1 << 18;

    /// <summary>Largest kernel, stride, dilation or padding.</summary>
    public const int Window = ushort.MaxValue;

    /// <summary>Throws MCU1018 where dimensions hold more elements than are supported.</summary>
    public static void Require(string name, string kind, ImmutableArray<int> dims)
    {
        if (Product(dims) > Elements)
            throw ImportFailure.Of(DiagnosticCatalog.TooLarge, name, kind, $"[{string.Join(", ", dims)}]", $"{Elements:N0} elements");
    }

    /// <summary>The same for a shape, whose rows and columns have a limit too.</summary>
    public static void Require(string name, string kind, TensorShape shape)
    {
        Require(name, kind, [shape.Height, shape.Width, shape.Channels]);
        if (shape.Height > Rows || shape.Width > Rows)
            throw ImportFailure.Of(DiagnosticCatalog.TooLarge, name, kind, $"{shape.Height} rows of {shape.Width} columns", $"{Rows:N0}");
    }

    /// <summary>The product, or a number beyond every limit where it overflows.</summary>
    public static long Product(ImmutableArray<int> dims) =>
        dims.Contains(0) ? 0 : dims.Aggregate(1L, (a, b) => System.Math.Min(a * b, long.MaxValue >> 32));
}
