using System;
using System.IO;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Cli;

/// <summary>An ONNX file as read.</summary>
public sealed record ModelFile(string Path, byte[] Bytes, OnnxModel Model)
{
    /// <summary>The file, or MCU1001 or MCU1002.</summary>
    public static StageResult<ModelFile> Read(string path)
    {
        if (!File.Exists(path))
            return StageResult<ModelFile>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelNotFound, path) with { Location = new SourceLocation(path) });
        try
        {
            var bytes = File.ReadAllBytes(path);
            return OnnxReader.Read(bytes, path).Then(model => StageResult<ModelFile>.Success(new ModelFile(path, bytes, model)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<ModelFile>.Failure(Diagnostic.Create(DiagnosticCatalog.ModelUnreadable, path, problem.Message, 0, 0));
        }
    }
}
