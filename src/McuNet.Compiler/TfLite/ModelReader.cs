using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>Reads a model of either format, which its bytes tell, not its name.</summary>
public static class ModelReader
{
    /// <summary>Whether the bytes are those of a TFLite file, damaged or not.</summary>
    public static bool IsTfLite(byte[] bytes) => TfLiteReader.Recognises(bytes);

    /// <param name="file">Name for diagnostics.</param>
    /// <returns>A TFLite model as it is stated in ONNX.</returns>
    public static StageResult<OnnxModel> Read(byte[] bytes, string file) =>
        IsTfLite(bytes) ? TfLiteReader.Read(bytes, file).Then(GraphStatement.State) : OnnxReader.Read(bytes, file);
}
