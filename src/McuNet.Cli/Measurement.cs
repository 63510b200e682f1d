using System;
using System.IO;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.Qemu;

namespace McuNet.Cli;

/// <summary>Replaces the estimated footprint by what the cross compiler makes of the generated C, where it is installed.</summary>
public static class Measurement
{
    /// <summary>Stack of memset and memcpy, which the compiler's call graph does not see, in bytes.</summary>
    private const int LibraryStack = 48;

    public static Compilation Measure(Compilation compilation)
    {
        if (DeviceBoards.Of(compilation.Options.Device) is not { } board)
            return compilation;
        var folder = Path.Combine(Path.GetTempPath(), $"mcunet-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Artifacts.Write(folder, CEmitter.Emit(compilation.Model));
            var compiled = QemuEmulator.Compile(Artifacts.Describe(compilation.Model, folder), board);
            if (!compiled.Succeeded)
                return compilation;
            var sizes = compiled.Value.Sizes;
            var weights = Footprint.WeightBytes(compilation.Model);
            var stack = compiled.Value.Stack.BoundBytes + LibraryStack ?? compilation.Footprint.Stack;
            return compilation with
            {
                Footprint = new Footprint(weights, sizes.Text + sizes.Rodata + sizes.Data + sizes.Library - weights, stack, Measured: true),
            };
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
