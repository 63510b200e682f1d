using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace McuNet.Compiler.Report.Html;

/// <summary>The outline of what grows and shrinks over time, as few coordinates as a screen can show.</summary>
internal static class StairsPath
{
    /// <summary>Of a picture's units: narrower steps are joined with their neighbours.</summary>
    private const double Finest = 0.3;

    /// <param name="steps">Boxes in order of time, from y to y.</param>
    public static string Of(IEnumerable<(double Begin, double End, double From, double To)> steps)
    {
        var text = new StringBuilder();
        var (open, begin, end, from, to) = (false, 0.0, 0.0, 0.0, 0.0);
        foreach (var step in steps)
        {
            var touches = open && step.Begin - end < Finest / 2;
            if (touches && ((step.From == from && step.To == to) || end - begin < Finest))
            {
                (end, from, to) = (Math.Max(end, step.End), Math.Min(from, step.From), Math.Max(to, step.To));
                continue;
            }
            if (open)
                Append();
            (open, begin, end, from, to) = (true, step.Begin, step.End, step.From, step.To);
        }
        if (open)
            Append();
        return text.ToString();

        void Append() =>
            text.Append(
                CultureInfo.InvariantCulture,
                $"M{begin:0.##} {from:0.##}H{Math.Max(end, begin + Finest):0.##}V{to:0.##}H{begin:0.##}z"
            );
    }
}
