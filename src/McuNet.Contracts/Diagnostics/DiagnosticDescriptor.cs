namespace McuNet.Diagnostics;

/// <summary>One row of the catalogue: an id with one meaning, for ever.</summary>
/// <param name="Id"><c>MCU</c> and four digits; the first digit names the area (see <see cref="DiagnosticCatalog"/>).</param>
/// <param name="Title">The problem in a few words, without values.</param>
/// <param name="Format">Composite format of the message; ends in the next step to take.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Title, string Format)
{
    /// <summary>Path of the help page, relative to the repository.</summary>
    public string HelpPage => $"docs/diagnostics/{Id}.md";
}
