using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>What the product writes goes through FileBatch, so that a kill or a full disk cuts nothing off.</summary>
public sealed class WritingTests
{
    private static readonly Regex Writes = new(
        @"\bFile\.(Write|Append|Create|Open(Write)?\(|Copy|Move|Replace)|\bnew (FileStream|StreamWriter)\b|\.SaveAs?\("
    );

    /// <summary>Files of tools in folders that disappear; a log that is only added to, and mended when it is opened; reading; the signal of
    /// a test's hold; the input of programs; FileBatch itself.</summary>
    private static readonly string[] Exempt =
    [
        "McuNet.Runtimes/GeneratedC/RunnerFiles.cs",
        "McuNet.Runtimes/Tools/NuGetPackage.cs",
        "McuNet.Runtimes/Qemu/QemuProgram.cs",
        "McuNet.Runtimes/Qemu/CyclePlugin.cs",
        "McuNet.Execution/Quantization/HostNetwork.cs",
        "McuNet.Search/Runs/EvaluationLog.cs",
        "McuNet.Tasks/FileHashes.cs",
        "McuNet.Cli/Writing/WritingHold.cs",
        "McuNet.Contracts/Files/FileBatch.cs",
        "McuNet.Contracts/Processes/ChildProcess.cs",
    ];

    [Fact]
    public void Sources_WriteFilesInOnePlace()
    {
        var source = Path.Combine(RepositoryFolder.Root, "src");
        var writing =
            from file in Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(source, file).Replace('\\', '/')
            where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
            where File.ReadLines(file).Any(l => Writes.IsMatch(l))
            select name;
        Assert.Equal(Exempt.Order(StringComparer.Ordinal), writing.Order(StringComparer.Ordinal));
    }
}
