using McuNet.Diagnostics;

namespace McuNet.Manifest;

/// <summary>A finding of the engine that did not stop it, with its message filled in.</summary>
/// <param name="Id"><c>MCU</c> and four digits, a row of <see cref="DiagnosticCatalog"/>.</param>
public sealed record ManifestDiagnostic(string Id, DiagnosticSeverity Severity, string Message);
