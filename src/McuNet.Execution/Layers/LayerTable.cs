using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;
using McuNet.Execution.Executors;
using McuNet.Execution.Models;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Layers;

/// <summary>How every layer compares with ONNX Runtime over the cases of a folder.</summary>
/// <param name="Layers">In topological order.</param>
/// <param name="Cases">Names of the cases.</param>
public sealed record LayerTable(ImmutableArray<LayerResult> Layers, ImmutableArray<string> Cases)
{
    /// <summary>Layers that differ although no input that was observed does, the first of them first.</summary>
    public IEnumerable<LayerResult> Origins => Layers.Where(l => l.Cause is DifferenceCause.Node or DifferenceCause.Unknown);

    /// <param name="network">What importer and passes made of the model.</param>
    /// <returns>The table, or what ONNX Runtime says where it is missing or refuses the model.</returns>
    public static StageResult<LayerTable> Of(ModelFile file, NetworkGraph network, GoldenModel golden)
    {
        try
        {
            var counterparts = Counterparts.Of(file.Model, network);
            var observer = new OnnxObserver(
                file.Bytes,
                file.Model,
                [.. golden.Cases.Select(c => file.Inputs(golden, c))],
                counterparts.SelectMany(c => c.Views).Select(v => v.Value)
            );
            var inputs = golden.Cases.Select(c =>
                (IReadOnlyList<TensorData>)
                    [
                        .. PortLayout
                            .StoredInputs(c, network)
                            .Select((bytes, i) => new TensorData(network[network.Inputs[i].Tensor].Type, bytes)),
                    ]
            );
            return StageResult<LayerTable>.Success(
                new(LayerComparison.Of(network, counterparts, [.. inputs], observer.Observe), [.. golden.Cases.Select(c => c.Name)])
            );
        }
        catch (OnnxRuntimeException problem)
        {
            return StageResult<LayerTable>.Failure(problem.Diagnostic);
        }
    }
}
