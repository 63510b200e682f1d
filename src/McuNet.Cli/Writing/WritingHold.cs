using System;
using System.IO;
using System.Threading;

namespace McuNet.Cli.Writing;

/// <summary>
/// Stops the tool where it writes, so that a test can end it there: the variable <c>MCUNET_HOLD_WRITING</c> names a file that holds a point
/// of a <see cref="McuNet.Files.FileBatch"/>,
/// <c>write PATH</c> or <c>rename PATH</c>. At that point the tool makes a file of that name with the ending <c>.reached</c>, and waits
/// while the first one exists.
/// </summary>
internal static class WritingHold
{
    public const string Variable = "MCUNET_HOLD_WRITING";

    public static Action<string>? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? point => WaitAt(point, file) : null;

    private static void WaitAt(string point, string file)
    {
        while (File.Exists(file) && File.ReadAllText(file).Trim() == point)
        {
            File.WriteAllText(file + ".reached", "");
            Thread.Sleep(10);
        }
    }
}
