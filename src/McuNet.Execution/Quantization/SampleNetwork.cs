using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.OnnxRuntime;
using RuntimeTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Execution.Quantization;

/// <summary>A model with one input in ONNX Runtime, given one sample at a time.</summary>
public sealed class SampleNetwork : IDisposable
{
    private readonly OnnxSession _session;

    public SampleNetwork(OnnxModel model, OnnxOptimisation optimisation)
        : this(OnnxWriter.Write(model), optimisation) { }

    /// <exception cref="OnnxRuntimeException">ONNX Runtime is missing or refuses the model.</exception>
    public SampleNetwork(byte[] model, OnnxOptimisation optimisation) =>
        _session = OnnxSession.Open(model, new OnnxSessionOptions { Optimisation = optimisation });

    /// <summary>All outputs of the model. Dimensions that the model leaves open are 1.</summary>
    public IReadOnlyList<RuntimeTensor> Run(float[] sample)
    {
        var input = _session.Inputs[0];
        return _session.Run([RuntimeTensor.Of(input.Name, input.ElementType, [.. input.Dims.Select(d => Math.Max(1, d))], sample)]);
    }

    public void Dispose() => _session.Dispose();
}
