using System.Linq;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Small real models on every emulated core, with the kernels of a device that has that core: none, DSP or MVE; with and without
/// FPU.</summary>
public sealed class BoardTests
{
    private static readonly (string Board, string Device)[] Boards =
    [
        ("cortex-m0", "stm32g0b1"),
        ("cortex-m3", "stm32f103"),
        ("cortex-m7", "stm32f746"),
        ("cortex-m33", "nrf5340"),
        ("cortex-m55", "corstone300"),
    ];

    private static readonly string[] Small =
    [
        "tflm_hello_int8",
        "tflm_micro_speech_int8",
        "mlperf_kws_dscnn_int8",
        "mltk_fingerprint_int8",
        "mlperf_ad01_int8",
        "lenet300_int8",
    ];

    public static TheoryData<string, string, string> Rows { get; } = AllRows();

    [RealModelOnBoardTheory]
    [MemberData(nameof(Rows))]
    public void Board_SmallModel_MatchesReference(string board, string device, string name)
    {
        var model = RealModel.Of(name);
        var compiled = model.Compile(Plan.Rows, device);
        var run = CompiledC.OnBoard(compiled, QemuBoard.Find(board)!, model.Cases.Take(3).ToArray());
        model.Expected.AssertEqual(board, run.Value);
    }

    /// <summary>The micro:bit's 256 kB of flash hold neither of the two models with 270 kB of weights.</summary>
    private static TheoryData<string, string, string> AllRows()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (board, device) in Boards)
        {
            foreach (var name in board == "cortex-m0" ? Small.Take(4) : Small)
                data.Add(board, device, name);
        }
        return data;
    }
}
