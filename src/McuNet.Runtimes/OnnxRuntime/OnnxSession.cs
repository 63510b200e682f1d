using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>A model loaded into ONNX Runtime's CPU provider. Deterministic: one thread, fixed options.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly OrtApi _api;
    private readonly OrtHandle _session;

    private OnnxSession(OrtApi api, OrtHandle session)
    {
        (_api, _session) = (api, session);
        Inputs = api.Inputs(session);
        Outputs = api.Outputs(session);
    }

    public ImmutableArray<OnnxValueInfo> Inputs { get; }

    public ImmutableArray<OnnxValueInfo> Outputs { get; }

    /// <param name="model">Bytes of an ONNX file without external data.</param>
    /// <param name="library">The native library; null takes what <see cref="OnnxRuntimeLibrary.Locate"/> finds.</param>
    /// <exception cref="OnnxRuntimeException">The library is missing, or the model is refused.</exception>
    public static OnnxSession Open(byte[] model, OnnxSessionOptions? options = null, OnnxRuntimeLibrary? library = null)
    {
        if (library is null)
        {
            var found = OnnxRuntimeLibrary.Locate();
            library = found.Succeeded ? found.Value : throw new OnnxRuntimeException(found.Diagnostics[0]);
        }
        var session = library.Api.CreateSession(model, options ?? OnnxSessionOptions.Default);
        try
        {
            return new OnnxSession(library.Api, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The model as ONNX Runtime rewrites it at its default level on this machine.</summary>
    /// <exception cref="OnnxRuntimeException">The library is missing, or the model is refused.</exception>
    public static byte[] Optimise(byte[] model)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("optimised.onnx");
        Open(model, new OnnxSessionOptions { SaveOptimizedPath = path }).Dispose();
        return File.ReadAllBytes(path);
    }

    /// <summary>Runs the model on these inputs, matched by name, and returns all outputs in the model's order. Values of float16 go in and
    /// come out as float32, rounded where they go in.</summary>
    /// <exception cref="OnnxRuntimeException">Names, types or shapes do not fit the model.</exception>
    public IReadOnlyList<OnnxTensor> Run(IReadOnlyList<OnnxTensor> inputs) =>
        [
            .. _api.Run(_session, [.. inputs.Select(i => IsHalf(i) ? i.Narrowed() : i)], Outputs)
                .Select(o => o.ElementType == OnnxElementType.Float16 ? o.Widened() : o),
        ];

    private bool IsHalf(OnnxTensor input) =>
        input.ElementType == OnnxElementType.Float32 && Inputs.Any(i => i.Name == input.Name && i.ElementType == OnnxElementType.Float16);

    public void Dispose() => _session.Dispose();
}
