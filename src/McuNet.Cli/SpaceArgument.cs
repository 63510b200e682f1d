using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Cli;

/// <summary>A search space on the command line: the path of a file, or the name of a preset.</summary>
internal static class SpaceArgument
{
    public static StageResult<SearchSpace> Read(string argument)
    {
        if (!File.Exists(argument))
            return SpacePresets.Find(argument);
        try
        {
            return SpaceReader.Read(File.ReadAllBytes(argument), argument);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The search-space file '{argument}' cannot be read: {e.Message}");
        }
    }
}
