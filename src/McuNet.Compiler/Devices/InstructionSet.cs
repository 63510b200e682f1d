namespace McuNet.Compiler.Devices;

/// <summary>The base instruction set; extensions are <see cref="DeviceFeatures"/>.</summary>
public enum InstructionSet
{
    /// <summary>Thumb without wide encodings: Cortex-M0, M0+.</summary>
    Armv6M,

    /// <summary>Thumb-2: Cortex-M3.</summary>
    Armv7M,

    /// <summary>Thumb-2 with the DSP extension: Cortex-M4, M7.</summary>
    Armv7EM,

    /// <summary>Cortex-M33.</summary>
    Armv8MMainline,

    /// <summary>Low-overhead loops and, optionally, vectors: Cortex-M55, M85.</summary>
    Armv81MMainline,

    /// <summary>RV32IMC.</summary>
    RiscV32,

    /// <summary>Xtensa LX6 and LX7 as configured by Espressif.</summary>
    Xtensa,
}
