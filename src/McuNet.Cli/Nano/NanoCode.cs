using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Cli.Nano;

/// <summary>
/// Looks through a compiled assembly for what the interpreter and the file format of .NET nanoFramework do not have. Most of it is not
/// found by the platform's own tools: it crashes the device or gives wrong data.
/// </summary>
internal sealed class NanoCode
{
    private static readonly (OpCode Code, string Instead)[] Forbidden =
    [
        (OpCodes.Localloc, "Use an array in place of stackalloc."),
        (OpCodes.Cpblk, "Use Array.Copy."),
        (OpCodes.Initblk, "Use Array.Clear or a loop."),
        (OpCodes.Calli, "Use a delegate in place of a function pointer."),
        (OpCodes.Arglist, "Use an array in place of __arglist."),
        (OpCodes.Mkrefany, "Use ref in place of __makeref."),
        (OpCodes.Refanytype, "Use ref in place of __makeref."),
        (OpCodes.Refanyval, "Use ref in place of __makeref."),
        (OpCodes.Cpobj, "Copy the fields."),
        (OpCodes.Jmp, "Call the method."),
        (OpCodes.Tailcall, "Compile without tail calls."),
        (OpCodes.Ckfinite, "Compare the value with itself and with the largest."),
    ];

    private static readonly HashSet<OpCode> Overflowing =
    [
        OpCodes.Add_Ovf,
        OpCodes.Add_Ovf_Un,
        OpCodes.Sub_Ovf,
        OpCodes.Sub_Ovf_Un,
        OpCodes.Mul_Ovf,
        OpCodes.Mul_Ovf_Un,
        OpCodes.Conv_Ovf_I1,
        OpCodes.Conv_Ovf_I1_Un,
        OpCodes.Conv_Ovf_I2,
        OpCodes.Conv_Ovf_I2_Un,
        OpCodes.Conv_Ovf_I4,
        OpCodes.Conv_Ovf_I4_Un,
        OpCodes.Conv_Ovf_I8,
        OpCodes.Conv_Ovf_I8_Un,
        OpCodes.Conv_Ovf_U1,
        OpCodes.Conv_Ovf_U1_Un,
        OpCodes.Conv_Ovf_U2,
        OpCodes.Conv_Ovf_U2_Un,
        OpCodes.Conv_Ovf_U4,
        OpCodes.Conv_Ovf_U4_Un,
        OpCodes.Conv_Ovf_U8,
        OpCodes.Conv_Ovf_U8_Un,
    ];

    private readonly PEReader _image;
    private readonly MetadataReader _reader;
    private readonly NanoReferences _references;
    private readonly SourceLines _lines;
    private readonly List<NanoFinding> _found = [];
    private readonly HashSet<string> _signatures = [];

    private NanoCode(PEReader image, NanoReferences references, SourceLines lines) =>
        (_image, _reader, _references, _lines) = (image, image.GetMetadataReader(), references, lines);

