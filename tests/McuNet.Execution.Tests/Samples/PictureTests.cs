using System;
using System.Linq;
using McuNet.Execution.Samples;
using Xunit;

namespace McuNet.Execution.Tests.Samples;

/// <summary>Pictures scaled as Pillow 9.4 scales the same box with BILINEAR, which rounds the weights to a few bits.</summary>
public sealed class PictureTests
{
    private const int Height = 5;
    private const int Width = 7;

    private static readonly Picture Grey = new(
        [.. Enumerable.Range(0, Height * Width).Select(i => Pixel(i / Width, i % Width))],
        Height,
        Width,
        1
    );

    [Theory]
    [InlineData(2, 3, new[] { 102, 138, 125, 126, 163, 130 })]
    [InlineData(3, 2, new[] { 145, 115, 150, 156, 159, 150 })]
    [InlineData(4, 4, new[] { 118, 130, 91, 146, 111, 179, 157, 128, 118, 152, 148, 178, 182, 161, 175, 92 })]
    public void Resized_Smaller_AveragesTheMiddle(int height, int width, int[] expected) =>
        AssertNear(expected, Grey.Resized(height, width).Pixels);

    [Fact]
    public void Resized_Larger_IsLinearBetweenPixels() =>
        AssertNear([65, 76, 97, 135, 189, 194, 152, 141, 163, 153, 110, 100, 122, 132], Grey.Resized(10, 14).Pixels[(3 * 14)..(4 * 14)]);

    /// <summary>Two rows of four: the proportions of a square leave the columns in the middle.</summary>
    [Fact]
    public void Resized_OtherProportions_CutsBothSidesAlike() =>
        Assert.Equal([2, 3, 6, 7], new Picture([1, 2, 3, 4, 5, 6, 7, 8], 2, 4, 1).Resized(2, 2).Pixels);

    [Fact]
    public void CopyPlanes_Colours_LieBehindOneAnother()
    {
        var planes = new byte[6];
        new Picture([1, 2, 3, 4, 5, 6], 1, 2, 3).CopyPlanes(planes);
        Assert.Equal([1, 4, 2, 5, 3, 6], planes);
    }

    private static byte Pixel(int y, int x) => (byte)((37 * y * y + 91 * x + 13 * x * y) % 256);

    private static void AssertNear(int[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.True(Math.Abs(p.First - p.Second) <= 1, $"{p.Second} instead of {p.First}"));
    }
}
