namespace McuNet.Compiler.Graph;

/// <summary>An operator that sees its input through a window sliding over rows and columns.</summary>
public interface IWindowed
{
    Window Window { get; }
}