    /// <param name="path">Where the assembly lies, to find its debug information.</param>
    /// <exception cref="BadImageFormatException">The image is no managed assembly, or a broken one.</exception>
    public static (ImmutableArray<NanoFinding> Found, NanoSizes Sizes) Check(byte[] assembly, string path, NanoReferences references)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        if (!image.HasMetadata)
            throw new BadImageFormatException("it holds no managed code");
        using var lines = SourceLines.Of(image, path);
        var check = new NanoCode(image, references, lines);
        var sizes = check.Run();
        return ([.. check._found.Distinct()], sizes);
    }

    private NanoSizes Run()
    {
        var (code, constructor, data) = (0, 0, 0);
        foreach (var handle in _reader.TypeDefinitions)
        {
            var type = _reader.GetTypeDefinition(handle);
            CheckType(handle, type);
            data += type.GetFields().Sum(f => CheckField(SignatureTypes.NameOf(_reader, handle), _reader.GetFieldDefinition(f)));
            foreach (var method in type.GetMethods())
            {
                var bytes = CheckMethod(SignatureTypes.NameOf(_reader, handle), method);
                code += bytes;
                if (_reader.StringComparer.Equals(_reader.GetMethodDefinition(method).Name, ".cctor"))
                    constructor = Math.Max(constructor, bytes);
            }
        }
        return new(code, constructor, data + 3 * _signatures.Sum(s => 1 + s.Split(',').Length), Strings());
    }

    /// <summary>Texts, and names of all that is defined or used.</summary>
    private int Strings()
    {
        var strings = new HashSet<string>();
        foreach (var handle in _reader.TypeDefinitions)
        {
            var type = _reader.GetTypeDefinition(handle);
            strings.UnionWith([_reader.GetString(type.Namespace), _reader.GetString(type.Name)]);
            strings.UnionWith(type.GetMethods().Select(m => _reader.GetString(_reader.GetMethodDefinition(m).Name)));
            strings.UnionWith(type.GetFields().Select(f => _reader.GetString(_reader.GetFieldDefinition(f).Name)));
        }
        foreach (var type in _reader.TypeReferences.Select(t => _reader.GetTypeReference(t)))
            strings.UnionWith([_reader.GetString(type.Namespace), _reader.GetString(type.Name)]);
        strings.UnionWith(_reader.MemberReferences.Select(m => _reader.GetString(_reader.GetMemberReference(m).Name)));
        var end = _reader.GetHeapSize(HeapIndex.UserString);
        for (
            var text = MetadataTokens.UserStringHandle(1);
            !text.IsNil && MetadataTokens.GetHeapOffset(text) < end;
            text = _reader.GetNextHandle(text)
        )
            strings.Add(_reader.GetUserString(text));
        return strings.Sum(t => Encoding.UTF8.GetByteCount(t) + 1);
    }

    private void CheckType(TypeDefinitionHandle handle, TypeDefinition type)
    {
        var name = SignatureTypes.NameOf(_reader, handle);
        if (type.GetGenericParameters().Count > 0)
            Lacks(name, "is generic", MissingType.Generic, null);
        foreach (
            var used in type.GetInterfaceImplementations()
                .Select(i => _reader.GetInterfaceImplementation(i).Interface)
                .Append(type.BaseType)
        )
        {
            if (used.Kind == HandleKind.TypeSpecification)
                Check(name, "derives from", Decode(used), null);
        }
        if ((type.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout && !IsInitialiser(type))
            _found.Add(new(name, "lays out its fields explicitly", "Remove StructLayout, and convert with BitConverter."));
    }

    /// <summary>The compiler's types for the data of array initialisers.</summary>
    private bool IsInitialiser(TypeDefinition type) => _reader.StringComparer.StartsWith(type.Name, "__StaticArrayInitTypeSize");

    /// <summary>Bytes of the initialiser that it holds.</summary>
    private int CheckField(string type, FieldDefinition field)
    {
        var held = field.DecodeSignature(SignatureTypes.Instance, null);
        Check($"{type}.{_reader.GetString(field.Name)}", "has the type", held, null);
        _signatures.Add(held.Name);
        return (field.Attributes & FieldAttributes.HasFieldRVA) == 0 ? 0 : Size(held.Name);
    }

    private int Size(string type)
    {
        var layout = _reader
            .TypeDefinitions.Where(t => SignatureTypes.NameOf(_reader, t) == type)
            .Select(t => _reader.GetTypeDefinition(t).GetLayout())
            .FirstOrDefault();
        return layout.IsDefault ? ElementBytes(type) : layout.Size;
    }

    private static int ElementBytes(string type) =>
        type switch
        {
            "SByte" or "Byte" or "Boolean" or "System.SByte" or "System.Byte" or "System.Boolean" => 1,
            "Int16" or "UInt16" or "Char" or "System.Int16" or "System.UInt16" or "System.Char" => 2,
            "Int64" or "UInt64" or "Double" or "System.Int64" or "System.UInt64" or "System.Double" => 8,
            _ => 4,
        };

    /// <summary>Bytes of its IL.</summary>
    private int CheckMethod(string type, MethodDefinitionHandle handle)
    {
        var method = _reader.GetMethodDefinition(handle);
        var place = $"{type}.{_reader.GetString(method.Name)}";
        var start = _lines.Find(handle, 0);
        if (method.GetGenericParameters().Count > 0)
            Lacks(place, "is generic", MissingType.Generic, start);
        var signature = method.DecodeSignature(SignatureTypes.Instance, null);
        Check(place, "returns", signature.ReturnType, start);
        foreach (var parameter in signature.ParameterTypes)
            Check(place, "takes", parameter, start);
        _signatures.Add(string.Join(",", signature.ParameterTypes.Append(signature.ReturnType).Select(t => t.Name)));
        if (method.RelativeVirtualAddress == 0)
            return 0;

        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil
            ? []
            : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureTypes.Instance, null);
        _signatures.Add(string.Join(",", locals.Select(t => t.Name)));
        foreach (var local in locals)
            Check(place, "has a local of the type", local, start);
        if (Math.Max(Math.Max(signature.ParameterTypes.Length, locals.Length), body.MaxStack) > NanoSizes.MostSlots)
            _found.Add(
                new(
                    place,
                    $"has {signature.ParameterTypes.Length} arguments, {locals.Length} locals and {body.MaxStack} stack slots, of which each may be {NanoSizes.MostSlots}",
                    "Divide the method.",
                    start
                )
            );
        var code = body.GetILReader();
        if (code.Length > NanoSizes.MostMethod)
            _found.Add(
                new(
                    place,
                    $"has {code.Length:N0} bytes of IL, of which a method may have {NanoSizes.MostMethod:N0}",
                    "Divide the method.",
                    start
                )
            );
        IlInstruction? before = null;
        foreach (var instruction in IlInstruction.Of(code))
        {
            CheckInstruction(place, handle, instruction, before);
            before = instruction;
        }
        return code.Length;
    }

    private void CheckInstruction(string place, MethodDefinitionHandle method, IlInstruction instruction, IlInstruction? before)
    {
        SourceLocation? Line() => _lines.Find(method, instruction.Offset);
        foreach (var (code, instead) in Forbidden)
        {
            if (instruction.Code == code)
                _found.Add(new(place, $"uses the instruction '{code.Name}'", instead, Line()));
        }
        if (Overflowing.Contains(instruction.Code))
            _found.Add(
                new(place, $"checks for overflow ({instruction.Code.Name})", "Compare before, or leave 'checked' out.", Line())
                {
                    IsOverflow = true,
                }
            );
        if (
            instruction.Code.OperandType
            is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
        )
            return;
        var token = MetadataTokens.EntityHandle((int)instruction.Operand);
        if (
            instruction.Code == OpCodes.Newarr
            && before?.Constant is { } length
            && (long)length * ElementBytes(Decode(token).Name) > NanoSizes.MostObject
        )
            _found.Add(
                new(
                    place,
                    $"makes an array of {(long)length * ElementBytes(Decode(token).Name):N0} bytes, of which one may have {NanoSizes.MostObject:N0}",
                    "Divide the array.",
                    Line()
                )
            );
        CheckUse(place, token, Line);
    }

    private void CheckUse(string place, EntityHandle used, Func<SourceLocation?> line)
    {
        switch (used.Kind)
        {
            case HandleKind.MethodSpecification:
                Lacks(place, "calls a generic method", MissingType.Generic, line());
                CheckUse(place, _reader.GetMethodSpecification((MethodSpecificationHandle)used).Method, line);
                break;
            case HandleKind.TypeSpecification:
                Check(place, "uses", Decode(used), line());
                break;
            case HandleKind.TypeReference when !_references.HasType(Decode(used).Name):
                Unknown(place, Decode(used).Name, line());
                break;
            case HandleKind.MemberReference:
                CheckMember(place, _reader.GetMemberReference((MemberReferenceHandle)used), line);
                break;
        }
    }

    private void CheckMember(string place, MemberReference member, Func<SourceLocation?> line)
    {
        if (member.Parent.Kind == HandleKind.TypeSpecification)
            Check(place, "uses", Decode(member.Parent), line());
        else if (
            member.Parent.Kind == HandleKind.TypeReference
            && !_references.HasMember(Decode(member.Parent).Name, NanoReferences.Key(_reader, member))
        )
            Unknown(place, $"{Decode(member.Parent).Name}.{_reader.GetString(member.Name)}", line());
    }

    private void Unknown(string place, string what, SourceLocation? location) =>
        _found.Add(
            new(
                place,
                $"uses {what}, which no referenced library has",
                "Reference the library of .NET nanoFramework that has it, or do without.",
                location
            )
        );

    private void Check(string place, string does, SignatureType type, SourceLocation? location)
    {
        if (type.Missing != MissingType.None)
            Lacks(place, $"{does} {type.Name}", type.Missing, location);
    }

    private void Lacks(string place, string what, MissingType missing, SourceLocation? location)
    {
        if (missing == MissingType.Generic && _references.HasGenerics)
            return;
        _found.Add(
            new(
                place,
                what,
                missing switch
                {
                    MissingType.Generic => "Write the types out: the first version of the platform has no generics.",
                    MissingType.Pointer => "Use an array and an index in place of a pointer.",
                    _ => "Use an array of one dimension, or of arrays.",
                },
                location
            )
        );
    }

    private SignatureType Decode(EntityHandle type) =>
        type.Kind switch
        {
            HandleKind.TypeDefinition => new(SignatureTypes.NameOf(_reader, (TypeDefinitionHandle)type)),
            HandleKind.TypeReference => new(SignatureTypes.NameOf(_reader, (TypeReferenceHandle)type)),
            _ => _reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(SignatureTypes.Instance, null),
        };
}
