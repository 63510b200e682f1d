using System;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>How much of something an inference takes.</summary>
/// <param name="Used">Bytes, milliseconds or millijoules.</param>
/// <param name="Limit">Null where nothing was asked for.</param>
public readonly record struct Use(double Used, double? Limit)
{
    /// <summary>What is left; negative where it is too much, null without a limit.</summary>
    public double? Margin => Limit - Used;

    public bool Holds => !(Used > Limit);

    /// <summary>The part of the limit that is used; 0 without a limit.</summary>
    public double Share => Limit is > 0 and var limit ? Used / limit : 0;
}

/// <summary>What a compiled model takes on its device, beside the limits.</summary>
public sealed record Requirements
{
    /// <summary>Arena and stack, in bytes.</summary>
    public required Use Sram { get; init; }

    /// <summary>Weights and code, in bytes.</summary>
    public required Use Flash { get; init; }

    public required Use LatencyMs { get; init; }

    /// <summary>Null where the device states no current.</summary>
    public required Use? EnergyMj { get; init; }

    /// <summary>Whether a limit of energy was given that nobody can check, as the device states no current.</summary>
    public required bool IsEnergyUnknown { get; init; }

    public required int ArenaBytes { get; init; }

    /// <summary>Weights, code and stack in bytes, and whether a cross compiler has measured them.</summary>
    public required Footprint Footprint { get; init; }

    public required KernelSet Kernels { get; init; }

    /// <summary>Multiply-accumulates of the schedule over those of the network: above 1 where bands of columns overlap.</summary>
    public required double MacFactor { get; init; }

    /// <summary>How often an inference goes through the rows of its input.</summary>
    public required int InputPasses { get; init; }

    public required double Cycles { get; init; }

    public bool Fits => Sram.Holds && Flash.Holds && LatencyMs.Holds && EnergyMj is not { Holds: false } && !IsEnergyUnknown;

    /// <summary>The largest share of a limit: above 1 where something does not hold.</summary>
    public double Share =>
        Math.Max(
            Math.Max(Sram.Share, Flash.Share),
            Math.Max(LatencyMs.Share, EnergyMj?.Share ?? (IsEnergyUnknown ? double.PositiveInfinity : 0))
        );

    /// <summary>What does not hold, as <c>no: SRAM, time</c>; <c>yes</c> where all does.</summary>
    /// <param name="device">The one that it was compiled for.</param>
    public string Verdict(Device device)
    {
        string[] missing =
        [
            .. Lack(Sram, "SRAM"),
            .. Lack(Flash, "flash"),
            .. Lack(LatencyMs, "time"),
            .. Lack(EnergyMj ?? default, "energy"),
            .. IsEnergyUnknown ? [$"{device.Id} states no current"] : Array.Empty<string>(),
        ];
        return missing.Length == 0 ? "yes" : $"no: {string.Join(", ", missing)}";
    }

    private static string[] Lack(Use use, string what) => use.Holds ? [] : [what];

    public static Requirements Of(Compilation compilation)
    {
        var (model, options) = (compilation.Model, compilation.Options);
        var energy = options.Device.Millijoules(model.Cycles);
        return new()
        {
            Sram = new(compilation.SramBytes, options.SramBudget),
            Flash = new(compilation.Footprint.Flash, options.FlashBudget),
            LatencyMs = new(options.Device.Milliseconds(model.Cycles), options.Budgets.LatencyMs),
            EnergyMj = energy is { } used ? new Use(used, options.Budgets.EnergyMj) : null,
            IsEnergyUnknown = energy is null && options.Budgets.EnergyMj is not null,
            ArenaBytes = model.Memory.ArenaBytes,
            Footprint = compilation.Footprint,
            Kernels = model.KernelSet,
            MacFactor = model.MacFactor,
            InputPasses = model.InputPasses,
            Cycles = model.Cycles,
        };
    }
}
