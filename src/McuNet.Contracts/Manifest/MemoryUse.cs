namespace McuNet.Manifest;

/// <summary>SRAM of one inference, in bytes.</summary>
/// <param name="Arena">Activations and scratch.</param>
/// <param name="Stack">Deepest stack of the generated code.</param>
/// <param name="Total">Arena, stack and anything static besides them.</param>
/// <param name="Budget">What the project or the device allows.</param>
public sealed record SramUse(long Arena, long Stack, long Total, long Budget);

/// <summary>Flash of the generated code, in bytes.</summary>
/// <param name="Weights">Constant data.</param>
/// <param name="Code">Machine code.</param>
/// <param name="Total">Weights and code.</param>
/// <param name="Budget">What the project or the device allows.</param>
/// <param name="CodeMeasured">The code size comes from a compiler run; otherwise it is estimated.</param>
public sealed record FlashUse(long Weights, long Code, long Total, long Budget, bool CodeMeasured = false);
