using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Scale and zero point of an activation.</summary>
internal static class QuantizationOperands
{
    private const int UnsignedSixteen = 1 << 15;

    /// <param name="isUnsignedSixteen">Whether integers are uint16, which are held as int16.</param>
    public static QuantizationParameters Of(Constant scale, Constant? zeroPoint, bool isUnsignedSixteen = false)
    {
        if (Constants.Scales(scale) is not [var value])
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationAxisNotSupported,
                scale.Name,
                1,
                scale.Count,
                "activations have one scale."
            );
        return new(value, (zeroPoint is null ? 0 : One(zeroPoint.Integers(), zeroPoint.Name)) - (isUnsignedSixteen ? UnsignedSixteen : 0));
    }

    private static int One(ImmutableArray<int> values, string name) =>
        values is [var value]
            ? value
            : throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationInvalid,
                name,
                "number of zero points",
                values.Length,
                "activations have one zero point."
            );
}
