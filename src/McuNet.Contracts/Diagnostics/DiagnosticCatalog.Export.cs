using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor WeightsUnreadable = new("MCU8040", Error,
        "Weights file cannot be read",
        "The weights in '{0}' cannot be read: {1}. Export them again; a full disk or a stopped trainer leaves such files.");

    public static readonly DiagnosticDescriptor WeightsOfAnotherNetwork = new("MCU8041", Error,
        "Weights belong to another network",
        "The weights in '{0}' are not those of network {1}: {2} ({3} differences in all). Export the weights of this network, from the same search space.");
}
