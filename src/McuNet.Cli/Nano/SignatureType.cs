namespace McuNet.Cli.Nano;

/// <summary>What the interpreter of .NET nanoFramework has no type for.</summary>
internal enum MissingType
{
    None,
    Generic,
    Pointer,
    ManyDimensions,
}

/// <summary>A type in a signature: its full name, the same in every assembly that names it, and what the platform lacks of it.</summary>
internal readonly record struct SignatureType(string Name, MissingType Missing = MissingType.None)
{
    /// <summary>A type made of this one, which lacks what this one lacks.</summary>
    public SignatureType Wrapped(string suffix, MissingType missing = MissingType.None) =>
        new(Name + suffix, missing == MissingType.None ? Missing : missing);
}
