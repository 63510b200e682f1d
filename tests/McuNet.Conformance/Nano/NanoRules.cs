using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace McuNet.Conformance.Nano;

/// <summary>
/// What the interpreter and the file format of .NET nanoFramework do not have, looked for in compiled code. Most of it is not found by their tools: it crashes
/// the device
/// or gives wrong data.
/// </summary>
internal static class NanoRules
{
    /// <summary>All code of an assembly, of one method, and what a method may have of arguments, locals and stack slots.</summary>
    public const int MostCode = 65_535;
    public const int MostMethod = 32_767;
    public const int MostSlots = 255;

    /// <summary>Data of array initialisers and signatures of an assembly.</summary>
    public const int MostData = 65_535;

    private static readonly HashSet<Code> Forbidden =
    [
        Code.Arglist, Code.Jmp, Code.Initblk, Code.Calli, Code.Ckfinite, Code.Mkrefany, Code.Refanytype, Code.Refanyval, Code.Localloc, Code.Cpblk, Code.Cpobj,
            Code.Tail,
    ];

    /// <summary>Everything that is wrong, each with its place.</summary>
    public static IReadOnlyList<string> Check(ModuleDefinition module)
    {
        var found = new List<string>();
        foreach (var type in Types(module))
        {
            if (type.HasGenericParameters)
                found.Add($"{type.FullName}: generic type");
            if (type.IsExplicitLayout && !type.Name.StartsWith("__StaticArrayInitTypeSize", System.StringComparison.Ordinal))
                found.Add($"{type.FullName}: explicit layout");
            found.AddRange(type.Fields.Where(f => !IsPlain(f.FieldType)).Select(f => $"{f.FullName}: {f.FieldType}"));
            foreach (var method in type.Methods)
                Check(method, found);
        }
        if (CodeBytes(module) > MostCode)
            found.Add($"{CodeBytes(module)} bytes of code");
        if (DataBytes(module) > MostData)
            found.Add($"{DataBytes(module)} bytes of initialisers");
        return found;
    }

    public static int CodeBytes(ModuleDefinition module) => Methods(module).Sum(m => m.Body.CodeSize);

    public static int LargestMethod(ModuleDefinition module) => Methods(module).Max(m => m.Body.CodeSize);

    /// <summary>The code that makes static fields.</summary>
    public static int LargestConstructor(ModuleDefinition module) => Methods(module).Where(m => m.Name == ".cctor").Max(m => m.Body.CodeSize);

    /// <summary>
    /// Data of array initialisers, and a bound of what signatures of fields, methods and locals take beside them: equal ones once, three bytes a type.
    /// </summary>
    public static int DataBytes(ModuleDefinition module)
    {
        var signatures = Types(module).SelectMany(t => t.Fields).Select(f => new[] { f.FieldType })
            .Concat(Types(module).SelectMany(t => t.Methods).Select(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType).ToArray()))
            .Concat(Methods(module).Select(m => m.Body.Variables.Select(v => v.VariableType).ToArray()));
        var types = signatures.Select(s => string.Join(",", s.Select(t => t.FullName))).Distinct().Sum(s => 1 + s.Split(',').Length);
        return Types(module).SelectMany(t => t.Fields).Sum(f => f.InitialValue?.Length ?? 0) + 3 * types;
    }

    private static void Check(MethodDefinition method, List<string> found)
    {
        var place = method.FullName;
        if (method.HasGenericParameters)
            found.Add($"{place}: generic method");
        found.AddRange(method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType).Where(t => !IsPlain(t)).Select(t => $"{place}: {t}"));
        if (!method.HasBody)
            return;
        if (method.Body.CodeSize > MostMethod)
            found.Add($"{place}: {method.Body.CodeSize} bytes of code");
        if (method.Parameters.Count > MostSlots || method.Body.Variables.Count > MostSlots || method.Body.MaxStackSize > MostSlots)
            found.Add($"{place}: too many arguments, locals or stack slots");
        found.AddRange(method.Body.Variables.Where(v => !IsPlain(v.VariableType) || v.IsPinned).Select(v => $"{place}: local {v.VariableType}"));
        foreach (var instruction in method.Body.Instructions)
        {
            if (Forbidden.Contains(instruction.OpCode.Code))
                found.Add($"{place}: {instruction.OpCode}");
            if (instruction.Operand is MemberReference member && Foreign(member) is { } missing)
                found.Add($"{place}: {missing}");
        }
    }

    /// <summary>A member or type that is neither in the assembly nor in the core library, or is generic.</summary>
    private static string? Foreign(MemberReference member)
    {
        if (member is GenericInstanceMethod or GenericInstanceType || (member.DeclaringType?.IsGenericInstance ?? false))
            return $"generic {member.FullName}";
        if (member is TypeReference type)
            return IsPlain(type) ? null : member.FullName;
        return member.DeclaringType is ArrayType ? $"array of several dimensions {member.FullName}"
            : member switch
            {
                MethodReference method => method.Resolve(),
                FieldReference field => (IMemberDefinition?)field.Resolve(),
                _ => null,
            }
            is null ? $"{member.FullName}, which the core library has not" : null;
    }

    /// <summary>No pointer, no generic, no array of several dimensions.</summary>
    private static bool IsPlain(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType or GenericInstanceType or GenericParameter or PinnedType => false,
        ArrayType array => array.Rank == 1 && IsPlain(array.ElementType),
        TypeSpecification other => IsPlain(other.ElementType),
        _ => true,
    };

    private static IEnumerable<TypeDefinition> Types(ModuleDefinition module) => module.GetTypes();

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) => Types(module).SelectMany(t => t.Methods).Where(m => m.HasBody);
}
