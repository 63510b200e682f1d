using System.Collections.Immutable;

namespace McuNet.Compiler.Passes;

/// <summary>The passes in the order in which they run.</summary>
public static class PassTable
{
    public static readonly ImmutableArray<Pass> Passes =
    [
        new(
            nameof(QuantizeBorders),
            "The application hands over quantised values where the model would quantise them at once.",
            QuantizeBorders.Run
        ),
        new(
            nameof(FoldBias),
            "Many exporters write the bias or normalisation of a layer as an operator of its own, with no quantisation between.",
            FoldBias.Run
        ),
        new(nameof(FuseActivations), "Relu and Clip are a clamp of the operator before them and cost nothing there.", FuseActivations.Run),
        new(
            nameof(SplitSlopes),
            "A slope behind a layer, with no quantisation between, is the larger of two layers' results.",
            SplitSlopes.Run
        ),
        new(nameof(SinkDequantize), "Operators that only move or compare values give the same result on integers.", SinkDequantize.Run),
        new(nameof(HoistQuantize), "Operators that only move or compare values can follow the rounding.", HoistQuantize.Run),
        new(
            nameof(QuantizeKnown),
            "What is chosen among integers, or joined with them, is an integer, also where it is constant.",
            QuantizeKnown.Run
        ),
        new(
            nameof(FuseQuantization),
            "A real operator between DequantizeLinear and QuantizeLinear is one integer operator with one rounding.",
            FuseQuantization.Run
        ),
        new(nameof(DropWholeSteps), "Truth values between real operators need no bytes.", DropWholeSteps.Run),
        new(nameof(RealForm), "Kernels on real numbers take real constants, and join tensors without limiting them.", RealForm.Run),
        new(nameof(RequireKernels), "What no kernel computes is reported before anything is built on it.", RequireKernels.Run),
        new(
            nameof(RequireExactScales),
            "Scales whose product or quotient leaves the range of float32 would give wrong numbers.",
            RequireExactScales.Run
        ),
        new(nameof(ConvertOperands), "Rows and columns are joined by copying, whatever the type of their elements.", ConvertOperands.Run),
        new(nameof(DropRescale), "Many models quantise the same values again with the same parameters.", DropRescale.Run),
        new(nameof(FoldReshape), "A reshape whose neighbour does not care about shape is no work at all.", FoldReshape.Run),
        new(
            nameof(RecognizeMean),
            "A pooling that covers everything accumulates row by row instead of holding its input.",
            RecognizeMean.Run
        ),
        new(nameof(RecognizeDense), "A convolution that covers its whole input is a fully connected layer.", RecognizeDense.Run),
        new(
            nameof(TabulateChains),
            "Functions of one byte, one after the other, are one function of that byte: SiLU as its table.",
            TabulateChains.Run
        ),
        new(nameof(WidenNumbers), "What ONNX counts in int64 the application reads in int32, not in bytes.", WidenNumbers.Run),
        new(
            nameof(CanonicalizeUnsigned),
            "Kernels exist for int8 only; unsigned values less 128 are the same real numbers.",
            CanonicalizeUnsigned.Run
        ),
        new(
            nameof(DropConstantChannels),
            "A channel that has one value for every input is a bias of the next layer.",
            DropConstantChannels.Run
        ),
    ];

    public static readonly ImmutableArray<PassConstraint> Constraints =
    [
        new(
            nameof(QuantizeBorders),
            nameof(RequireKernels),
            "the quantisation of an input is floating point work until the border takes it over"
        ),
        new(nameof(FoldBias), nameof(FuseActivations), "an activation behind the sum belongs to the layer before it"),
        new(nameof(FoldBias), nameof(FuseQuantization), "a sum between an operator and its quantisation hides the group"),
        new(nameof(FuseActivations), nameof(FuseQuantization), "an activation between an operator and its quantisation hides the group"),
        new(
            nameof(FuseActivations),
            nameof(HoistQuantize),
            "an activation before a pooling hides the operator that quantisation must reach"
        ),
        new(nameof(FoldBias), nameof(SplitSlopes), "a sum between a layer and its slope hides the layer"),
        new(nameof(SplitSlopes), nameof(FuseQuantization), "the two layers and what is larger are groups of their own"),
        new(nameof(SinkDequantize), nameof(FuseQuantization), "groups must begin at a DequantizeLinear"),
        new(nameof(HoistQuantize), nameof(FuseQuantization), "groups must end at a QuantizeLinear"),
        new(nameof(HoistQuantize), nameof(QuantizeKnown), "the rounding of a constant stands behind it"),
        new(nameof(QuantizeKnown), nameof(FuseQuantization), "a real constant among the operands hides the group"),
        new(nameof(FuseQuantization), nameof(DropWholeSteps), "a comparison of integers is one operator with the bytes that it gives"),
        new(nameof(FuseQuantization), nameof(RealForm), "a layer that becomes one on integers keeps its integers"),
        new(nameof(RealForm), nameof(RequireKernels), "kernels on real numbers have no integer weights"),
        new(nameof(FuseQuantization), nameof(RequireKernels), "only what is left over is reported"),
        new(nameof(FuseQuantization), nameof(RequireExactScales), "the combined scale of a layer is known once its result is quantised"),
        new(nameof(FuseQuantization), nameof(ConvertOperands), "the scale of what is joined is known once it is quantised"),
        new(
            nameof(ConvertOperands),
            nameof(DropRescale),
            "a conversion of an operand that only limits it belongs to the operator before it"
        ),
        new(nameof(FuseQuantization), nameof(DropRescale), "requantisations appear when groups are fused"),
        new(nameof(DropRescale), nameof(FoldReshape), "a requantisation between an input and its reshape hides the input"),
        new(nameof(RequireKernels), nameof(TabulateChains), "a table holds what kernels give"),
        new(nameof(ConvertOperands), nameof(TabulateChains), "the conversion of an operand belongs to the table before it"),
        new(nameof(DropRescale), nameof(TabulateChains), "a conversion of a layer's result belongs to the layer, not to the table"),
        new(nameof(FoldReshape), nameof(TabulateChains), "a reshape between two functions hides the chain"),
        new(nameof(FoldReshape), nameof(RecognizeDense), "a convolution on a reshaped vector shows its input's true shape only then"),
        new(
            nameof(WidenNumbers),
            nameof(CanonicalizeUnsigned),
            "a number becomes int32 from the byte that is one, not from the port's unsigned form of it"
        ),
        new(nameof(DropRescale), nameof(CanonicalizeUnsigned), "the conversions at the borders must stay"),
        new(nameof(RecognizeMean), nameof(DropConstantChannels), "a mean keeps its channels apart, a pooling in general is left alone"),
        new(nameof(CanonicalizeUnsigned), nameof(DropConstantChannels), "the accumulators of a layer are known once its input is int8"),
        new(nameof(RequireKernels), nameof(CanonicalizeUnsigned), "the types that are reported are those of the model"),
    ];
}
