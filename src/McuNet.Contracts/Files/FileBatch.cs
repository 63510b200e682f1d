using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace McuNet.Files;

/// <summary>
/// Files that appear together, and only whole: each is written to a temporary file in its folder, and <see cref="Commit"/> gives all of them their names in the order in which they were added.
/// Invariant: whatever ends the process, a file under its own name is as it was before or as it was added. A file whose content would not change is not touched.
/// </summary>
/// <remarks>Temporary files are named after the process, so that the next one to write the same file removes those that a killed one left.</remarks>
/// <param name="pause">Called with <c>write PATH</c> when half of a temporary file is written, and with <c>rename PATH</c> before it gets its name; lets a test stop the process there.</param>
public sealed class FileBatch(Action<string>? pause = null) : IDisposable
{
    /// <summary>Ends the name of every temporary file, and of nothing else that is written.</summary>
    public const string TemporaryEnding = ".new";

    private readonly List<(string Temporary, string Path)> _written = [];

    /// <summary>Writes one file whole.</summary>
    /// <exception cref="IOException">It cannot be written, and is as it was before; also <see cref="UnauthorizedAccessException"/>.</exception>
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
        var temporary = $"{path}.{OwnId()}-{Guid.NewGuid().ToString("N").Substring(0, 8)}{TemporaryEnding}";
        _written.Add((temporary, path));
        try
        {
            WriteHalves(temporary, content, () => pause?.Invoke($"write {path}"));
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw new IOException("the file is larger than the file system or the process may have it", problem); // .NET's answer to EFBIG, the limit of a file system or of the process.
        }
    }

    /// <summary>The same for text, as UTF-8 without a mark.</summary>
    /// <inheritdoc cref="Add(string, byte[])" path="/exception"/>
    public void Add(string path, string content) => Add(path, new UTF8Encoding(false).GetBytes(content));

    /// <summary>Gives every file its name.</summary>
    /// <exception cref="IOException">One cannot be replaced; those before it have been. Also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Commit()
    {
        while (_written.Count > 0)
        {
            var (temporary, path) = _written[0];
            pause?.Invoke($"rename {path}");
            if (File.Exists(path))
                File.Replace(temporary, path, null);
            else
                File.Move(temporary, path);
            _written.RemoveAt(0);
        }
    }

    /// <summary>Removes what was added and not committed.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _) in _written)
            Remove(temporary);
        _written.Clear();
    }

    private static void WriteHalves(string path, byte[] content, Action between)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        var half = content.Length / 2;
        file.Write(content, 0, half);
        file.Flush();
        between();
        file.Write(content, half, content.Length - half);
        file.Flush(flushToDisk: true);
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
            var stamp = Path.GetFileName(found).Substring(name.Length + 1).Split('-');
            if (stamp.Length == 2 && int.TryParse(stamp[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !IsOther(process))
                Remove(found);
        }
    }

    /// <summary>Whether that is a running process other than this one, which may have had a namesake before it.</summary>
    private static bool IsOther(int process)
    {
        if (process == OwnId())
            return false;
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int OwnId()
    {
        using var own = Process.GetCurrentProcess();
        return own.Id;
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It is not under a name that anybody reads; the next one to write that file tries again.
        }
    }
}
