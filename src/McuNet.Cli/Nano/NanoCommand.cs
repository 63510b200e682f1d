using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;

namespace McuNet.Cli.Nano;

/// <summary><c>mcunet nano</c>: what a compiled assembly has that .NET nanoFramework does not run.</summary>
internal static class NanoCommand
{
    public static Command Create()
    {
        var command = new Command("nano", "Say what a compiled assembly has that .NET nanoFramework does not run.");
        var assembly = new Argument<string>("ASSEMBLY") { Description = "The assembly as the C# compiler wrote it." };
        var references = new Option<string[]>("--reference")
        {
            Description = "A library that it references: the core library and all others.",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on standard output and nothing else." };
        command.Add(assembly);
        command.Add(references);
        command.Add(json);
        command.SetAction(parsed => Run(parsed.GetValue(assembly)!, parsed.GetValue(references) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, string[] references, bool json)
    {
        NanoSizes? sizes = null;
        IReadOnlyList<Diagnostic> diagnostics;
        try
        {
            (var found, sizes) = NanoCode.Check(File.ReadAllBytes(path), path, Read(references));
            diagnostics = [.. found.Select(Describe), .. Exceeded(path, sizes)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            diagnostics = [Diagnostic.Create(DiagnosticCatalog.NanoAssemblyUnreadable, path, problem.Message.TrimEnd('.'))];
        }
        if (json)
            Output.Json(Json(path, sizes, diagnostics));
        else if (Output.Report(diagnostics) == ExitCodes.Done && sizes is not null)
            Console.Out.WriteLine(
                $"{Path.GetFileName(path)} runs on .NET nanoFramework: {sizes.Code:N0} of {NanoSizes.MostCode:N0} bytes of IL, "
                    + $"{sizes.Data:N0} of {NanoSizes.MostData:N0} of data and signatures, {sizes.Strings:N0} of {NanoSizes.MostStrings:N0} of strings"
            );
        return Output.ExitCode(diagnostics);
    }

    private static NanoReferences Read(string[] paths)
    {
        var images = new List<PEReader>();
        try
        {
            foreach (var path in paths)
                images.Add(new(new MemoryStream(File.ReadAllBytes(path))));
            return new(images.Where(i => i.HasMetadata).Select(i => i.GetMetadataReader()));
        }
        finally
        {
            images.ForEach(i => i.Dispose());
        }
    }

    private static Diagnostic Describe(NanoFinding finding) =>
        Diagnostic.Create(
            finding.IsOverflow ? DiagnosticCatalog.NanoOverflowUnseen : DiagnosticCatalog.NanoCodeUnsupported,
            finding.Place,
            finding.What,
            finding.Instead
        ) with
        {
            Location = finding.Location,
        };

    private static IEnumerable<Diagnostic> Exceeded(string path, NanoSizes sizes)
    {
        (string What, int Bytes, int Most)[] limits =
        [
            ("IL", sizes.Code, NanoSizes.MostCode),
            ("array initialisers and signatures", sizes.Data, NanoSizes.MostData),
            ("names and texts", sizes.Strings, NanoSizes.MostStrings),
        ];
        return limits
            .Where(l => l.Bytes > l.Most)
            .Select(l => Diagnostic.Create(DiagnosticCatalog.NanoAssemblyExceeded, Path.GetFileName(path), l.Bytes, l.What, l.Most));
    }

    private static JsonObject Json(string path, NanoSizes? sizes, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["assembly"] = path,
            ["code"] = sizes?.Code,
            ["codeLimit"] = NanoSizes.MostCode,
            ["data"] = sizes?.Data,
            ["dataLimit"] = NanoSizes.MostData,
            ["strings"] = sizes?.Strings,
            ["stringsLimit"] = NanoSizes.MostStrings,
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };
}
