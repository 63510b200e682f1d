using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using McuNet.Diagnostics;

namespace McuNet.Cli.Nano;

/// <summary>Which line of the source an instruction comes from, where portable debug information lies in the assembly or beside
/// it.</summary>
internal sealed class SourceLines : IDisposable
{
    private readonly MetadataReaderProvider? _provider;
    private readonly MetadataReader? _reader;

    private SourceLines(MetadataReaderProvider? provider) => (_provider, _reader) = (provider, provider?.GetMetadataReader());

    public static SourceLines Of(PEReader image, string path)
    {
        try
        {
            return new(
                image.TryOpenAssociatedPortablePdb(path, p => File.Exists(p) ? File.OpenRead(p) : null, out var provider, out _)
                    ? provider
                    : null
            );
        }
        catch (Exception problem) when (problem is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return new(null);
        }
    }

    /// <summary>The last statement that begins at or before the instruction, else the method's first one.</summary>
    public SourceLocation? Find(MethodDefinitionHandle method, int offset)
    {
        if (_reader is null)
            return null;
        var points = _reader
            .GetMethodDebugInformation(method.ToDebugInformationHandle())
            .GetSequencePoints()
            .Where(p => !p.IsHidden)
            .ToArray();
        if (points.Length == 0)
            return null;
        var point = points.Where(p => p.Offset <= offset).DefaultIfEmpty(points[0]).Last();
        return new(_reader.GetString(_reader.GetDocument(point.Document).Name), point.StartLine, point.StartColumn);
    }

    public void Dispose() => _provider?.Dispose();
}
