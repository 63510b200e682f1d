using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;

namespace McuNet.Generator.Tests;

/// <summary>Manifests of made-up models.</summary>
internal static class SampleManifest
{
    public static ModelManifest Person(
        ElementType type = ElementType.Int8,
        bool rows = false,
        int channels = 3,
        int tensors = 1,
        ManifestDiagnostic[]? diagnostics = null
    ) =>
        new()
        {
            Name = "person",
            ClassName = "Person",
            EngineClass = "McuNet.Generated.PersonEngine",
            ModelHash = "sha256:0123",
            DeviceId = "nrf52840",
            DeviceName = "Nordic nRF52840",
            ArenaBytes = 26240,
            AccumulatorWords = 16,
            InputMode = rows ? InputMode.Rows : InputMode.Resident,
            Sram = new(26240, 1024, 27264, 262144),
            Flash = new(230000, 21000, 251000, 1048576, CodeMeasured: true),
            Macs = 7_500_000,
            Cycles = 9_100_000,
            LatencyMs = 142.1875,
            EnergyMj = 1.25,
            Inputs = Tensors(tensors, "image", type, [1, 4, 2, channels], 0, rows),
            Outputs = Tensors(tensors, "scores", type, [1, 1, 1, 5], 1024, false),
            Diagnostics = (diagnostics ?? []).ToEquatableArray(),
        };

    /// <summary>With a mapping of bytes at the first input.</summary>
    public static ModelManifest WithPixels(this ModelManifest manifest, float[] gains, float[] offsets, int? shift = null) =>
        manifest with
        {
            Inputs = manifest
                .Inputs.Select(
                    (t, i) =>
                        i > 0
                            ? t
                            : t with
                            {
                                Pixels = new PixelManifest
                                {
                                    Range = "0..1",
                                    Gains = gains.ToEquatableArray(),
                                    Offsets = offsets.ToEquatableArray(),
                                    Shift = shift,
                                },
                            }
                )
                .ToEquatableArray(),
        };

    public static ManifestDiagnostic Warning(string message) => new("MCU4002", DiagnosticSeverity.Warning, message);

    private static EquatableArray<TensorManifest> Tensors(
        int count,
        string name,
        ElementType type,
        int[] nhwc,
        int offset,
        bool streamed
    ) =>
        Enumerable
            .Range(0, count)
            .Select(i => new TensorManifest
            {
                Name = count == 1 ? name : $"{name}<{i}>",
                OnnxDims = new[] { nhwc[0], nhwc[3], nhwc[1], nhwc[2] }.ToEquatableArray(),
                Nhwc = nhwc.ToEquatableArray(),
                Type = type,
                Scale = type == ElementType.Float32 ? 1 : 0.25f,
                ZeroPoint = type switch
                {
                    ElementType.Int8 => -8,
                    ElementType.UInt8 => 120,
                    _ => 0,
                },
                ByteOffset = streamed ? 0 : offset + (256 * i),
                Elements = nhwc.Aggregate(1, (a, b) => a * b),
                Streamed = streamed && i == 0,
            })
            .ToEquatableArray();
}
