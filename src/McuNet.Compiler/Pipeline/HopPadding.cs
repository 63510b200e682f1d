namespace McuNet.Compiler.Pipeline;

/// <summary>What layers that pad along rows see beyond the ends of a window that moves on.</summary>
public enum HopPadding
{
    /// <summary>Padding, as in the model file: outputs are those of the model on each window, and rows at its ends are computed
    /// again.</summary>
    Window,

    /// <summary>
    /// The rows of the stream, so that nothing is computed again. Outputs are those of the model without padding on a window with as many
    /// more rows.
    /// </summary>
    Stream,
}
