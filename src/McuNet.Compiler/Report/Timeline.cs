using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Report;

/// <summary>When the calls of an inference begin, in estimated cycles of the yardstick core; a call that asks for an input row takes
/// none.</summary>
internal sealed class Timeline
{
    private readonly double[] _begins;

    public Timeline(CompiledModel model)
    {
        var steps = model.Schedule.Steps;
        _begins = new double[steps.Length + 1];
        for (var c = 0; c < steps.Length; c++)
            _begins[c + 1] = _begins[c] + (steps[c].IsInput ? 0 : SegmentPricer.CyclesOf(steps[c], model.Kernels[steps[c].Node.Value]));
    }

    public double Cycles => _begins[^1];

    public double Begin(int call) => _begins[call];

    /// <param name="time">Two for each call, its reading and its writing half.</param>
    public double At(int time) => time >= 2 * (_begins.Length - 1) ? Cycles : (_begins[time / 2] + _begins[(time + 1) / 2]) / 2;
}
