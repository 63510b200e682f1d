using McuNet.Search.Spaces;

namespace McuNet.Search.Redistribution;

/// <summary>How much of the image one value sees.</summary>
public static class ReceptiveField
{
    /// <summary>
    /// Rows of the image, borders aside, that one row of the last convolution depends on: 1 + the sum over layers of (kernel - 1) times the
    /// strides before.
    /// </summary>
    public static int Of(SearchSpace space, Architecture architecture)
    {
        var (field, jump) = (1, 1);
        foreach (var layer in NetworkLayer.Of(space, architecture))
        {
            field += (layer.Kernel - 1) * jump;
            jump *= layer.Stride;
        }
        return field;
    }
}
