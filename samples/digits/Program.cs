using System;
using System.Globalization;
using DigitReader;
using Network = DigitReader.Digits;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool show = args is ["--show"];
if (args.Length > 0 && !show)
{
    Console.Error.WriteLine("usage: dotnet run [-- --show]");
    return 2;
}

var network = new Network();
Console.WriteLine($"arena {Network.ArenaBytes:N0} bytes");

int right = 0;
for (int digit = 0; digit < DigitImages.Pixels.Count; digit++)
{
    byte[] pixels = DigitImages.Pixels[digit];
    if (show)
        Draw(pixels);
    network.SetInputFromGrey(pixels);
    network.Invoke();
    int answer = network.ArgMax();
    right += answer == digit ? 1 : 0;
    string verdict = answer == digit ? "right" : "WRONG";
    Console.WriteLine($"{digit} read as {answer}, {Confidence(network.Output, answer), 6:P1}: {verdict}");
}

Console.WriteLine($"{right} of {DigitImages.Pixels.Count} right");
Console.WriteLine(Timing.Of(network.Invoke));
return right == DigitImages.Pixels.Count ? 0 : 1;

static double Confidence(ReadOnlySpan<sbyte> logits, int answer)
{
    double sum = 0;
    foreach (sbyte logit in logits)
        sum += Math.Exp(Network.Dequantize(logit) - Network.Dequantize(logits[answer]));
    return 1 / sum;
}

static void Draw(ReadOnlySpan<byte> pixels)
{
    const string Ink = " .:-=+*#%@";
    Span<char> line = stackalloc char[DigitImages.Side];
    for (int y = 0; y < DigitImages.Side; y += 2)
    {
        for (int x = 0; x < DigitImages.Side; x++)
        {
            int grey = (pixels[y * DigitImages.Side + x] + pixels[(y + 1) * DigitImages.Side + x]) / 2;
            line[x] = Ink[grey * Ink.Length / 256];
        }

        Console.Out.WriteLine(line);
    }
}
