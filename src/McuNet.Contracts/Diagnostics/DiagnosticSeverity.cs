namespace McuNet.Diagnostics;

/// <summary>How much a diagnostic matters. An error stops the stage that raised it.</summary>
public enum DiagnosticSeverity
{
    Info,
    Warning,
    Error,
}
