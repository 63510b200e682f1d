using System;
using System.Linq;
using Google.FlatBuffers;
using McuNet.Compiler.TfLite;
using Xunit;

namespace McuNet.Compiler.Tests.TfLite;

/// <summary>
/// Against the verifier of FlatBuffers' own library, on files below 32 kB: beyond them that one takes every field for absent, because it
/// keeps positions in 16 bits, which is why the engine has its own.
/// </summary>
public sealed class FlatVerifierTests
{
    [Fact]
    public void Verify_FlippedFiles_AcceptsNoneThatTheLibraryRefuses()
    {
        var random = new Random(31);
        var original = GraphStatementTests.Classifier().ToArray();
        Assert.InRange(original.Length, 1, short.MaxValue);
        var (accepted, refused) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var i = 0; i <= round % 2; i++)
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            if (!IsAccepted(bytes))
            {
                refused++;
                continue;
            }

            accepted++;
            Assert.True(IsAcceptedByLibrary(bytes), $"round {round}");
        }

        Assert.InRange(accepted, 300, 2700);
        Assert.InRange(refused, 300, 2700);
    }

    private static bool IsAccepted(byte[] bytes)
    {
        try
        {
            FlatVerifier.Verify(bytes, TfLiteSchema.Model);
            return true;
        }
        catch (TfLiteFault)
        {
            return false;
        }
    }

    private static bool IsAcceptedByLibrary(byte[] bytes) =>
        new Verifier(new ByteBuffer(bytes), new Google.FlatBuffers.Options(64, 1_000_000, false, false)).VerifyBuffer(
            TfLiteSchema.Identifier,
            false,
            (v, t) => Holds(TfLiteSchema.Model, v, t)
        );

    private static bool Holds(FlatSchema schema, Verifier verifier, uint table) =>
        verifier.VerifyTableStart(table) && schema.Fields.All(f => Holds(f, verifier, table)) && verifier.VerifyTableEnd(table);

    private static bool Holds(FlatField field, Verifier verifier, uint table) =>
        field.Kind switch
        {
            FlatKind.Byte or FlatKind.UByte => verifier.VerifyField(table, (short)field.Slot, 1, 1, false),
            FlatKind.Int or FlatKind.UInt or FlatKind.Float => verifier.VerifyField(table, (short)field.Slot, 4, 4, false),
            FlatKind.ULong => verifier.VerifyField(table, (short)field.Slot, 8, 8, false),
            FlatKind.Text => verifier.VerifyVectorOfData(table, (short)field.Slot, 1, false),
            FlatKind.Bytes => verifier.VerifyVectorOfData(table, (short)field.Slot, 1, false),
            FlatKind.Ints or FlatKind.Floats => verifier.VerifyVectorOfData(table, (short)field.Slot, 4, false),
            FlatKind.Longs => verifier.VerifyVectorOfData(table, (short)field.Slot, 8, false),
            FlatKind.Table => verifier.VerifyTable(table, (short)field.Slot, (v, t) => Holds(field.Of!, v, t), false),
            FlatKind.Tables => verifier.VerifyVectorOfTables(table, (short)field.Slot, (v, t) => Holds(field.Of!, v, t), false),
            FlatKind.Union => verifier.VerifyUnion(
                table,
                (short)(field.Slot - 2),
                (short)field.Slot,
                (v, number, t) => field.Of!.Choice(number) is not { } choice || Holds(choice, v, t),
                false
            ),
            _ => true,
        };
}
