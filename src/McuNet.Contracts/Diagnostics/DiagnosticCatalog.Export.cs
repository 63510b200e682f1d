using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor WeightsUnreadable = new(
        "MCU8060",
        Error,
        "Weights file cannot be read",
        "The weights in '{0}' cannot be read: {1}. Export them again; a full disk or a stopped trainer leaves such files."
    );

    public static readonly DiagnosticDescriptor WeightsOfAnotherNetwork = new(
        "MCU8061",
        Error,
        "Weights belong to another network",
        "The weights in '{0}' are not those of network {1}: {2} ({3} differences in all). Export the weights of this network, from the same search space."
    );

    public static readonly DiagnosticDescriptor NetworkNotWritten = new(
        "MCU8062",
        Error,
        "Network file cannot be written",
        "The network cannot be written to '{0}': {1}. The weights in '{2}' are kept; make room, or name another file, and run the command again."
    );
}
