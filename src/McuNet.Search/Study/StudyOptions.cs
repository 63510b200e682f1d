namespace McuNet.Search.Study;

/// <summary>How a space is studied.</summary>
/// <param name="SramBytes">Budget.</param>
/// <param name="FlashBytes">Budget.</param>
public sealed record StudyOptions(long SramBytes, long FlashBytes)
{
    /// <summary>Random networks per resolution and width.</summary>
    public int Samples { get; init; } = 1000;

    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Share of a sample that must fit before its mean counts. At 1 % the mean moves by about 17 % from seed to seed.
    /// </summary>
    public double Demanded { get; init; } = 0.05;
}
