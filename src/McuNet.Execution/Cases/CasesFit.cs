using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Cases;

/// <summary>Whether cases can be compared with a network: the same tensors, and integers that mean the same numbers.</summary>
public static class CasesFit
{
    /// <summary>How far two scales may be apart, relative: what is lost where a file states six digits.</summary>
    private const float ScaleTolerance = 1e-5f;

    /// <returns>MCU7022 where tensors differ in number or size, else one MCU7027 for each that is quantised in another way.</returns>
    public static ImmutableArray<Diagnostic> Check(string folder, string path, GoldenModel golden, NetworkGraph network)
    {
        if (Misfit(golden, network) is { } why)
            return [Diagnostic.Create(DiagnosticCatalog.CasesDoNotFit, folder, path, why)];
        return
        [
            .. golden
                .Inputs.Zip(network.Inputs)
                .Concat(golden.Outputs.Zip(network.Outputs))
                .Select(pair => (Tensor: pair.First, Port: pair.Second, network[pair.Second.Tensor].Type))
                .Where(t => !IsSame(t.Tensor, t.Type))
                .Select(t =>
                    Diagnostic.Create(
                        DiagnosticCatalog.CasesQuantizedOtherwise,
                        folder,
                        t.Port.Name,
                        Stated(t.Tensor),
                        path,
                        Stated(t.Type)
                    )
                ),
        ];
    }

    /// <summary>The cases as a network takes them: a real input gets the real numbers that stored integers stand for.</summary>
    public static GoldenModel For(NetworkGraph network, GoldenModel golden) =>
        golden.WithRealInputs(i => i < network.Inputs.Length && network.Inputs[i].Element == ElementType.Float32);

    private static string? Misfit(GoldenModel golden, NetworkGraph network)
    {
        if (golden.Cases.Length == 0)
            return "there are none";
        if (golden.Inputs.Length != network.Inputs.Length || golden.Outputs.Length != network.Outputs.Length)
            return $"they have {golden.Inputs.Length} inputs and {golden.Outputs.Length} outputs, the model {network.Inputs.Length} and {network.Outputs.Length}";
        foreach (var (tensor, port) in golden.Inputs.Zip(network.Inputs).Concat(golden.Outputs.Zip(network.Outputs)))
        {
            if (tensor.StoredBytes != network[port.Tensor].Type.Bytes)
                return $"'{port.Name}' has {network[port.Tensor].Type.Bytes} bytes in the model and {tensor.StoredBytes} in the cases";
        }

        return null;
    }

    /// <summary>A file that states no scale leaves it to the model.</summary>
    private static bool IsSame(GoldenTensor tensor, TensorType type) =>
        tensor.Stored == Stored(type.Element)
        && (
            tensor.Scale is not { } scale
            || type.Quantization is not { } model
            || (tensor.ZeroPoint == model.ZeroPoint && MathF.Abs(scale - model.Scale) <= ScaleTolerance * model.Scale)
        );

    /// <summary>As cases hold the elements of a network.</summary>
    public static OnnxElementType Stored(ElementType element) =>
        element switch
        {
            ElementType.Int8 => OnnxElementType.Int8,
            ElementType.UInt8 => OnnxElementType.UInt8,
            ElementType.Int32 => OnnxElementType.Int32,
            _ => OnnxElementType.Float32,
        };

    private static string Stated(GoldenTensor tensor) => Stated(tensor.Stored, tensor.Scale, tensor.ZeroPoint);

    private static string Stated(TensorType type) =>
        Stated(Stored(type.Element), type.Quantization?.Scale, type.Quantization?.ZeroPoint ?? 0);

    private static string Stated(OnnxElementType element, float? scale, int zeroPoint) =>
        scale is { } step
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{element.ToString().ToLowerInvariant()} with scale {step:R} and zero point {zeroPoint}"
            )
            : element.ToString().ToLowerInvariant();
}
