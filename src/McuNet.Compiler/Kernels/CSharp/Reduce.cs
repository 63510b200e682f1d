/// <summary>
/// Reductions: the value of a row's column x and channel c falls on output x * Column + c * Channel, and <c>Steps</c> rows fall on each.
/// Accumulators are set at the first row of an output.
/// </summary>
internal static partial class Kernels
{
    private static void ReduceBegin(MnReduce p, int step, int[] accumulators, int state)
    {
        if (step == 0 || p.Steps == 1)
        {
            for (int i = 0; i < p.Outputs; i++)
                accumulators[state + i] = p.Start;
        }
    }

    private static bool ReduceEnds(MnReduce p, int step) => p.Steps == 1 || step + 1 == p.Steps;
}
