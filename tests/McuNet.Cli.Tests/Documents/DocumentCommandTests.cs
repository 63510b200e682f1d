using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Tests;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Tests.Documents;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>A test that runs what documents show; skipped, visibly, where a tool is missing that they use.</summary>
public sealed class DocumentTheoryAttribute : TheoryAttribute
{
    public DocumentTheoryAttribute() =>
        Skip = OperatingSystem.IsWindows()
            ? "documents show commands of a Unix shell"
            : new ArmFactAttribute().Skip ?? (OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed");
}

/// <summary>The same for documents that name real models.</summary>
public sealed class SharedDocumentTheoryAttribute : TheoryAttribute
{
    public SharedDocumentTheoryAttribute() =>
        Skip = new DocumentTheoryAttribute().Skip ?? (Shared.IsPresent ? null : "../shared is absent");
}

/// <summary>
/// The commands of every document run as they stand there, one after the other in one folder, and print what is shown. Those marked
/// <c>slow</c> run with MCUNET_SUITE=all alone (build/documents.sh), and the tutorial where projects are built, in McuNet.Package.Tests.
/// </summary>
public sealed class DocumentCommandTests
{
    private const string Tutorial = "docs/tutorial.md";
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MCUNET_SUITE") == "all";

    public static TheoryData<string> OwnModels => [.. Shown.Where(d => !NamesReal(d))];

    public static TheoryData<string> RealModels => [.. Shown.Where(NamesReal)];

    private static IEnumerable<string> Shown => DocumentBlock.Pages(Workspace.Repository).Where(d => d != Tutorial && Commands(d).Any());

    [DocumentTheory]
    [MemberData(nameof(OwnModels))]
    public void Commands_OnOwnModels_PrintWhatTheDocumentShows(string document) => Run(document);

    [SharedDocumentTheory]
    [MemberData(nameof(RealModels))]
    public void Commands_OnRealModels_PrintWhatTheDocumentShows(string document) => Run(document);

    private static void Run(string document)
    {
        using var folder = new DocumentFolder(File.ReadAllText(Path.Combine(Workspace.Repository, document)));
        DocumentRun.Of(Workspace.Repository, document, Commands(document), folder.Run);
    }

    /// <summary>Scripts other than build/mcunet are for people: they build and install.</summary>
    private static IEnumerable<ShownCommand> Commands(string document) =>
        from block in DocumentBlock.Of(Workspace.Repository, document)
        where block.Language == "console" && !block.IsNotRun && (block.Mark != "slow" || IsWhole)
        from command in ShownCommand.Of(block)
        let isScript = command.Line.StartsWith("build/", StringComparison.Ordinal)
        where !isScript || command.Line.StartsWith("build/mcunet ", StringComparison.Ordinal)
        select command;

    private static bool NamesReal(string document) =>
        Commands(document).Any(c => c.Line.Contains("shared/", StringComparison.Ordinal) || DocumentFolder.SharedModels(c.Line).Any());
}
