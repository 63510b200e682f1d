using System;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Bytes that kernels read from flash, and how long a core waits for them.</summary>
internal static class FlashCost
{
    /// <summary>Fewest pairs of pixels for which copying weights to RAM pays.</summary>
    public const int StagedPairs = 6;

    /// <summary>A cache of so many bytes holds the weights of most layers, so that copies of them gain nothing.</summary>
    private const int AmpleCacheBytes = 4096;

    /// <summary>Pairs whose outputs no copy of weights may cover from the start.</summary>
    private const int ClearPairs = 2;

    private const double CopyPerByte = 0.75;

    /// <summary>Code that a call runs through, at most.</summary>
    private const int MostCode = 1500;

    /// <summary>The share of waiting that prefetching leaves.</summary>
    private const double Unhidden = 0.625;

    /// <summary>Whether weights that are read again wait again.</summary>
    public static bool Stages(KernelTarget target) =>
        target.Flash is { Data.Waits: > 0 } flash && (flash.DataCache?.Bytes ?? 0) < AmpleCacheBytes;

    /// <summary>Waiting for so many bytes of constants, none of them cached, in cycles of the yardstick.</summary>
    public static double Read(KernelTarget target, double bytes) =>
        target.Flash is { } flash ? target.WaitScale * bytes / flash.Data.ReadBytes * flash.Data.Waits : 0;

    /// <summary>Waiting for code that another kernel has driven out of the cache.</summary>
    public static double FetchCode(KernelTarget target, double bytes) =>
        (target.Flash?.InstructionCache?.Bytes ?? 0) >= AmpleCacheBytes ? 0 : Fetch(target, Math.Min(bytes, MostCode));

    /// <summary>Waiting for what loops run through again and again, where the cache is smaller than that.</summary>
    public static double FetchLoops(KernelTarget target, double bytes) => target.HasSmallCodeCache ? Fetch(target, bytes) : 0;

    private static double Fetch(KernelTarget target, double bytes) =>
        target.Flash is { } flash
            ? target.WaitScale
                * bytes
                / flash.Instructions.ReadBytes
                * flash.Instructions.Waits
                * (flash.Instructions.Prefetch ? Unhidden : 1)
            : 0;

    /// <summary>Cycles of copying bytes from flash to RAM.</summary>
    public static double Copy(KernelTarget target, double bytes) => Read(target, bytes) + CopyPerByte * bytes;

    /// <summary>Bytes from flash where the same are read several times.</summary>
    public static double Repeated(KernelTarget target, double bytes, int times) =>
        bytes * (Fits(target, bytes) ? Math.Min(times, 1) : times);

    /// <summary>Bytes from flash of a row of pixels, each pair of which reads all of a stream but what is kept in RAM, as does an odd
    /// one.</summary>
    public static double PairBytes(int stream, int kept, int pixels, KernelTarget target) =>
        Repeated(target, stream - kept, pixels / 2) + (pixels % 2 != 0 && !(pixels > 1 && Fits(target, stream - kept)) ? stream - kept : 0);

    /// <summary>As <see cref="PairBytes"/>, where further records lie for a while at the end of the row of outputs, those of a pair
    /// <paramref name="layer"/> channels each.</summary>
    public static double StagedPairBytes(LinearShape layer, StreamRecords records, int pixels, int kept, KernelTarget target)
    {
        var (pairs, step, loose) = (pixels / 2, 2L * layer.Output.Channels, records.Count - kept);
        if (!Stages(target) || layer.Output.Channels % 4 != 0 || pairs < StagedPairs)
            return PairBytes(records.Bytes * records.Count, records.Bytes * kept, pixels, target);
        var staged = (int)Math.Min(loose, (pairs - ClearPairs) * step / records.Bytes);
        double read = staged;
        for (var pair = 1; pair <= pairs; pair++)
            read += Math.Max(loose - staged, loose - (pairs - pair) * step / records.Bytes);
        return records.Bytes * (read + (pixels % 2 != 0 ? loose : 0));
    }

    private static bool Fits(KernelTarget target, double bytes) => bytes <= (target.Flash?.DataCache?.Bytes ?? 0);
}
