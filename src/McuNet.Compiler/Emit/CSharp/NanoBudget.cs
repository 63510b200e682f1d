using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>What the C# of a model takes of the limits of one assembly of .NET nanoFramework.</summary>
/// <param name="DataBytes">Data of array initialisers: exact for the engine's tables.</param>
/// <param name="CodeBytes">Upper estimate of the IL of engine and façade.</param>
/// <param name="ConstructorBytes">Upper estimate of the IL of the largest method, which makes the constants.</param>
public sealed record NanoBudget(int DataBytes, int CodeBytes, int ConstructorBytes)
{
    /// <summary>
    /// An assembly has less than 65,536 bytes of initialisers and signatures; a larger one is accepted and has wrong data. The rest is for
    /// signatures and for arrays of the application.
    /// </summary>
    public const int MostData = 64_000;

    /// <summary>An assembly has less than 65,536 bytes of IL.</summary>
    public const int MostCode = 60_000;

    /// <summary>Branches are 16 bits wide.</summary>
    public const int MostMethod = 32_000;

    /// <summary>IL that makes one array, and that sets one field of a parameter block.</summary>
    private const int BytesPerArray = 20;
    private const int BytesPerField = 12;

    /// <summary>IL of code, per sign of it.</summary>
    private const double BytesPerSign = 0.5;

    /// <summary>IL of the façade and of the driver.</summary>
    private const int OtherBytes = 4_000;

    public static NanoBudget Of(DeviceProgram program)
    {
        var fields = program.Called.Sum(l => l.Kernel.Parameters.Length + 1);
        var maps = program
            .Called.SelectMany(l => l.Arguments.OfType<RowArgument>())
            .Select(a => a.Row.Index)
            .OfType<Graph.MappedRow>()
            .Where(m => m.Ratio == 0)
            .ToArray();
        var constructor = BytesPerField * fields + BytesPerArray * (program.Constants.All.Length + maps.Length + 1);
        var data =
            program.Constants.Bytes
            + maps.Sum(m => sizeof(ushort) * m.Source.Length)
            + program.Calls.Table.Words.Length * (program.Calls.Table.IsBytes ? sizeof(byte) : sizeof(ushort));
        return new(data, OtherBytes + constructor + (int)(BytesPerSign * CSharpEmitter.CodeSigns(program)), constructor);
    }
}
