namespace McuNet.Search.Evaluation;

/// <summary>What a network needs on a device, by the compiler's own schedule, plan and size estimate.</summary>
/// <param name="SramBytes">Arena and stack.</param>
/// <param name="FlashBytes">Constant tables and estimated code.</param>
/// <param name="TableBytes">Constant tables alone.</param>
/// <param name="Macs">Multiply-accumulates of the network.</param>
/// <param name="MacFactor">Multiply-accumulates executed per multiply-accumulate of the network: above 1 where bands of columns
/// overlap.</param>
/// <param name="Cycles">On the device.</param>
/// <param name="EnergyMj">Null where the device publishes no current.</param>
/// <param name="Schedule">Layers per segment in order, such as <c>1 1 5 2 1</c>; a layer computed as one long row has a <c>w</c>, a band of
/// columns a <c>b</c>.</param>
public sealed record Resources(
    long SramBytes,
    long ArenaBytes,
    long FlashBytes,
    long TableBytes,
    long Macs,
    double MacFactor,
    double Cycles,
    double LatencyMs,
    double? EnergyMj,
    string Schedule
);
