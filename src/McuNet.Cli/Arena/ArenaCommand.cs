using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;
using McuNet.Manifest;

namespace McuNet.Cli.Arena;

/// <summary><c>mcunet arena</c>: one arena for models that were compiled to share it.</summary>
internal static class ArenaCommand
{
    public static Command Create()
    {
        var command = new Command("arena", "Write the arena that models share which never run at the same time.");
        var name = new Argument<string>("NAME") { Description = "The name given to mcunet compile --arena.", CustomParser = ParseName };
        var manifests = new Argument<string[]>("MANIFEST")
        {
            Description = "The manifests (.mcunet) of all models that share it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "Folder for the generated files.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on standard output and nothing else." };
        command.Add(name);
        command.Add(manifests);
        command.Add(output);
        command.Add(json);
        command.SetAction(parsed =>
            Run(parsed.GetValue(name)!, parsed.GetValue(manifests)!, parsed.GetValue(output)!, parsed.GetValue(json))
        );
        return command;
    }

    /// <summary>A name that can be part of a C symbol.</summary>
    public static string? ParseName(ArgumentResult result)
    {
        var name = result.Tokens.Single().Value;
        if (ModelNames.IsValid(name))
            return name;
        result.AddError($"'{name}' cannot name an arena: use a letter followed by letters, digits and underscores.");
        return null;
    }

    private static int Run(string name, string[] paths, string output, bool json)
    {
        var read = Read(name, paths);
        var group = read.ValueOrNull;
        ImmutableArray<Diagnostic> diagnostics =
            group is null ? read.Diagnostics
            : ArenaGroupCheck.Run(group) is { } excess ? [excess]
            : [];
        var files = group is null || !diagnostics.IsEmpty ? [] : CSharedArena.Emit(group).Add(CSharpSharedArena.Emit(group));
        var problem = Artifacts.Write(output, files);
        if (problem is not null)
            (diagnostics, files) = (diagnostics.Add(problem), []);
        if (json)
            Output.Json(Json(name, group, diagnostics, files));
        else if (Output.Report(diagnostics) == ExitCodes.Done)
            Console.Out.WriteLine($"{Summary(group!)}\n  files  {output}");
        return problem is not null ? ExitCodes.WrongUsage : Output.ExitCode(diagnostics);
    }

    private static StageResult<ArenaGroup> Read(string name, string[] paths)
    {
        var models = ImmutableArray.CreateBuilder<ModelManifest>();
        var faults = new List<Diagnostic>();
        foreach (var path in paths)
        {
            var parsed = Parse(path);
            var problem =
                parsed.Problem
                ?? (parsed.Manifest!.SharedArena != name ? $"'{parsed.Manifest.Name}' was not compiled to share the arena '{name}'" : null)
                ?? (models.Any(m => m.Name == parsed.Manifest!.Name) ? $"another one is of '{parsed.Manifest!.Name}' too" : null);
            if (problem is null && ModelNames.IsOfArena(parsed.Manifest!.Name, name))
                faults.Add(
                    Diagnostic.Create(DiagnosticCatalog.ModelNamedAsArena, path, parsed.Manifest.Name, name) with
                    {
                        Location = new SourceLocation(path),
                    }
                );
            else if (problem is null)
                models.Add(parsed.Manifest!);
            else
                faults.Add(
                    Diagnostic.Create(DiagnosticCatalog.BuildManifestUnreadable, path, problem) with
                    {
                        Location = new SourceLocation(path),
                    }
                );
        }
        return faults.Count == 0
            ? StageResult<ArenaGroup>.Success(new ArenaGroup(name, models.ToImmutable()))
            : StageResult<ArenaGroup>.Failure([.. faults]);
    }

    private static ManifestParseResult Parse(string path)
    {
        try
        {
            return ManifestText.Parse(File.ReadAllText(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new ManifestParseResult(null, problem.Message.TrimEnd('.'));
        }
    }

    private static string Summary(ArenaGroup group) =>
        FormattableString.Invariant(
            $"arena {group.Name}: {group.Bytes:N0} bytes for {string.Join(", ", group.Models.Select(m => FormattableString.Invariant($"{m.Name} ({m.Sram.Arena:N0})")))}; {group.SavedBytes:N0} saved"
        );

    private static JsonObject Json(string name, ArenaGroup? group, IEnumerable<Diagnostic> diagnostics, IEnumerable<GeneratedFile> files) =>
        new()
        {
            ["name"] = name,
            ["summary"] = group is null ? null : Summary(group),
            ["bytes"] = group?.Bytes,
            ["managedBytes"] = group?.ManagedBytes,
            ["stack"] = group?.StackBytes,
            ["separateBytes"] = group?.SeparateBytes,
            ["savedBytes"] = group?.SavedBytes,
            ["models"] = group is null
                ? null
                : new JsonArray(
                    group
                        .Models.Select(m =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["name"] = m.Name,
                                    ["bytes"] = m.Sram.Arena,
                                    ["managedBytes"] = m.ArenaBytes,
                                }
                        )
                        .ToArray()
                ),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
            ["files"] = new JsonArray(files.Select(f => (JsonNode)f.Name).ToArray()),
        };
}
