/// <summary>Fully connected layer in 64 bits: Wide.cs, one pixel of InChannels inputs. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void DenseS8PortableWide(MnWide p, sbyte[] arena, int input, int output)
    {
        for (int c = 0; c < p.OutChannels; c++)
        {
            long acc = p.Bias[c] + WideDot(p, arena, input, c * p.InChannels, p.InChannels, p.WeightZero[c]);
            arena[output + c] = WideResult(p, acc, c);
        }
    }
}
