"""Writes the C# file with the drawings of the sample's ten digits.

For each class that is the first image of the test set that the int8 network reads correctly.
"""

FRAME = '''namespace DigitReader;

internal static partial class DigitImages
{
    // Written by train/digit_images.py: one image of the MNIST test set for each class, which the int8 network reads correctly.
    private static string[] Drawings =>
    [
%s
    ];
}
'''


def source(pixels, labels, answers):
    """pixels: uint8 [N, 1, 28, 28]; answers: the network's class for each of them."""
    chosen = [next(i for i in range(len(labels)) if labels[i] == answers[i] == digit) for digit in range(10)]
    return FRAME % "\n".join(drawing(pixels[i, 0]) for i in chosen)


def drawing(image):
    rows = ["".join(f"{pixel:02x}" if pixel else ".." for pixel in row) for row in image]
    return "\n".join(f"        {row}" for row in ['"""', *rows, '""",'])
