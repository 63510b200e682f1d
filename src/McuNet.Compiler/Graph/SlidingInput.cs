namespace McuNet.Compiler.Graph;

/// <summary>
/// An input whose window of rows moves on from one inference to the next: it takes the rows that are new, and states hold what the network
/// still needs of those before.
/// <code>
/// rows of the stream   0 1 2 3 4 5 6 7 8 9 …
/// window of 6          [---------]
/// two rows later           [---------]         an inference takes 6 and 7
/// </code>
/// </summary>
/// <param name="Port">Index of the input.</param>
/// <param name="Hop">Rows that an inference takes.</param>
/// <param name="Rows">Rows of the window.</param>
/// <param name="Reach">Rows of the stream, the last ones, on which the outputs depend.</param>
/// <param name="Lag">Rows by which the window that the outputs are of ended before the newest row: those that layers see in place of
/// padding.</param>
/// <param name="WindowMacs">Multiply-accumulates of an inference that computes the whole window.</param>
/// <param name="IsPadded">Whether every window is padded at its ends, as the model file says; else the stream is, where it begins.</param>
/// <param name="InColumns">Whether the port counts time in columns: rows are columns to the application.</param>
public sealed record SlidingInput(int Port, int Hop, int Rows, int Reach, int Lag, long WindowMacs, bool IsPadded, bool InColumns)
{
    /// <summary>Inferences after a reset whose outputs still depend on what the states were set to.</summary>
    public int WarmUp => (Reach + Hop - 1) / Hop - 1;

    /// <summary>The shape of a window of which the port takes a slice.</summary>
    public TensorShape Window(TensorShape slice) => InColumns ? slice with { Width = Rows } : slice with { Height = Rows };
}
