using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Files;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tools;

namespace McuNet.Cli;

/// <summary>
/// Replaces the estimated footprint by what the cross compiler makes of the generated C, where it is installed. The answer for a text and a
/// compiler never changes, so it is kept in the user's cache: compiling large tables takes longer than everything before. An arena takes no flash and
/// no stack, so that a model which shares one is measured with one of its own. Kernels that models share count with each.
/// </summary>
public static class Measurement
{
    private const string CompilerName = "arm-none-eabi-gcc";

    /// <summary>Changes where other figures are drawn from the same code.</summary>
    private const string Version = "2";

    public static Compilation Measure(Compilation compilation)
    {
        if (DeviceBoards.Of(compilation.Options.Device) is not { } board || CompilerStamp() is not { } compiler)
            return compilation;
        var files = CEmitter.EmitForMeasurement(compilation.Program with { SharedArena = null });
        var entry = Path.Combine(CacheFolder.Root, "sizes", Key(files, board, compiler));
        if (Recall(entry) is not { } sizes)
        {
            if (Compile(compilation, files) is not { } measured)
                return compilation;
            sizes = measured;
            Remember(entry, sizes);
        }
        var weights = compilation.Program.Constants.Bytes;
        return compilation with { Footprint = new Footprint(weights, compilation.Program.WeightStorage == WeightStorage.Blob ? sizes.Flash : sizes.Flash - weights, sizes.Stack ?? compilation.Footprint.Stack, Measured: true) };
    }

    /// <param name="Flash">Code, constants, initial values and library functions, in bytes.</param>
    /// <param name="Stack">Null where the call graph gives no bound.</param>
    private readonly record struct Sizes(int Flash, int? Stack);

    private static Sizes? Compile(Compilation compilation, ImmutableArray<GeneratedFile> files)
    {
        var compiled = Artifacts.InFolder(compilation.Program, files, artifact => DeviceBoards.On(compilation.Options.Device, board => QemuEmulator.Compile(artifact, board)));
        if (!compiled.Succeeded)
            return null;
        var sizes = compiled.Value.Sizes;
        return new Sizes(sizes.Text + sizes.Rodata + sizes.Data + sizes.Library, compiled.Value.Stack.BoundBytes);
    }

    /// <summary>Path, size and time of the compiler on the PATH; null without one.</summary>
    private static string? CompilerStamp()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var names = OperatingSystem.IsWindows() ? new[] { CompilerName + ".exe" } : [CompilerName];
        var file = folders.SelectMany(f => names.Select(n => new FileInfo(Path.Combine(f, n)))).FirstOrDefault(f => f.Exists);
        return file is null ? null : string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    private static string Key(ImmutableArray<GeneratedFile> files, QemuBoard board, string compiler)
    {
        var text = string.Join("\0", files.Select(f => f.Name + "\0" + f.Text).Append(string.Join(" ", board.CompilerFlags)).Append(compiler).Append(Version));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static Sizes? Recall(string entry)
    {
        try
        {
            var numbers = File.ReadAllText(entry).Split(' ');
            return numbers.Length == 2 ? new Sizes(Number(numbers[0]), numbers[1] == "-" ? null : Number(numbers[1])) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static void Remember(string entry, Sizes sizes)
    {
        try
        {
            FileBatch.Write(entry, string.Create(CultureInfo.InvariantCulture, $"{sizes.Flash} {(sizes.Stack is { } stack ? stack.ToString(CultureInfo.InvariantCulture) : "-")}"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
