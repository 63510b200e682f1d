using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace McuNet.Files;

/// <summary>
/// Files that appear together, and only whole: each is first written to a temporary file in its folder, and <see cref="Commit"/> gives all
/// of them their names in the order in which they were added. Invariant: whatever ends the process, a file under its own name is as it was
/// before or as it was added. A file whose content would not change is not touched.
/// </summary>
/// <remarks>A temporary file is open, and thereby locked, until it gets its name. One that can be locked was left by a process that was
/// killed; who writes the same file next removes it.</remarks>
/// <param name="pause">Called with <c>write PATH</c> when half of a temporary file is written, and with <c>rename PATH</c> before it gets
/// its name; lets a test stop the process there.</param>
public sealed class FileBatch(Action<string>? pause = null) : IDisposable
{
    /// <summary>Ends the name of every temporary file, and of nothing else that is written.</summary>
    public const string TemporaryEnding = ".new";

    private const int StampLength = 8;

    private readonly List<(FileStream Temporary, string Path)> _written = [];

    /// <summary>Writes one file whole.</summary>
    /// <exception cref="IOException">It cannot be written, and is as it was before; also
    /// <see cref="UnauthorizedAccessException"/>.</exception>
    public static void Write(string path, byte[] content, Action<string>? pause = null)
    {
        using var batch = new FileBatch(pause);
        batch.Add(path, content);
        batch.Commit();
    }

    /// <summary>Writes one file of text, as UTF-8 without a mark.</summary>
    /// <inheritdoc cref="Write(string, byte[], Action{string})" path="/exception"/>
    public static void Write(string path, string content) => Write(path, new UTF8Encoding(false).GetBytes(content));

    /// <summary>Writes the content to a temporary file, and on to the disk. Folders that are missing are made.</summary>
    /// <exception cref="IOException">It cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Add(string path, byte[] content)
    {
        path = Path.GetFullPath(path);
        if (IsDevice(path))
        {
            File.WriteAllBytes(path, content);
            return;
        }
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        RemoveLeftovers(folder, Path.GetFileName(path));
        if (Holds(path, content))
            return;
        var temporary = $"{path}.{Guid.NewGuid().ToString("N").Substring(0, StampLength)}{TemporaryEnding}";
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _written.Add((file, path));
        try
        {
            var half = content.Length / 2;
            file.Write(content, 0, half);
            file.Flush();
            pause?.Invoke($"write {path}");
            file.Write(content, half, content.Length - half);
            file.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException problem)
        {
            // .NET's answer to EFBIG.
            throw new IOException("the file is larger than the file system or the process may have it", problem);
        }
    }

    /// <summary>The same for text, as UTF-8 without a mark.</summary>
    /// <inheritdoc cref="Add(string, byte[])" path="/exception"/>
    public void Add(string path, string content) => Add(path, new UTF8Encoding(false).GetBytes(content));

    /// <summary>Gives every file its name.</summary>
    /// <exception cref="IOException">One cannot be replaced; those before it have been. Also
    /// <see cref="UnauthorizedAccessException"/>.</exception>
    public void Commit()
    {
        while (_written.Count > 0)
        {
            var (temporary, path) = _written[0];
            pause?.Invoke($"rename {path}");
            temporary.Dispose();
            if (File.Exists(path))
                File.Replace(temporary.Name, path, null);
            else
                File.Move(temporary.Name, path);
            _written.RemoveAt(0);
        }
    }

    /// <summary>Removes what was added and not committed.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _) in _written)
        {
            Try(temporary.Dispose);
            Try(() => File.Delete(temporary.Name));
        }
        _written.Clear();
    }

    /// <summary>Devices and pipes, such as /dev/stdout, are written to; a rename would replace them.</summary>
    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static bool Holds(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).SequenceEqual(content);
    }

    private static void RemoveLeftovers(string folder, string name)
    {
        foreach (var found in Directory.GetFiles(folder, $"{name}.*{TemporaryEnding}"))
        {
            if (Path.GetFileName(found).Length != name.Length + 1 + StampLength + TemporaryEnding.Length)
                continue;
            Try(() =>
            {
                using (new FileStream(found, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
                File.Delete(found);
            });
        }
    }

    /// <summary>Does what can fail without harm: a temporary file is under no name that anybody reads.</summary>
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // Another process writes it, or the disk is full.
        }
    }
}
