using System;

namespace McuNet.Cli;

/// <summary>Bytes without meaning for what is measured, the same every time.</summary>
internal static class Noise
{
    public static byte[] Of(int bytes)
    {
        var data = new byte[bytes];
        new Random(1).NextBytes(data);
        return data;
    }
}
