namespace McuNet.Cli.Nano;

/// <summary>What an assembly takes of the limits of its form on .NET nanoFramework. All are bytes.</summary>
/// <param name="Code">IL of all methods.</param>
/// <param name="LargestConstructor">IL of the largest that makes static fields.</param>
/// <param name="Data">Data of array initialisers, and a bound of what signatures of fields, methods and locals take beside them: equal ones
/// once, three bytes a type.</param>
/// <param name="Strings">Names and texts in UTF-8, each once, with an end of one byte.</param>
internal sealed record NanoSizes(int Code, int LargestConstructor, int Data, int Strings)
{
    public const int MostCode = 65_535;

    /// <summary>Branches are 16 bits wide.</summary>
    public const int MostMethod = 32_767;

    public const int MostData = 65_535;
    public const int MostStrings = 65_535;

    /// <summary>Arguments, locals, and stack slots of a method, each.</summary>
    public const int MostSlots = 255;

    /// <summary>Bytes of one object, arrays among them.</summary>
    public const int MostObject = 786_420;
}
