using System;

namespace McuNet.Execution.Quantization;

/// <summary>What a classifier decides.</summary>
public static class Decision
{
    /// <summary>Where one number is all that a network gives, classes 0 and 1 meet there.</summary>
    private const float Half = 0.5f;

    /// <summary>The index of the largest number, the first among equal ones; of one number alone whether it is above a half.</summary>
    public static int Of(ReadOnlySpan<float> numbers)
    {
        if (numbers.Length == 1)
            return numbers[0] > Half ? 1 : 0;
        var top = 0;
        for (var i = 1; i < numbers.Length; i++)
            top = numbers[i] > numbers[top] ? i : top;
        return top;
    }
}
