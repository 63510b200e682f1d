using System;

namespace DigitReader;

internal static class Program
{
    private static void Main()
    {
        var network = new Network();
        Console.WriteLine($"{Network.InputLength:N0} numbers in, {Network.OutputLength:N0} out");
        Console.WriteLine($"arena {Network.ArenaBytes:N0} bytes on {Network.Device}");

        // Your data go here: network.SetInput(values), or SetInputFromRgb(pixels) for an image.
        network.Input.Clear();
        network.Invoke();
        Console.WriteLine($"answer {network.ArgMax()}");
        Console.WriteLine(Timing.Of(network.Invoke));
    }
}
