using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string PleaseReport = "This is a fault of the compiler; no code was generated. Please report it with the model.";

    public static readonly DiagnosticDescriptor ArenaBuffersCollide = new(
        "MCU9001",
        Error,
        "Arena plan is invalid: two buffers collide",
        "Arena buffers '{0}' and '{1}' both hold live data in bytes [{2}, {3}) at step {4} (their offsets are {5} and {6}). " + PleaseReport
    );

    public static readonly DiagnosticDescriptor ArenaPlacementInvalid = new(
        "MCU9002",
        Error,
        "Arena plan is invalid: a buffer is misplaced",
        "Arena buffer '{0}' at offset {1} {2}. " + PleaseReport
    );

    public static readonly DiagnosticDescriptor ArenaPlanIncomplete = new(
        "MCU9003",
        Error,
        "Arena plan is invalid: its buffers are not those of the problem",
        "The arena plan {0}. " + PleaseReport
    );

    public static readonly DiagnosticDescriptor ArenaClaimFalse = new(
        "MCU9004",
        Error,
        "Arena plan is invalid: its summary is false",
        "The arena plan {0}. " + PleaseReport
    );
}
