using System.Linq;
using Microsoft.CodeAnalysis;

namespace McuNet.Generator.Analyzers;

/// <summary>A façade as user code sees it. It is known by its constants, since a class of another project has no attribute.</summary>
internal static class ModelClass
{
    private const string Arena = "ArenaBytes";

    public static bool Is(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class }
        && Constant(type, Arena) is not null
        && type.GetMembers("Device").OfType<IFieldSymbol>().Any(f => f.IsConst && f.Type.SpecialType == SpecialType.System_String)
        && type.GetMembers("Invoke").OfType<IMethodSymbol>().Any();

    public static int ArenaBytes(ITypeSymbol type) => Constant(type, Arena)!.Value;

    /// <summary>Name of the arena that models without one of their own share; null where they have one.</summary>
    public static string? SharedArena(ITypeSymbol type) =>
        type.GetMembers("SharedArena")
            .OfType<IFieldSymbol>()
            .Where(f => f.HasConstantValue)
            .Select(f => f.ConstantValue as string)
            .FirstOrDefault();

    /// <summary>A constant of the class; null where it has none of that name.</summary>
    public static int? Constant(ITypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => f.ConstantValue as int?).FirstOrDefault();
}
