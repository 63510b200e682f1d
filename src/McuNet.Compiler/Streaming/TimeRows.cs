using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>Where the rows of a tensor stand in time, by the numbers that they have in the window of an inference.</summary>
/// <param name="Stride">Rows of the input for one row of the tensor.</param>
/// <param name="Move">Rows by which the window moves on: what is row y before an inference is row y - Move after it.</param>
/// <param name="Inner">
/// The rows that no padding reaches: row y is what row y + Move was, as far as that is one of them. Where padding is the stream's alone it
/// begins before all rows that anything needs.
/// </param>
/// <param name="Height">Rows of the tensor in the model file.</param>
internal sealed record TimeRows(int Stride, int Move, RowRange Inner, int Height)
{
    /// <summary>Begins before the first row of every window.</summary>
    public const int Past = -(1 << 28);

    /// <summary>The inner rows that are new in an inference.</summary>
    public RowRange New => new(Inner.End - Move, Inner.End);

    /// <summary>Whether rows are left that need not be computed again.</summary>
    public bool Keeps => Height > Move && New.Begin > Inner.Begin;
}
