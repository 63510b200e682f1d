using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Execution.Executors;
using McuNet.Execution.Models;
using McuNet.Runtimes.Firmware;

namespace McuNet.Cli.Bench;

/// <summary><c>mcunet bench --firmware</c>: the project of a program that measures a model on a board.</summary>
internal static class FirmwareCommand
{
    /// <summary>Stack for the runner, the log and an exception above that of the model, in bytes.</summary>
    private const int ProgramStack = 1024;

    private const int HashDigits = 16;

    public static int Run(string model, StageResult<CompileOptions> options, string folder, string? cases, bool json)
    {
        var result = options.Then(o => ModelFile.Compile(model, o)).Then(c => Content(c, model, cases, folder));
        if (result.Succeeded)
        {
            var files = Files(result.Value).ToArray();
            foreach (var group in files.GroupBy(f => Path.GetDirectoryName(f.Name)!))
                Artifacts.Write(Path.Combine(folder, group.Key), group.Select(f => f with { Name = Path.GetFileName(f.Name) }));
            if (json)
                Output.Json(Json(result.Value.Firmware, files.Select(f => f.Name), result.Diagnostics));
            else
                Describe(result.Value.Firmware, folder);
        }
        else if (json)
        {
            Output.Json(new JsonObject { ["diagnostics"] = CompilationJson.Diagnostics(result.Diagnostics) });
        }
        return Output.Finish(json, result.Diagnostics);
    }

    /// <summary>What a log must agree with.</summary>
    public static BoardIdentity Identity(Compilation compilation, string model, ImmutableArray<GeneratedFile> code) =>
        new(
            typeof(FirmwareCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[
                0
            ],
            compilation.Model.Name,
            Hash(File.ReadAllBytes(model)),
            Hash(Encoding.UTF8.GetBytes(string.Concat(code.Where(IsC).Select(f => f.Text)))),
            compilation.Options.Device.Id
        );

    private sealed record Written(FirmwareContent Firmware, ImmutableArray<GeneratedFile> Code);

    private static StageResult<Written> Content(Compilation estimated, string model, string? cases, string folder)
    {
        var compilation = estimated.Measured(ModelFile.Tools.CrossCompiler);
        var (device, tensors) = (compilation.Options.Device, FirmwareCases.Tensors(compilation.Program));
        if (BudgetCheck.Run(compilation).Where(d => d.Severity == DiagnosticSeverity.Error).ToImmutableArray() is { IsEmpty: false } excess)
            return StageResult<Written>.Failure(excess);
        var taken = (long)compilation.Footprint.Flash + FirmwareProject.ProgramBytes;
        return FirmwareTargets
            .Of(device)
            .Then(target =>
                FirmwareCases
                    .Inputs(compilation, model, cases)
                    .Then(inputs =>
                    {
                        var fitting = FirmwareCases.Fitting(compilation.Model, inputs, tensors, device.FlashBytes - taken);
                        if (fitting.IsEmpty)
                            return StageResult<Written>.Failure(
                                Diagnostic.Create(
                                    DiagnosticCatalog.FirmwareCaseTooLarge,
                                    compilation.Model.Name,
                                    taken,
                                    device.FlashBytes,
                                    device.Id,
                                    FirmwareCases.Bytes(compilation.Model, tensors)
                                )
                            );
                        var code = compilation.Code();
                        return StageResult<Written>.Success(
                            new Written(
                                new FirmwareContent
                                {
                                    Artifact = ProgramFolder.Describe(
                                        compilation.Program,
                                        Path.Combine(folder, FirmwareProject.ModelFolder)
                                    ),
                                    Identity = Identity(compilation, model, code),
                                    Target = target,
                                    StackBytes = (compilation.Footprint.Stack + ProgramStack + 15) / 16 * 16,
                                    Cases = fitting,
                                    Tensors = tensors,
                                },
                                code
                            )
                        );
                    })
            );
    }

    private static IEnumerable<GeneratedFile> Files(Written written) =>
        FirmwareProject
            .Files(written.Firmware)
            .Select(f => new GeneratedFile(f.Name, f.Text))
            .Concat(written.Code.Select(f => f with { Name = Path.Combine(FirmwareProject.ModelFolder, f.Name) }));

    private static bool IsC(GeneratedFile file) => Path.GetExtension(file.Name) is ".c" or ".h";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits];

    private static JsonObject Json(FirmwareContent content, IEnumerable<string> files, IEnumerable<Diagnostic> diagnostics) =>
        new()
        {
            ["name"] = content.Identity.Name,
            ["device"] = content.Identity.Device,
            ["cases"] = content.Cases.Length,
            ["files"] = new JsonArray(files.Select(f => (JsonNode)f.Replace('\\', '/')).ToArray()),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };

    private static void Describe(FirmwareContent content, string folder) =>
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {content.Identity.Name} on {content.Target.Part}: {content.Cases.Length} cases, measured {FirmwareProject.Runs} times each
                  files  {folder}; README.md there says how to build and run it
                """
            )
        );
}
