using System;
using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>A model on a device.</summary>
public sealed record DeviceFit(Device Device, Requirements Needs);

/// <summary>Something that a user may do about a model that does not fit.</summary>
public abstract record ModelChange;

/// <summary>Another objective for the choice of a schedule.</summary>
public sealed record OtherObjective(Objective Objective) : ModelChange;

/// <summary>The application delivers the input row by row.</summary>
/// <param name="Passes">How often it may be asked for the same rows.</param>
public sealed record StreamedInput(int Passes) : ModelChange;

/// <summary>Segments cut into bands of columns, which compute some columns twice. A compilation takes them by itself where nothing else
/// fits.</summary>
public sealed record ColumnBands : ModelChange;

/// <summary>Kernels that take less scratch and less flash, in more cycles. A compilation takes them by itself where others do not fit the
/// flash.</summary>
public sealed record SmallerKernels(KernelSet Set) : ModelChange;

/// <summary>Weights in a memory of their own: only the code counts against the flash then.</summary>
public sealed record WeightsElsewhere : ModelChange;

/// <summary>The same layers on a smaller input.</summary>
public sealed record SmallerInput(int Height, int Width) : ModelChange;

/// <summary>The same layers with so many times the channels, each rounded as <see cref="ScaledChannels.Rounded"/> does.</summary>
public sealed record FewerChannels(double Factor) : ModelChange;

/// <summary>Two changes together, where none helps alone.</summary>
public sealed record BothChanges(ModelChange First, ModelChange Second) : ModelChange;

/// <summary>What a change comes to. Invariant: <paramref name="WhyNot"/> says something exactly where there are no
/// <paramref name="Needs"/>.</summary>
/// <param name="Change">The largest input and the most channels that fit, or the smallest that were tried where none do.</param>
/// <param name="Needs">Of the changed network, compiled.</param>
/// <param name="WhyNot">Why the change cannot be made.</param>
public sealed record ChangeFit(ModelChange Change, Requirements? Needs, string? WhyNot);

/// <summary>A model on many devices, and what would make it fit one of them.</summary>
/// <param name="Network">As the model states it, whatever the device.</param>
/// <param name="Devices">Those that it fits first, by the bytes of their SRAM; then the others, the one with the least excess
/// first.</param>
/// <param name="Wanted">The device that was asked about; null where none was.</param>
/// <param name="Changes">What would make it fit there; none where it does.</param>
public sealed record FitReport(
    NetworkGraph Network,
    ImmutableArray<DeviceFit> Devices,
    DeviceFit? Wanted,
    ImmutableArray<ChangeFit> Changes
);
