namespace McuNet.Compiler.Graph;

/// <summary>An operator that can limit its own results, so that an activation behind it costs nothing.</summary>
public interface IClamped
{
    Clamp Clamp { get; }

    Operator WithClamp(Clamp clamp);
}
