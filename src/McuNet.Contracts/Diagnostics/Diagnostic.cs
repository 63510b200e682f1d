using System.Globalization;

namespace McuNet.Diagnostics;

/// <summary>Where a diagnostic points: a file with 1-based line and column, 0 where unknown.</summary>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0);

/// <summary>A finding with its values filled in.</summary>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message, SourceLocation? Location = null)
{
    public string Id => Descriptor.Id;

    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>Texts among the values may come from files: they are shown on one line and without control characters.</summary>
    public static Diagnostic Create(DiagnosticDescriptor descriptor, params object[] values) =>
        new(
            descriptor,
            string.Format(
                CultureInfo.InvariantCulture,
                descriptor.Format,
                System.Array.ConvertAll(values, v => v is string text ? ShownText.Escape(text) : v)
            )
        );

    /// <summary>The form that MSBuild and editors recognise.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        var place =
            Location is null ? "mcunet"
            : Location.Line > 0 ? $"{Location.File}({Location.Line},{System.Math.Max(1, Location.Column)})"
            : Location.File;
        return $"{place}: {severity} {Id}: {Message}";
    }
}
