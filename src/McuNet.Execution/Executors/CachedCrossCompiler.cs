using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Files;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tools;

namespace McuNet.Execution.Executors;

/// <summary>
/// The cross compiler, where it is installed. Its answer for a text never changes, so it is kept in the user's cache: compiling large
/// tables takes longer than everything before. Kernels that models share count with each.
/// </summary>
public sealed class CachedCrossCompiler : ICrossCompiler
{
    private const string CompilerName = "arm-none-eabi-gcc";

    /// <summary>Changes where other figures are drawn from the same code.</summary>
    private const string Version = "2";

    public MeasuredCode? Measure(DeviceProgram program, ImmutableArray<GeneratedFile> code, Device device)
    {
        if (DeviceBoards.Of(device) is not { } board || CompilerStamp() is not { } compiler)
            return null;
        var entry = Path.Combine(CacheFolder.Root, "sizes", Key(code, board, compiler));
        if (Recall(entry) is { } known)
            return known;
        var compiled = ProgramFolder.InFolder(program, code, artifact => DeviceBoards.On(device, b => QemuEmulator.Compile(artifact, b)));
        if (!compiled.Succeeded)
            return null;
        var parts = compiled.Value.Sizes;
        var sizes = new MeasuredCode(parts.Text + parts.Rodata + parts.Data + parts.Library, compiled.Value.Stack.BoundBytes);
        Remember(entry, sizes);
        return sizes;
    }

    /// <summary>Path, size and time of the compiler on the PATH; null without one.</summary>
    private static string? CompilerStamp()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var names = OperatingSystem.IsWindows() ? new[] { CompilerName + ".exe" } : [CompilerName];
        var file = folders.SelectMany(f => names.Select(n => new FileInfo(Path.Combine(f, n)))).FirstOrDefault(f => f.Exists);
        return file is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    private static string Key(ImmutableArray<GeneratedFile> files, QemuBoard board, string compiler)
    {
        var text = string.Join(
            "\0",
            files.Select(f => f.Name + "\0" + f.Text).Append(string.Join(" ", board.CompilerFlags)).Append(compiler).Append(Version)
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static MeasuredCode? Recall(string entry)
    {
        try
        {
            var numbers = File.ReadAllText(entry).Split(' ');
            return numbers.Length == 2 ? new MeasuredCode(Number(numbers[0]), numbers[1] == "-" ? null : Number(numbers[1])) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static void Remember(string entry, MeasuredCode sizes)
    {
        try
        {
            FileBatch.Write(
                entry,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sizes.Flash} {(sizes.Stack is { } stack ? stack.ToString(CultureInfo.InvariantCulture) : "-")}"
                )
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
