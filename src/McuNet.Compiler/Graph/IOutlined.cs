using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Graph;

/// <summary>
/// An operator whose lowering looks at its constants, and that can also say from shapes alone what the result will be. Weights may have
/// dimensions without data then.
/// </summary>
/// <remarks>
/// Two facts about values are taken for granted, because quantised networks have them: the accumulators of a layer stay within 24 bits where
/// the fastest kernel needs that (always, while a row of weights has at most 515 taps), and sums have exact integer multipliers. Where one
/// does not hold, another kernel is chosen and the real figures differ.
/// </remarks>
public interface IOutlined
{
    KernelOutline Outline(NodeTypes types, KernelTarget target);
}
