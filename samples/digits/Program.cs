using System;
using System.Diagnostics;
using System.Globalization;
using DigitReader;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool show = args is ["--show"];
if (args.Length > 0 && !show)
{
    Console.Error.WriteLine("usage: Digits [--show]");
    return 2;
}

var network = new Digits();
Console.WriteLine($"arena {Digits.ArenaBytes:N0} bytes");

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
    Console.WriteLine($"{digit} read as {answer}, {Confidence(network.Output, answer),6:P1}: {verdict}");
}

Console.WriteLine($"{right} of {DigitImages.Pixels.Count} right");
Measure(network);
return right == DigitImages.Pixels.Count ? 0 : 1;

static double Confidence(ReadOnlySpan<sbyte> logits, int answer)
{
    double sum = 0;
    foreach (sbyte logit in logits)
        sum += Math.Exp(Digits.Dequantize(logit) - Digits.Dequantize(logits[answer]));
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

// A run may overwrite its input; the time does not depend on the values.
static void Measure(Digits network)
{
    const int Inferences = 2000;
    for (int i = 0; i < Inferences; i++)
        network.Invoke();

    long allocated = GC.GetAllocatedBytesForCurrentThread();
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < Inferences; i++)
        network.Invoke();
    TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    Console.WriteLine($"{elapsed.TotalMicroseconds / Inferences:N1} us and {allocated / Inferences} bytes allocated per inference");
}
