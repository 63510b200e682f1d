using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace McuNet.Cli.Nano;

/// <summary>One instruction of a method.</summary>
/// <param name="Operand">The token or number it carries, 0 where it has none; of a switch the number of cases.</param>
internal readonly record struct IlInstruction(int Offset, OpCode Code, long Operand)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => f.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(c => c.Value & 0xffff);

    /// <exception cref="BadImageFormatException">The code ends within an instruction, or one is unknown.</exception>
    public static IEnumerable<IlInstruction> Of(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            var offset = code.Offset;
            int value = code.ReadByte();
            if (value == 0xfe)
                value = value << 8 | code.ReadByte();
            if (!Codes.TryGetValue(value, out var op))
                throw new BadImageFormatException($"instruction 0x{value:x} at {offset} is unknown");
            yield return new(offset, op, Read(op.OperandType, ref code));
        }
    }

    private static long Read(OperandType type, ref BlobReader code)
    {
        switch (type)
        {
            case OperandType.InlineNone:
                return 0;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI:
                return code.ReadSByte();
            case OperandType.ShortInlineVar:
                return code.ReadByte();
            case OperandType.InlineVar:
                return code.ReadUInt16();
            case OperandType.InlineI8 or OperandType.InlineR:
                return code.ReadInt64();
            case OperandType.InlineSwitch:
                var cases = code.ReadInt32();
                code.Offset += cases * sizeof(int);
                return cases;
            default:
                return code.ReadInt32();
        }
    }

    /// <summary>The number that it pushes, where that is constant and an int.</summary>
    public int? Constant =>
        Code.Value switch
        {
            >= 0x16 and <= 0x1e => Code.Value - 0x16,
            0x15 => -1,
            0x1f or 0x20 => (int)Operand,
            _ => null,
        };
}
