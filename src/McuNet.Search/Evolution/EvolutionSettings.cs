namespace McuNet.Search.Evolution;

/// <summary>With which networks an evolution begins.</summary>
public enum Seeding
{
    /// <summary>Random networks that fit.</summary>
    Random,

    /// <summary>Networks with one kernel, expansion and depth throughout that fit, largest first over all scales; random ones fill the
    /// rest.</summary>
    Uniform,
}

/// <summary>How an evolution runs.</summary>
/// <param name="Population">Networks of the first generation.</param>
/// <param name="Parents">How many of the best so far have children.</param>
/// <param name="Crossovers">Children of two parents per generation.</param>
/// <param name="Mutations">Children of one parent per generation.</param>
/// <param name="Probability">Of each gene to be drawn anew in a mutation.</param>
/// <param name="Generations">After the first.</param>
/// <param name="Redistribution">Probability that a mutation is a redistribution of kernels instead.</param>
public sealed record EvolutionSettings(
    int Population,
    int Parents,
    int Crossovers,
    int Mutations,
    double Probability,
    int Generations,
    Seeding Seeding,
    double Redistribution = 0
)
{
    /// <summary>As published with MCUNet.</summary>
    public static EvolutionSettings Paper { get; } = new(100, 20, 50, 50, 0.1, 30, Seeding.Random);

    /// <summary>For two CPU cores.</summary>
    public static EvolutionSettings Small { get; } = new(32, 8, 8, 8, 0.15, 8, Seeding.Uniform);

    /// <summary>Most networks that are scored.</summary>
    public int Evaluations => Population + Generations * (Crossovers + Mutations);
}
