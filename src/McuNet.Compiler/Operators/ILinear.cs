using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>An operator that multiplies its only input with constant weights: passes bring its constants into integer form and check its
/// scales.</summary>
public interface ILinear
{
    /// <summary>Real, or int8 with one scale or one per output channel.</summary>
    ConstantTensor Weights { get; }

    /// <summary>[C_out], or null.</summary>
    ConstantTensor? Bias { get; }

    /// <summary>The output channel that the weight at an index belongs to.</summary>
    int ChannelOf(int weight);

    /// <summary>The same layer with other weights of the same dimensions, and their bias.</summary>
    Operator WithConstants(ConstantTensor weights, ConstantTensor? bias);

    /// <summary>The layer in the numbers that kernels work with, between quantised types.</summary>
    LinearLayer Layer(NodeTypes types);
}
