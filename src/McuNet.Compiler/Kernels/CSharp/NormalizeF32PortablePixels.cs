/// <summary>Normalisation over all pixels of runs of channels. Output may be the input.</summary>
internal static partial class Kernels
{
    internal static void NormalizeF32PortablePixels(MnNormalizeF32 p, sbyte[] arena, int input, int output)
    {
        for (int g = 0; g < p.Groups; g++)
            NormalizeF32Group(p, arena, input + 4 * g * p.Channels, output + 4 * g * p.Channels, g * p.Channels);
    }
}
