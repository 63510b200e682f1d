using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor SramBudgetExceeded = new(
        "MCU4001",
        Error,
        "Not enough SRAM",
        "'{0}' needs {1:N0} bytes of SRAM (arena {2:N0}, stack {3:N0}), {4:N0} more than the {5:N0} available on {6}. "
            + "The peak is at '{7}', where these live: {8}. {9}"
    );

    public static readonly DiagnosticDescriptor FlashBudgetExceeded = new(
        "MCU4002",
        Error,
        "Not enough flash",
        "'{0}' needs {1:N0} bytes of flash (weights {2:N0}, code {3:N0}), {4:N0} more than the {5:N0} available on {6}. "
            + "The largest constants belong to {7}. {8}Use a smaller width multiplier or fewer classes, reserve less for the firmware (ReserveFlash), "
            + "or choose a device with more flash. {9}"
    );

    public static readonly DiagnosticDescriptor LatencyBudgetExceeded = new(
        "MCU4003",
        Error,
        "Too slow for the latency budget",
        "'{0}' takes about {1:0.##} ms on {2} at {3:0.#} MHz, {4:0.##} ms more than the {5:0.##} allowed. "
            + "Most cycles go to {6}. Lower the input resolution, use fewer channels there, set Optimize=\"latency\", or choose a faster device. {7}"
    );

    public static readonly DiagnosticDescriptor EnergyBudgetExceeded = new(
        "MCU4004",
        Error,
        "Too much energy per inference",
        "'{0}' takes about {1:0.###} mJ on {2}, {3:0.###} mJ more than the {4:0.###} allowed. "
            + "Most cycles go to {5}. Lower the input resolution, use fewer channels there, or choose a device with less current per MHz. {6}"
    );

    public static readonly DiagnosticDescriptor EnergyUnknown = new(
        "MCU4005",
        Error,
        "The energy budget cannot be checked",
        "The device {0} states no supply current, so the energy budget of {1:0.###} mJ for '{2}' cannot be checked. Remove Energy, or use a device file that states the current."
    );

    public static readonly DiagnosticDescriptor StreamedInputImpossible = new(
        "MCU4006",
        Error,
        "The input cannot be streamed",
        "'{0}' cannot take its input row by row: {1}. Use Input=\"resident\"."
    );

    public static readonly DiagnosticDescriptor LayerTooLarge = new(
        "MCU4009",
        Error,
        "Layer is larger than its kernel can count",
        "Node '{0}' ({1}) makes {2} with {3} = {4:N0}; its kernel holds at most {5:N0}. Give it the same values as an image of fewer channels, or split it."
    );

    public static readonly DiagnosticDescriptor StatesInSharedArena = new(
        "MCU4010",
        Error,
        "States would not outlast other models of the arena",
        "'{0}' keeps {2} states between inferences, and shares the arena '{1}' with models that would write over them. Remove Arena, or write State=\"none\" and hand the states over yourself."
    );

    public static readonly DiagnosticDescriptor BudgetNearlyUsed = new(
        "MCU4020",
        Warning,
        "Budget is nearly used up",
        "'{0}' uses {2:0.0} % of its {1}: {3} of {4} {5} on {6}. {7} Leave more than 5 % free, so that the next change of model or firmware does not break "
            + "the build."
    );

    public static readonly DiagnosticDescriptor NanoDataExceeded = new(
        "MCU4021",
        Error,
        "Too many constants for one assembly of .NET nanoFramework",
        "'{0}' has {1:N0} bytes of constants, more than the {2:N0} that an assembly of .NET nanoFramework holds; beyond them it would run with wrong data. "
            + "Most are in {3}. "
            + "Use a smaller network, or run the C of the model by interop, where its weights stay in flash."
    );

    public static readonly DiagnosticDescriptor NanoCodeExceeded = new(
        "MCU4022",
        Error,
        "Too much code for one assembly of .NET nanoFramework",
        "The {1} of '{0}' takes about {2:N0} bytes of IL, more than the {3:N0} that .NET nanoFramework can address; the network has {4} layers. Use fewer "
            + "layers, or run the C of the model by interop."
    );

    public static readonly DiagnosticDescriptor SharedArenaTooLarge = new(
        "MCU4008",
        Error,
        "Models that share an arena do not fit",
        "The models that share the arena '{0}' need {1:N0} bytes of SRAM (arena {2:N0}, stack {3:N0}), {4:N0} more than the {5:N0} that '{6}' may use. "
            + "Their arenas: {7}. Give all of them the same Sram, compile the largest with Optimize=\"memory\", or put '{6}' into another arena."
    );
}
