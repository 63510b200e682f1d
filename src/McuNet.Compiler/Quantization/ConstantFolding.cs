using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>Turns everything that is known when a model is read (constants, what is computed from them, extents) into initialisers, and
/// removes nodes that do nothing.</summary>
internal static class ConstantFolding
{
    /// <param name="values">What the importer knows of the values of the model.</param>
    public static void Run(OnnxEditor editor, IReadOnlyDictionary<string, ImportedValue> values)
    {
        foreach (var node in editor.Nodes)
        {
            var results = node.Outputs.Where(o => o.Length > 0).ToArray();
            if (results.Any(editor.IsOutput) || results.Any(r => values.GetValueOrDefault(r) is not Constant))
                continue;
            foreach (var result in results)
                editor.SetConstant(Tensor(result, (Constant)values[result]));
            editor.Remove(node);
        }

        foreach (var value in editor.Nodes.Where(n => n.Operator is "Identity" or "Dropout").Select(n => n.Outputs[0]))
        {
            if (editor.ProducerOf(value) is { } node)
                editor.Bypass(node);
        }
    }

    private static OnnxTensor Tensor(string name, Constant constant)
    {
        var real = constant.IsQuantized ? constant.Dequantized() : constant;
        return new(name, real.Type, [.. real.Shape.Select(d => (long)d)], real.Data);
    }
}
