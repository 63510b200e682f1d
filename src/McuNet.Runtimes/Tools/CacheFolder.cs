using System;
using System.IO;

namespace McuNet.Runtimes.Tools;

/// <summary>The user's cache, <c>$XDG_CACHE_HOME/mcunet</c> or <c>~/.cache/mcunet</c>: things that can be made again.</summary>
public static class CacheFolder
{
    public static string Root
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache))
                cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache, "mcunet");
        }
    }
}
