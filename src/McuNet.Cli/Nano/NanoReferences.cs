using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace McuNet.Cli.Nano;

/// <summary>Types and members of the libraries that a project references.</summary>
internal sealed class NanoReferences
{
    private readonly Dictionary<string, Members> _types = [];

    public NanoReferences(IEnumerable<MetadataReader> libraries)
    {
        foreach (var library in libraries)
            Add(library);
    }

    /// <summary>The second version of the platform runs generics; its version is that of the core library.</summary>
    public bool HasGenerics { get; private set; }

    public bool HasType(string name) => _types.ContainsKey(name);

    /// <summary>Also where a type that it derives from has the member.</summary>
    /// <param name="member">As <see cref="Key(MetadataReader, MemberReference)"/> writes it.</param>
    public bool HasMember(string type, string member)
    {
        for (string? at = type; at is not null && _types.TryGetValue(at, out var members); at = members.Base)
        {
            if (members.Keys.Contains(member))
                return true;
        }
        return false;
    }

    public static string Key(MetadataReader reader, MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Method
            ? Key(reader.GetString(member.Name), member.DecodeMethodSignature(SignatureTypes.Instance, null))
            : Key(reader.GetString(member.Name), member.DecodeFieldSignature(SignatureTypes.Instance, null));

    private static string Key(string name, MethodSignature<SignatureType> signature) =>
        $"{signature.ReturnType.Name} {name}({string.Join(", ", signature.ParameterTypes.Select(p => p.Name))})";

    private static string Key(string name, SignatureType type) => $"{type.Name} {name}";

    private void Add(MetadataReader library)
    {
        foreach (var handle in library.TypeDefinitions)
        {
            var type = library.GetTypeDefinition(handle);
            var methods = type.GetMethods()
                .Select(m => library.GetMethodDefinition(m))
                .Select(m => Key(library.GetString(m.Name), m.DecodeSignature(SignatureTypes.Instance, null)));
            var fields = type.GetFields()
                .Select(f => library.GetFieldDefinition(f))
                .Select(f => Key(library.GetString(f.Name), f.DecodeSignature(SignatureTypes.Instance, null)));
            var name = SignatureTypes.NameOf(library, handle);
            _types.TryAdd(name, new(Base(library, type.BaseType), methods.Concat(fields).ToHashSet()));
            HasGenerics |= name == "System.Object" && library.GetAssemblyDefinition().Version.Major >= 2;
        }
    }

    private static string? Base(MetadataReader reader, EntityHandle type) =>
        type switch
        {
            { IsNil: true } => null,
            { Kind: HandleKind.TypeDefinition } => SignatureTypes.NameOf(reader, (TypeDefinitionHandle)type),
            { Kind: HandleKind.TypeReference } => SignatureTypes.NameOf(reader, (TypeReferenceHandle)type),
            _ => null,
        };

    private sealed record Members(string? Base, HashSet<string> Keys);
}
