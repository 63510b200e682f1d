using System;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Options;

namespace McuNet.Compiler.Pipeline;

/// <summary>What to look for among the schedules.</summary>
public enum Objective
{
    /// <summary>Of those that fit the SRAM budget the fastest, or one that takes little longer for much less memory.</summary>
    Fit,

    /// <summary>The smallest arena.</summary>
    Memory,

    /// <summary>The fewest cycles, whatever the memory.</summary>
    Latency,
}

/// <summary>Limits for one model; null where the device decides or nothing was asked for.</summary>
/// <param name="SramBytes">Arena and stack.</param>
/// <param name="FlashBytes">Weights and code.</param>
/// <param name="ReserveSramBytes">What the rest of the firmware needs of any device, in place of its reservation.</param>
/// <param name="ReserveFlashBytes">The same of the flash.</param>
public sealed record Budgets(
    long? SramBytes = null,
    long? FlashBytes = null,
    double? LatencyMs = null,
    double? EnergyMj = null,
    long? ReserveSramBytes = null,
    long? ReserveFlashBytes = null
);

/// <summary>How the application hands over the input.</summary>
/// <param name="Passes">How often each row of a streamed input may be asked for.</param>
public sealed record InputDelivery(InputMode Mode, int Passes = 1);

/// <summary>Languages in which a model is generated.</summary>
[Flags]
public enum Targets
{
    C = 1,
    CSharp = 2,

    /// <summary>The C# for .NET nanoFramework, in place of the other.</summary>
    NanoFramework = 4,

    /// <summary>Beside the C, what runs it as part of a firmware of .NET nanoFramework.</summary>
    Interop = 8,
}

/// <summary>Everything beside the model that decides what is generated.</summary>
public sealed record CompileOptions
{
    /// <summary>A C identifier in lower case.</summary>
    public required string Name { get; init; }

    public required Device Device { get; init; }

    public Targets Targets { get; init; } = Targets.C | Targets.CSharp;

    public Budgets Budgets { get; init; } = new();

    public Objective Objective { get; init; } = Objective.Fit;

    public InputMode Input { get; init; } = InputMode.Resident;

    /// <summary>Name of the arena that the model shares with others that never run at the same time, a C identifier; null for one of its
    /// own.</summary>
    public string? SharedArena { get; init; }

    /// <summary>What bytes of pixels stand for at the first input; null where its quantisation says it.</summary>
    public PixelRange? Preprocess { get; init; }

    /// <summary>Whether an inference can be run piece by piece.</summary>
    public bool Stepped { get; init; }

    public WeightStorage WeightStorage { get; init; }

    public WeightFormat WeightFormat { get; init; }

    public KernelLinkage KernelLinkage { get; init; }

    /// <summary>The fastest kernels that may be used: this set, or a smaller one where the flash asks for it.</summary>
    public KernelSet KernelSet { get; init; }

    /// <summary>Which inputs and outputs the model keeps between inferences.</summary>
    public StateChoice States { get; init; } = StateChoice.None;

    /// <summary>By how many rows the window of an input moves on; null where inputs are whole.</summary>
    public WindowHop? Hop { get; init; }

    /// <summary>What layers that pad along rows see beyond the ends of that window.</summary>
    public HopPadding HopPadding { get; init; }

    /// <summary>How often each row of a streamed input may be asked for.</summary>
    public int InputPasses { get; init; } = 1;

    public InputDelivery Delivery => new(Input, InputPasses);

    /// <summary>Bytes of SRAM for arena and stack.</summary>
    public long SramBudget => Budgets.SramBytes ?? Device.SramBytes - (Budgets.ReserveSramBytes ?? Device.Reservations.SramBytes);

    /// <summary>Bytes of SRAM for the arena of a schedule with so many layers, by the estimate of its stack.</summary>
    public long ArenaBudget(int layers) => SramBudget - StackEstimate.Bytes(layers);

    /// <summary>Whether so many cycles on the device keep the limits of time and energy.</summary>
    public bool IsInTime(double cycles) =>
        !(Device.Milliseconds(cycles) > Budgets.LatencyMs) && !(Device.Millijoules(cycles) > Budgets.EnergyMj);

    /// <summary>Bytes of flash for weights and code.</summary>
    public long FlashBudget => Budgets.FlashBytes ?? Device.FlashBytes - (Budgets.ReserveFlashBytes ?? Device.Reservations.FlashBytes);

    /// <summary>The same for another device: budgets of bytes are those of one device, all else holds there too.</summary>
    public CompileOptions On(Device device) =>
        this with
        {
            Device = device,
            Budgets = Budgets with { SramBytes = null, FlashBytes = null },
        };
}
