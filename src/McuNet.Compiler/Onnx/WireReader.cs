using System;
using System.Buffers.Binary;
using System.Text;

namespace McuNet.Compiler.Onnx;

/// <summary>The encodings of a protocol buffer field.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>The first thing found wrong in a file, with its offset. Set once.</summary>
internal sealed class WireFault
{
    public string? Problem { get; private set; }

    public int Offset { get; private set; }

    public bool Found => Problem is not null;

    public void Set(string problem, int offset)
    {
        if (Found)
            return;
        Problem = problem;
        Offset = offset;
    }
}

/// <summary>
/// Reads the fields of one protocol buffer message. After a fault every read yields nothing and <see cref="Next"/> is false,
/// so callers need no checks of their own.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> memory, int origin, WireFault fault)
{
    private readonly ReadOnlySpan<byte> _bytes = memory.Span;
    private int _position;
    private int _fieldStart;
    private WireType _type;

    /// <summary>Number of the field that <see cref="Next"/> has found.</summary>
    public int Field { get; private set; }

    /// <summary>Offset of that field in the file.</summary>
    public readonly int Offset => origin + _fieldStart;

    public bool Next()
    {
        if (fault.Found || _position >= _bytes.Length)
            return false;
        _fieldStart = _position;
        var key = Varint();
        var type = (int)(key & 7);
        if (key >> 3 is 0 or > 0x1FFFFFFF || type is 3 or 4 or 6 or 7)
            fault.Set($"the field key {key} is not valid", Offset);
        (Field, _type) = ((int)(key >> 3), (WireType)type);
        return !fault.Found;
    }

    public readonly void Fail(string problem, int offset) => fault.Set(problem, offset);

    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Bytes:
                Take((long)Math.Min(Varint(), int.MaxValue));
                break;
            default:
                Take(_type == WireType.Fixed64 ? 8 : 4);
                break;
        }
    }

    public long Int64() => Expect(WireType.Varint) ? (long)Varint() : 0;

    public float Float() => Expect(WireType.Fixed32) && Take(4) is { Length: 4 } b ? BinaryPrimitives.ReadSingleLittleEndian(b.Span) : 0;

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    public ReadOnlyMemory<byte> Bytes() => Expect(WireType.Bytes) ? Take((long)Math.Min(Varint(), int.MaxValue)) : default;

    /// <summary>A nested message.</summary>
    public WireReader Message()
    {
        var bytes = Bytes();
        return new(bytes, origin + _position - bytes.Length, fault);
    }

    /// <summary>One element or a packed run of a repeated integer field.</summary>
    public void Int64s(WireIntegers into)
    {
        if (_type == WireType.Varint)
        {
            into.Add((long)Varint());
            return;
        }

        var run = Message();
        while (!fault.Found && run._position < run._bytes.Length)
            into.Add((long)run.Varint());
    }

    /// <summary>One element or a packed run of a repeated field of fixed-size elements, as bytes.</summary>
    public ReadOnlyMemory<byte> Fixed(int size)
    {
        if (_type == (size == 4 ? WireType.Fixed32 : WireType.Fixed64))
            return Take(size);
        var run = Bytes();
        if (run.Length % size != 0)
            fault.Set($"a packed run of {run.Length} bytes does not hold whole elements of {size}", Offset);
        return run;
    }

    private bool Expect(WireType type)
    {
        if (_type == type)
            return !fault.Found;
        fault.Set($"field {Field} has wire type {(int)_type} instead of {(int)type}", Offset);
        return false;
    }

    private ReadOnlyMemory<byte> Take(long length)
    {
        if (fault.Found)
            return default;
        if (length > _bytes.Length - _position)
        {
            fault.Set($"field {Field} claims {length} bytes where {_bytes.Length - _position} are left", Offset);
            return default;
        }

        var taken = memory.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position >= _bytes.Length)
            {
                fault.Set("the file ends inside a number", origin + _position);
                return 0;
            }

            var part = _bytes[_position++];
            value |= shift < 64 ? (ulong)(part & 0x7F) << shift : 0;
            if (part < 0x80)
                return value;
        }

        fault.Set("a number is longer than ten bytes", Offset);
        return 0;
    }
}
