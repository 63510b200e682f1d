namespace McuNet.Compiler.Arena;

// A buffer of four rows of 10 bytes. Rows 0 and 1 are written at step 0, row 2 at step 1, row 3 at step 2;
// row 0 is last read at step 1, row 1 at step 2, the rest at step 3.
//
//   byte  0         10        20        30        40
//   step 0|####row0##|####row1##|         |         |      [ 0, 20)
//   step 1|####row0##|####row1##|####row2##|        |      [ 0, 30)
//   step 2|          |####row1##|####row2##|##row3##|      [10, 40)
//   step 3|          |          |####row2##|##row3##|      [20, 40)
//
// becomes (0,1,0,20) (1,2,0,30) (2,3,10,40) (3,4,20,40). A plain rectangle would be 40 bytes at all four steps, 160 byte-steps
// instead of 100; another buffer may use the rest.

/// <summary>
/// A run of steps [FirstStep, EndStep) during which the live bytes of a buffer are [Lo, Hi), relative to its base.
/// Rows nothing needs any more no longer count at the front; rows not yet written do not count yet at the back.
/// </summary>
/// <remarks>
/// An extent of no bytes is a point that claims its place: no other live extent may contain it inside. An operator that works in place
/// claims the point where its output begins while it still reads, so that the output may lie on or below the dying input, not across it.
/// Invariant (checked by <see cref="ArenaProblem.Create"/>): FirstStep &lt; EndStep and Lo &lt;= Hi &lt;= the buffer's size.
/// </remarks>
public readonly record struct LiveExtent(StepIndex FirstStep, StepIndex EndStep, ByteOffset Lo, ByteOffset Hi)
{
    public ByteCount Length => new(Hi.Value - Lo.Value);

    public bool Covers(StepIndex step) => FirstStep <= step && step < EndStep;
}
