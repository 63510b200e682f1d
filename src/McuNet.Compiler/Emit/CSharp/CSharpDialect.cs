namespace McuNet.Compiler.Emit.CSharp;

/// <summary>What generated C# may use. Both are C# 7.3 with arrays alone, and run the same kernels.</summary>
public enum CSharpDialect
{
    /// <summary>The library that .NET Standard 2.0, .NET Framework and .NET have in common.</summary>
    Net,

    /// <summary>The library and the limits of .NET nanoFramework: no constants that exist twice for a moment, bits of real numbers by those
    /// of a double.</summary>
    Nano,
}
