using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using McuNet.Runtimes.Qemu;

namespace McuNet.Execution.Executors;

/// <summary>The emulated boards that execute a device's code, compiled with the device's own flags: what its <see cref="QemuTarget"/>
/// names.</summary>
public static class DeviceBoards
{
    /// <summary>The board nearest to the device; null for cores that are not emulated.</summary>
    public static QemuBoard? Of(Device device) => Board(device, device.Qemu.Machine);

    /// <summary>Runs something on the board of a device, and on one with more memory where the program is too large for that.</summary>
    /// <returns>What it gives; else MCU7021 where the core is not emulated.</returns>
    public static StageResult<T> On<T>(Device device, Func<QemuBoard, StageResult<T>> run)
        where T : class
    {
        if (Of(device) is not { } board)
            return StageResult<T>.Failure(Diagnostic.Create(DiagnosticCatalog.CoreNotEmulated, device.Id, device.CoreName));
        var result = run(board);
        return
            !result.Succeeded
            && result.Diagnostics.Any(d => d.Id == DiagnosticCatalog.BoardTooSmall.Id)
            && Board(device, device.Qemu.LargeMachine) is { } large
            ? run(large)
            : result;
    }

    private static QemuBoard? Board(Device device, string? machine) =>
        QemuBoard.All.FirstOrDefault(b => b.Machine == machine) is { } board
            ? board with
            {
                Waits = Waits(device.FlashAccess),
                CompilerFlags = device.CompilerFlags,
                HasCycleModel = board.HasCycleModel && device.Core.Id == CostModel.Yardstick,
            }
            : null;

    private static FlashWaits? Waits(FlashAccess? access)
    {
        static FlashWaits.Path Path(FlashPath p) =>
            new(p.Waits, p.ReadBytes, p.Prefetch, p.Cache?.Bytes ?? 0, p.Cache?.LineBytes ?? 0, p.Cache?.Ways ?? 0);
        return access is null ? null : new(Path(access.Instructions), Path(access.Data), access.SharedCache);
    }
}
