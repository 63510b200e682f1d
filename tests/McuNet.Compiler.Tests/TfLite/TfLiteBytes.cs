using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.FlatBuffers;
using McuNet.Compiler.TfLite;

namespace McuNet.Compiler.Tests.TfLite;

/// <summary>Options of an operator: their number in the union, and fields by id: bool and byte, int, float or text.</summary>
internal sealed record TfLiteOptions(int Number, params (int Field, object Value)[] Fields);

/// <summary>A small TFLite file, written by FlatBuffers' own library.</summary>
internal sealed class TfLiteBytes
{
    private readonly FlatBufferBuilder _builder = new(1024);
    private readonly List<byte[]> _buffers =
    [
        [],
    ];
    private readonly List<List<Func<int>>> _tensors =
    [
        [],
    ];
    private readonly List<List<Func<int>>> _operators =
    [
        [],
    ];
    private readonly List<(int[] Inputs, int[] Outputs)> _ports = [([], [])];
    private readonly List<(int Code, string? Custom)> _codes = [];

    public uint Version { get; init; } = 3;

    /// <summary>Begins another graph.</summary>
    public TfLiteBytes Graph()
    {
        _tensors.Add([]);
        _operators.Add([]);
        _ports.Add(([], []));
        return this;
    }

    public TfLiteBytes Ports(int[] inputs, int[] outputs)
    {
        _ports[^1] = (inputs, outputs);
        return this;
    }

    /// <summary>An activation of real numbers.</summary>
    public TfLiteBytes Real(string name, params int[] dims) => Tensor(name, TfLiteType.Float32, dims);

    /// <summary>A constant of real numbers.</summary>
    public TfLiteBytes Real(string name, int[] dims, params float[] values) =>
        Tensor(name, TfLiteType.Float32, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>A constant of int32.</summary>
    public TfLiteBytes Integers(string name, int[] dims, params int[] values) =>
        Tensor(name, TfLiteType.Int32, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An activation of int8.</summary>
    public TfLiteBytes Int8(string name, float scale, long zeroPoint, params int[] dims) =>
        Tensor(name, TfLiteType.Int8, dims, null, [scale], [zeroPoint]);

    public TfLiteBytes Tensor(
        string name,
        TfLiteType type,
        int[] dims,
        byte[]? data = null,
        float[]? scales = null,
        long[]? zeroPoints = null,
        int axis = 0,
        int? buffer = null
    )
    {
        var stored = buffer ?? 0;
        if (data is not null)
        {
            stored = _buffers.Count;
            _buffers.Add(data);
        }

        _tensors[^1]
            .Add(() =>
            {
                var quantization = scales is null ? 0 : Table(7, (2, Numbers(scales, 4)), (3, Numbers(zeroPoints ?? [], 8)), (6, axis));
                return Table(
                    8,
                    (0, Numbers(dims, 4)),
                    (1, (byte)type),
                    (2, (uint)stored),
                    (3, Text(name)),
                    (4, new Reference(quantization))
                );
            });
        return this;
    }

    public TfLiteBytes Operator(string name, int[] inputs, int[] outputs, TfLiteOptions? options = null) =>
        Operator(Code(name), null, inputs, outputs, options);

    public TfLiteBytes Operator(int code, string? custom, int[] inputs, int[] outputs, TfLiteOptions? options = null)
    {
        var index = _codes.Count;
        _codes.Add((code, custom));
        _operators[^1]
            .Add(() =>
            {
                (int, object)[] fields = [.. (options?.Fields ?? []).Select(f => (f.Field, f.Value is string text ? Text(text) : f.Value))];
                var table = options is null ? 0 : Table(fields.Select(f => f.Item1 + 1).DefaultIfEmpty(0).Max(), fields);
                return Table(
                    5,
                    (0, (uint)index),
                    (1, Numbers(inputs, 4)),
                    (2, Numbers(outputs, 4)),
                    (3, (byte)(options?.Number ?? 0)),
                    (4, new Reference(table))
                );
            });
        return this;
    }

    public byte[] ToArray()
    {
        var codes = Tables(
            _codes.Select(c =>
                Table(4, (0, (byte)Math.Min(c.Code, 127)), (1, c.Custom is null ? new Reference(0) : Text(c.Custom)), (2, 1), (3, c.Code))
            )
        );
        var graphs = Tables(
            _tensors.Select(
                (tensors, g) =>
                    Table(
                        5,
                        (0, Tables(tensors.Select(t => t()))),
                        (1, Numbers(_ports[g].Inputs, 4)),
                        (2, Numbers(_ports[g].Outputs, 4)),
                        (3, Tables(_operators[g].Select(o => o()))),
                        (4, Text("main"))
                    )
            )
        );
        var buffers = Tables(_buffers.Select(b => b.Length == 0 ? Table(1) : Table(1, (0, Numbers(b, 1)))));
        var root = Table(5, (0, Version), (1, codes), (2, graphs), (3, Text("test")), (4, buffers));
        _builder.Finish(root, "TFL3");
        return _builder.SizedByteArray();
    }

    /// <summary>Number of a builtin operator.</summary>
    public static int Code(string name) => Enumerable.Range(0, 162).Single(i => TfLiteBuiltins.Name(i) == name);

    private readonly record struct Reference(int Offset);

    private Reference Text(string text) => new(_builder.CreateString(text).Value);

    private Reference Numbers<T>(T[] values, int size)
        where T : unmanaged
    {
        _builder.StartVector(size, values.Length, size);
        foreach (var value in values.Reverse())
        {
            switch (value)
            {
                case float real:
                    _builder.AddFloat(real);
                    break;
                case long wide:
                    _builder.AddLong(wide);
                    break;
                case int integer:
                    _builder.AddInt(integer);
                    break;
                default:
                    _builder.AddByte((byte)(object)value);
                    break;
            }
        }

        return new(_builder.EndVector().Value);
    }

    private Reference Tables(IEnumerable<int> tables)
    {
        var offsets = tables.ToArray();
        _builder.StartVector(4, offsets.Length, 4);
        foreach (var offset in offsets.Reverse())
            _builder.AddOffset(offset);
        return new(_builder.EndVector().Value);
    }

    private int Table(int count, params (int Field, object Value)[] fields)
    {
        _builder.StartTable(count);
        foreach (var (field, value) in fields)
        {
            switch (value)
            {
                case Reference { Offset: 0 }:
                    break;
                case Reference reference:
                    _builder.AddOffset(field, reference.Offset, 0);
                    break;
                case float real:
                    _builder.AddFloat(field, real, 0);
                    break;
                case int integer:
                    _builder.AddInt(field, integer, 0);
                    break;
                case uint index:
                    _builder.AddUint(field, index, 0);
                    break;
                case bool flag:
                    _builder.AddBool(field, flag, false);
                    break;
                default:
                    _builder.AddByte(field, (byte)value, 0);
                    break;
            }
        }

        return _builder.EndTable();
    }
}
