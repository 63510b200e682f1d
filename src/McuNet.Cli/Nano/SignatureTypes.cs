using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace McuNet.Cli.Nano;

/// <summary>Reads types of signatures.</summary>
internal sealed class SignatureTypes : ISignatureTypeProvider<SignatureType, object?>
{
    public static readonly SignatureTypes Instance = new();

    private SignatureTypes() { }

    public SignatureType GetPrimitiveType(PrimitiveTypeCode code) => new(code.ToString());

    public SignatureType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind) =>
        new(NameOf(reader, handle));

    public SignatureType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind) => new(NameOf(reader, handle));

    public SignatureType GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte kind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public SignatureType GetSZArrayType(SignatureType element) => element.Wrapped("[]");

    public SignatureType GetArrayType(SignatureType element, ArrayShape shape) =>
        element.Wrapped($"[{new string(',', shape.Rank - 1)}]", MissingType.ManyDimensions);

    public SignatureType GetByReferenceType(SignatureType element) => element.Wrapped("&");

    public SignatureType GetPointerType(SignatureType element) => element.Wrapped("*", MissingType.Pointer);

    public SignatureType GetPinnedType(SignatureType element) => element.Wrapped("", MissingType.Pointer);

    public SignatureType GetModifiedType(SignatureType modifier, SignatureType type, bool required) => type;

    public SignatureType GetFunctionPointerType(MethodSignature<SignatureType> signature) => new("delegate*", MissingType.Pointer);

    public SignatureType GetGenericInstantiation(SignatureType type, ImmutableArray<SignatureType> arguments) =>
        type.Wrapped($"<{string.Join(", ", arguments.Select(a => a.Name))}>", MissingType.Generic);

    public SignatureType GetGenericMethodParameter(object? context, int index) => new($"!!{index}", MissingType.Generic);

    public SignatureType GetGenericTypeParameter(object? context, int index) => new($"!{index}", MissingType.Generic);

    /// <summary>The full name, those of types that it lies in before a slash.</summary>
    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(reader, outer)}/{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    private static string Qualified(string space, string name) => space.Length > 0 ? $"{space}.{name}" : name;
}
