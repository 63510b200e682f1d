namespace McuNet.Compiler.Planning;

/// <summary>What the header of a model states about one inference on the device that it was compiled for.</summary>
public sealed record StatedFigures
{
    /// <summary>Device, core and clock, for people.</summary>
    public required string Device { get; init; }

    /// <summary>Bytes of stack of the invoke function.</summary>
    public required int StackBytes { get; init; }

    /// <summary>Bytes of weights and code.</summary>
    public required int FlashBytes { get; init; }

    /// <summary>Whether a cross compiler built the code and measured stack and flash; otherwise they are estimates.</summary>
    public required bool Measured { get; init; }

    /// <summary>Bytes of SRAM for arena and stack that the model had to fit in.</summary>
    public required long SramBudget { get; init; }

    /// <summary>Bytes of flash for weights and code.</summary>
    public required long FlashBudget { get; init; }

    /// <summary>Microseconds of one inference; 0 where none was given.</summary>
    public required long LatencyBudget { get; init; }

    /// <summary>Microjoules of one inference; 0 where none was given.</summary>
    public required long EnergyBudget { get; init; }
}
