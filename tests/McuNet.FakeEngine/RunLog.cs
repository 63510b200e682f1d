using System.IO;
using System.Threading;

namespace McuNet.FakeEngine;

/// <summary>One line for each run of the engine, of which a build starts several at the same time: each waits until it has the file alone,
/// so that no line is written over another.</summary>
internal static class RunLog
{
    private const int MostAttempts = 10_000;

    public static void Append(string path, string line)
    {
        using var file = Open(path);
        using var text = new StreamWriter(file);
        text.Write(line + "\n");
    }

    private static FileStream Open(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                Thread.Sleep(5);
            }
        }
    }
}
