using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Execution.Models;

/// <summary>The bytes of a model file. Where it keeps weights in files beside it, those of the same model with all weights
/// inside.</summary>
/// <param name="External">Full paths of these files.</param>
public sealed record ModelContent(byte[] Bytes, ImmutableArray<string> External)
{
    private const string Beside =
        "Put it beside the model under that name, as the exporter left it, or save the model with all tensors inside (onnx.save_model with save_as_external_data=False)";

    /// <summary>The content, or MCU1001, MCU1002 or MCU1007. A file that is not read as ONNX is given as it is, for the compiler to say
    /// what is wrong with it.</summary>
    public static StageResult<ModelContent> Read(string path)
    {
        if (!File.Exists(path))
            return StageResult<ModelContent>.Failure(
                Diagnostic.Create(DiagnosticCatalog.ModelNotFound, path) with
                {
                    Location = new SourceLocation(path),
                }
            );
        try
        {
            var bytes = File.ReadAllBytes(path);
            return OnnxReader.Read(bytes, path).ValueOrNull is { } model && ExternalFiles.Of(model) is { IsEmpty: false } external
                ? Joined(path, model, external)
                : StageResult<ModelContent>.Success(new(bytes, []));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<ModelContent>.Failure(
                Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, path, "a model", problem.Message)
            );
        }
    }

    private static StageResult<ModelContent> Joined(string path, OnnxModel model, ImmutableArray<(string Location, string Tensor)> external)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var problems = new List<Diagnostic>();
        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var (location, tensor) in external)
        {
            if (Refusal(folder, location) is { } reason)
                problems.Add(Diagnostic.Create(DiagnosticCatalog.ExternalData, tensor, location, reason, Beside + "."));
            else
                files[location] = File.ReadAllBytes(Path.Combine(folder, location));
        }

        return problems.Count > 0
            ? StageResult<ModelContent>.Failure([.. problems])
            : ExternalFiles
                .Joined(model, files)
                .Then(joined =>
                    StageResult<ModelContent>.Success(
                        new(OnnxWriter.Write(joined), [.. external.Select(e => Path.GetFullPath(Path.Combine(folder, e.Location)))])
                    )
                );
    }

    /// <summary>Why a file is not read: a model may name files of its own folder, and no link out of it.</summary>
    private static string? Refusal(string folder, string location)
    {
        var file = Path.GetFullPath(Path.Combine(folder, location));
        if (
            Path.IsPathRooted(location)
            || location.Contains('\\')
            || !file.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            return "only files in the folder of the model, or below it, are read";
        for (var part = file; part.Length > folder.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
                return $"'{Path.GetRelativePath(folder, part)}' is a symbolic link, which is not followed";
        }

        if (!File.Exists(file))
            return $"it does not exist in '{folder}'";
        return new FileInfo(file).Length > Array.MaxLength ? "it is larger than 2 GB" : null;
    }
}
