using System;
using System.Collections.Immutable;
using McuNet.Diagnostics;
using McuNet.Execution.Cases;
using McuNet.Execution.Tests.Layers;
using Xunit;

namespace McuNet.Execution.Tests.Cases;

public sealed class FirstDifferenceTests
{
    /// <summary>Two cases of two outputs; bytes 2 of the second output differ in both, byte 0 in the second alone.</summary>
    [Fact]
    public void Of_BytesThatDiffer_NamesTheFirstAndCountsAll()
    {
        byte[][] expected =
        [
            [1, 2],
            [3, 4, 5],
        ];
        var actual = ImmutableArray.Create(
            ImmutableArray.Create<byte[]>([1, 2], [3, 4, 6]),
            ImmutableArray.Create<byte[]>([1, 2], [0, 4, 6])
        );

        Assert.Equal(new FirstDifference(0, 1, 2, 5, 6, 3), FirstDifference.Of([expected, expected], actual));
        Assert.Null(
            FirstDifference.Of(
                [expected],
                [
                    [
                        [1, 2],
                        [3, 4, 5],
                    ],
                ]
            )
        );
    }

    [Fact]
    public void Fault_OfANetwork_RaisesExecutorNotExact()
    {
        var network = Trace.OfDigits().Network with { Name = "digits" };

        var fault = FirstDifference.Fault(
            network,
            "host",
            [
                [new byte[10]],
            ],
            [
                [
                    [0, 0, 7, 0, 0, 0, 0, 0, 0, 1],
                ],
            ],
            (_, _) => true
        )!;

        Assert.Equal(DiagnosticCatalog.ExecutorNotExact.Id, fault.Id);
        Assert.Contains(
            "'digits' on host does not give what the reference evaluator gives: in case 1 of 1, byte 2 of 'logits' is 7 and must be 0 (2 bytes differ",
            fault.Message,
            StringComparison.Ordinal
        );
    }
}
