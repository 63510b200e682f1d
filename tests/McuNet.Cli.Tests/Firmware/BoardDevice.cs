using System.IO;

namespace McuNet.Cli.Tests.Firmware;

/// <summary>Device files of boards that QEMU emulates.</summary>
internal static class BoardDevice
{
    public static string Write(
        Workspace workspace,
        string core,
        string flashAddress,
        string ramAddress,
        int flashBytes = 4 << 20,
        int reservedFlash = 4096
    ) =>
        workspace.Write(
            "board.json",
            $$"""
            {
              "id": "emulated", "name": "Emulated board", "vendor": "QEMU", "aliases": [], "core": "{{core}}",
              "features": ["dsp", "fpu-single", "hardware-divide", "long-multiply", "instruction-cache", "data-cache"], "clockHz": 25000000,
              "memory": [
                { "name": "RAM", "kind": "ram", "bytes": 1048576, "address": "{{ramAddress}}", "uses": ["arena"], "access": "none" },
                { "name": "ROM", "kind": "flash", "bytes": {{flashBytes}}, "address": "{{flashAddress}}", "uses": ["weights"], "access": "none" }
              ],
              "reservations": { "sramBytes": 8192, "flashBytes": {{reservedFlash}} }, "cost": { "flashReadCyclesPerByte": 0 }, "sources": ["hw/arm/mps2.c"]
            }
            """
        );
}
