/// <summary>Normalisation over all pixels of runs of channels. Output may be the input.</summary>
internal static partial class Kernels
{
    internal static void NormalizeS8PortablePixels(MnNormalize p, sbyte[] arena, int input, int output)
    {
        for (int g = 0; g < p.Groups; g++)
            NormalizeGroup(p, arena, input + g * p.Channels, output + g * p.Channels, g * p.Channels);
    }
}
