using System.Collections.Immutable;
using static McuNet.Compiler.Devices.DeviceFeatures;

namespace McuNet.Compiler.Devices;

/// <summary>Derives GCC's machine flags from a core and the features that a chip maker chose for it.</summary>
internal static class CompilerOptions
{
    public static ImmutableArray<string> For(Core core, DeviceFeatures features)
    {
        if (!core.IsArm)
            return core.Flags;
        var hasFpu = features.HasFlag(FpuSingle);
        var flags = core.Flags.SetItem(core.Flags.Length - 1, core.Flags[^1] + Removed(core, features));
        flags = hasFpu ? flags.AddRange($"-mfpu={Fpu(core, features)}", "-mfloat-abi=hard") : flags.Add("-mfloat-abi=soft");
        return features.HasFlag(MveInteger) ? flags.AddRange(core.VectorFlags) : flags;
    }

    private static string Fpu(Core core, DeviceFeatures features) =>
        core.InstructionSet switch
        {
            InstructionSet.Armv81MMainline => "auto",
            _ when features.HasFlag(FpuDouble) => "fpv5-d16",
            InstructionSet.Armv7EM when core.Id == "cortex-m4" => "fpv4-sp-d16",
            _ => "fpv5-sp-d16",
        };

    private static string Removed(Core core, DeviceFeatures features) =>
        core.InstructionSet switch
        {
            InstructionSet.Armv8MMainline when !features.HasFlag(Dsp) => "+nodsp",
            InstructionSet.Armv81MMainline when !features.HasFlag(MveInteger) => "+nomve",
            InstructionSet.Armv81MMainline when !features.HasFlag(MveFloat) => "+nomve.fp",
            _ => "",
        };
}
