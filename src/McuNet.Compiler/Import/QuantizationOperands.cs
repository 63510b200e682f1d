using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>Scale and zero point of an activation.</summary>
internal static class QuantizationOperands
{
    public static QuantizationParameters Of(Constant scale, Constant? zeroPoint)
    {
        if (Constants.Scales(scale) is not [var value])
            throw ImportFailure.Of(
                DiagnosticCatalog.QuantizationAxisNotSupported,
                scale.Name,
                1,
                scale.Count,
                "activations have one scale."
            );
        return new(value, zeroPoint is null ? 0 : One(zeroPoint.Integers(), zeroPoint.Name));
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
