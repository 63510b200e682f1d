using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;
using static McuNet.Compiler.Devices.DeviceFeatures;

namespace McuNet.Compiler.Devices;

/// <summary>Checks that the parts of a device agree with each other and with its core.</summary>
internal static class DeviceRules
{
    private static readonly ImmutableArray<(DeviceFeatures Feature, DeviceFeatures Needs)> Implications =
    [
        (FpuDouble, FpuSingle),
        (MveInteger, Dsp),
        (MveFloat, MveInteger | FpuSingle),
    ];

    /// <summary>Reads of a cache line at most.</summary>
    private const int MostReads = 32;

    public static void Check(Device device, LocatedValue root, FileFindings findings)
    {
        Names(device, At("id"), At("aliases"), findings);
        Features(device, At("features"), findings);
        Cost(device, At("cost"), findings);
        Memory(device, At("memory"), At("reservations"), findings);
        if (device.Qemu is { Machine: null, Reason: null })
            Contradiction(At("qemu"), "without a machine there must be a reason why the device is not emulated.");
        foreach (
            var machine in new[] { device.Qemu.Machine, device.Qemu.LargeMachine }
                .OfType<string>()
                .Where(m => !CoreTable.Machines.Contains(m))
        )
            Contradiction(
                At("qemu"),
                $"programs are not linked for the machine '{machine}', only for {string.Join(", ", CoreTable.Machines)}."
            );
        if (device.Sources.IsEmpty)
            Contradiction(At("sources"), "the numbers need at least one source.");

        LocatedValue At(string name) => root.Members.FirstOrDefault(m => m.Name == name)?.Value ?? root;

        void Contradiction(LocatedValue at, string problem) =>
            findings.Add(at.Offset, DiagnosticCatalog.DeviceInconsistent, at.Path, problem);
    }

    private static void Names(Device device, LocatedValue id, LocatedValue aliases, FileFindings findings)
    {
        if (!IsPlain(device.Id))
            findings.Add(
                id.Offset,
                DiagnosticCatalog.DeviceInconsistent,
                id.Path,
                $"'{device.Id}' must consist of lower-case letters, digits, '-' and '_', as it becomes part of file names."
            );
        foreach (var alias in device.Aliases.Where(a => DeviceNames.Key(a).Length == 0 || a != a.ToLowerInvariant()))
            findings.Add(
                aliases.Offset,
                DiagnosticCatalog.DeviceInconsistent,
                aliases.Path,
                $"'{alias}' must be lower case and contain a letter or digit."
            );
    }

    private static bool IsPlain(string id) =>
        id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') && char.IsAsciiLetterOrDigit(id[0]);

    private static void Features(Device device, LocatedValue at, FileFindings findings)
    {
        var missing = device.Core.Required & ~device.Features;
        var impossible = device.Features & ~(device.Core.Required | device.Core.Optional);
        if (missing != None)
            Add($"every {device.Core.Name} has {List(missing)}.");
        if (impossible != None)
            Add($"no {device.Core.Name} has {List(impossible)}.");
        foreach (var (feature, needs) in Implications)
            if (device.Has(feature) && !device.Has(needs))
                Add($"{List(feature)} needs {List(needs & ~device.Features)} as well.");

        void Add(string problem) => findings.Add(at.Offset, DiagnosticCatalog.DeviceInconsistent, at.Path, problem);
    }

    private static void Cost(Device device, LocatedValue at, FileFindings findings)
    {
        if (device.Cost.DspScale is not null && !device.Has(Dsp))
            findings.Add(at.Offset, DiagnosticCatalog.DeviceInconsistent, at.Path, "dspScale is given but the features lack dsp.");
        if (device.Cost.MveScale is not null && !device.Has(MveInteger))
            findings.Add(at.Offset, DiagnosticCatalog.DeviceInconsistent, at.Path, "mveScale is given but the features lack mve-integer.");
    }

    private static void Memory(Device device, LocatedValue memory, LocatedValue reservations, FileFindings findings)
    {
        foreach (var (region, value) in device.Memory.Zip(memory.Items))
        {
            if (region.Uses.HasFlag(MemoryUses.Arena) && region.Kind is MemoryKind.Flash or MemoryKind.ExternalFlash)
                Add(value, $"'{region.Name}' is {region.Kind} and cannot hold an arena, which is written.");
            if (region.Timing is { } timing && Fault(timing) is { } fault)
                Add(value, $"the timing of '{region.Name}' does not hold: {fault}");
            if (region.End > 1L << 32)
                Add(value, $"'{region.Name}' ends behind the 32-bit address space.");
        }

        var placed = device.Memory.Zip(memory.Items).Where(p => p.First.Address is not null).OrderBy(p => p.First.Address).ToArray();
        foreach (var (low, high) in placed.Zip(placed.Skip(1)).Where(p => p.First.First.End > p.Second.First.Address))
            Add(
                high.Second,
                $"'{high.First.Name}' at 0x{high.First.Address:X8} overlaps '{low.First.Name}', which ends at 0x{low.First.End:X8}."
            );

        Room(device.SramBytes, device.Reservations.SramBytes, "sramBytes", "RAM that can hold an arena");
        Room(device.FlashBytes, device.Reservations.FlashBytes, "flashBytes", "flash that can hold weights");

        void Room(long bytes, long reserved, string name, string what)
        {
            if (bytes == 0)
                Add(memory, $"there is no {what}.");
            else if (reserved >= bytes)
                Add(reservations, $"{name} is {reserved}, which leaves nothing of the {bytes} contiguous bytes of {what}.");
        }

        void Add(LocatedValue at, string problem) => findings.Add(at.Offset, DiagnosticCatalog.DeviceInconsistent, at.Path, problem);
    }

    private static string? Fault(MemoryTiming timing)
    {
        if (timing.WaitStates.IsEmpty)
            return "there are no wait states.";
        if (timing.WaitStates.Zip(timing.WaitStates.Skip(1)).Any(p => p.First.UpToHz >= p.Second.UpToHz))
            return "wait states are listed by rising clock.";
        if (timing is { SharedCache: true } and ({ Instructions.Cache: null } or { Data.Cache: not null }))
            return "a shared cache is that of instructions, and data have none of their own.";
        return Fault(timing.Instructions) ?? Fault(timing.Data);
    }

    private static string? Fault(MemoryPath path)
    {
        if (path.Cache is not { } cache)
            return null;
        if (cache.LineBytes % path.ReadBytes != 0 || cache.LineBytes / path.ReadBytes > MostReads)
            return $"a cache line of {cache.LineBytes} bytes is not 1 to {MostReads} reads of {path.ReadBytes}.";
        return cache.Bytes % ((long)cache.LineBytes * cache.Ways) == 0
            ? null
            : $"a cache of {cache.Bytes} bytes is not made of sets of {cache.Ways} lines of {cache.LineBytes}.";
    }

    private static string List(DeviceFeatures features) => string.Join(", ", DeviceReader.Words(features));
}
