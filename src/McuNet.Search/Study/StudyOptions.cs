namespace McuNet.Search.Study;

/// <summary>The budgets that a space is held against; null where there is none.</summary>
public sealed record StudyOptions(long SramBytes, long FlashBytes, double? LatencyMs = null, double? EnergyMj = null)
{
    /// <summary>
    /// Share of a sample that must fit before its mean counts. At 1 % the mean moves by about 17 % from seed to seed.
    /// </summary>
    public double Demanded { get; init; } = 0.05;

    public bool Fits(Needs needs) =>
        needs.SramBytes <= SramBytes && needs.FlashBytes <= FlashBytes && !(needs.LatencyMs > LatencyMs) && !(needs.EnergyMj > EnergyMj);
}
