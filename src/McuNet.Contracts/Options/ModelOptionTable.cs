using System.Collections.Generic;
using System.Linq;

namespace McuNet.Options;

/// <summary>
/// Every metadata of a <c>McuModel</c> item. The task reads items by this table; the item definitions of the package, the rule that IDEs
/// show and the table in docs/msbuild.md are made from it (MCUNET_REGENERATE=1 writes them anew).
/// </summary>
public static class ModelOptionTable
{
    public static IReadOnlyList<ModelOption> All { get; } =
    [
        new()
        {
            Name = "Device",
            Category = "Model",
            DisplayName = "Device",
            Description = "A device id such as nrf52840, or the path of a JSON device file.",
            Property = "McuDevice",
            Default = "`$(McuDevice)`",
            Meaning =
                "A device id (`mcunet devices` lists them) or the path of a JSON device file: anything with a slash or ending in `.json`. Required.",
        },
        new()
        {
            Name = "Name",
            Category = "Model",
            DisplayName = "Name",
            Description = "Prefix of the C symbols and source of the class name; by default the file name.",
            Default = "the file name",
            Meaning = "Prefix of the C symbols, base name of the files, name in `[McuModel]`. ASCII letters, digits, underscores.",
        },
        new()
        {
            Name = "Sram",
            Category = "Budget",
            DisplayName = "SRAM",
            Description = "Bytes of SRAM for arena and stack, such as 64KB; by default what the device has, less what firmware reserves.",
            Argument = "--sram",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Size,
            Default = "the device's",
            Meaning = "Memory for arena and stack of the model: `64KB`, `1MB`, or a number of bytes.",
        },
        new()
        {
            Name = "Flash",
            Category = "Budget",
            DisplayName = "Flash",
            Description = "Bytes of flash for weights and code, such as 512KB; by default as for SRAM.",
            Argument = "--flash",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Size,
            Default = "the device's",
            Meaning = "Memory for weights and code of the model, as for `Sram`.",
        },
        new()
        {
            Name = "Latency",
            Category = "Budget",
            DisplayName = "Latency",
            Description = "Longest time of one inference, such as 50ms.",
            Argument = "--latency",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Time,
            Default = "none",
            Meaning = "Limit for one inference: `50ms`.",
        },
        new()
        {
            Name = "Energy",
            Category = "Budget",
            DisplayName = "Energy",
            Description = "Most energy of one inference, such as 2mJ.",
            Argument = "--energy",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Energy,
            Default = "none",
            Meaning = "Limit for one inference: `2mJ`.",
        },
        new()
        {
            Name = "ReserveSram",
            Category = "Budget",
            DisplayName = "SRAM of the firmware",
            Description = "Bytes of SRAM that the rest of the firmware needs; replaces the device's reservation.",
            Property = "McuReserveSram",
            Argument = "--reserve-sram",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Size,
            Default = "`$(McuReserveSram)`",
            Meaning = "Memory that the rest of the firmware needs; it is taken off what the device has.",
        },
        new()
        {
            Name = "ReserveFlash",
            Category = "Budget",
            DisplayName = "Flash of the firmware",
            Description = "Bytes of flash that the rest of the firmware needs; replaces the device's reservation.",
            Property = "McuReserveFlash",
            Argument = "--reserve-flash",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Size,
            Default = "`$(McuReserveFlash)`",
            Meaning = "The same of the flash.",
        },
        new()
        {
            Name = "Optimize",
            Category = "Budget",
            DisplayName = "Optimise for",
            Description = "What to prefer among the schedules that fit.",
            Property = "McuOptimize",
            Argument = "--optimize",
            DecidesSchedule = true,
            Values = [new("fit", "Fastest that fits"), new("memory", "Least memory"), new("latency", "Least time")],
            Default = "`$(McuOptimize)`, else `fit`",
            Meaning =
                "`fit`: the fastest schedule that fits the SRAM, or a smaller one where twice the memory would save less than 1 % of the time, with the fastest [kernels](decisions/0008-kernel-sets.md) that fit the flash. `memory`: the smallest schedule, kernels as for `fit`. `latency`: the fastest of both, whatever they need.",
        },
        new()
        {
            Name = "KernelSet",
            Category = "Budget",
            DisplayName = "Fastest kernels",
            Description = "The fastest kernels that may be used; smaller ones take less scratch and flash and more time.",
            Argument = "--kernel-set",
            DecidesSchedule = true,
            Values = [new("fast", "All kernels"), new("compact", "Without the largest"), new("portable", "Without vector instructions")],
            Default = "`fast`",
            Meaning =
                "The fastest [kernels](decisions/0008-kernel-sets.md) that may be used: `fast`, `compact` or `portable`. Smaller ones take less scratch and less flash, in more time; a flash that is too small for these gets smaller ones by itself.",
        },
        new()
        {
            Name = "Input",
            Category = "Model",
            DisplayName = "Input",
            Description = "Whether the whole input lies in memory or the application hands over rows.",
            Argument = "--input",
            DecidesSchedule = true,
            Values = [new("resident", "In the arena"), new("rows", "Row by row")],
            Default = "`resident`",
            Meaning = "`resident`: the whole input lies in the arena. `rows`: the application hands over rows as they arrive.",
        },
        new()
        {
            Name = "InputPasses",
            Category = "Model",
            DisplayName = "Passes over the input",
            Description = "How often the application can hand over the same rows, with input row by row; by default once.",
            Argument = "--passes",
            DecidesSchedule = true,
            Quantity = OptionQuantity.Passes,
            Default = "`1`",
            Meaning =
                "With `Input=\"rows\"`: how often the application can hand over the same rows, up to 16. More than one permits schedules that take less memory.",
        },
        new()
        {
            Name = "Preprocess",
            Category = "Model",
            DisplayName = "Pixels",
            Description = "What bytes of pixels stand for: 0..1, -1..1, raw, or mean/std; by default what the input's quantisation shows.",
            Argument = "--preprocess",
            Quantity = PixelRange.Quantity,
            Default = "by the quantisation",
            Meaning =
                "What [bytes of pixels](#pixels) stand for: `0..1`, `-1..1`, `raw` (0..255), or means and standard deviations such as `0.485,0.456,0.406/0.229,0.224,0.225`.",
        },
        new()
        {
            Name = "State",
            Category = "Model",
            DisplayName = "States",
            Description =
                "What the model keeps between inferences, as input:output, several with semicolons between them; none where it keeps nothing.",
            Argument = "--state",
            DecidesSchedule = true,
            Default = "guessed, with a warning",
            Meaning =
                "What the model keeps [from one inference to the next](streaming.md): `input:output` by the names of the model, several with semicolons between them. `none`: nothing, inputs and outputs stay what they are.",
        },
        new()
        {
            Name = "Hop",
            Category = "Model",
            DisplayName = "Hop of the window",
            Description =
                "Rows by which the window of an input moves on from one inference to the next, as input:rows or rows, with @dimension where columns are time; the model takes those, and keeps what it knows of the others.",
            Argument = "--hop",
            DecidesSchedule = true,
            Quantity = WindowHop.Quantity,
            Default = "whole windows",
            Meaning =
                "By how many rows the window of an input [moves on](streaming.md#windows-that-move-on) from one inference to the next: `2`, `mfcc:2` where the model has several inputs, `mel:2@3` where dimension 3 is time and not the one of the rows. An inference takes the new rows and computes nothing that it knows.",
        },
        new()
        {
            Name = "HopPadding",
            Category = "Model",
            DisplayName = "Padding of the window",
            Description = "With a hop: what layers that pad along time see beyond the ends of a window.",
            Argument = "--hop-padding",
            DecidesSchedule = true,
            Values = [new("window", "Padding, as in the file"), new("stream", "The rows of the stream")],
            Default = "`window`",
            Meaning =
                "With `Hop`: what layers that pad along time see beyond the ends of a window. `window`: padding, results are the model's, and rows at the ends are computed again. `stream`: [the rows of the stream](streaming.md#padding-along-time).",
        },
        new()
        {
            Name = "Kernels",
            Category = "Model",
            DisplayName = "Kernels",
            Description = "Whether models linked together share kernels; by default each has its own.",
            Argument = "--kernels",
            Values = [new("own", "In the model's file"), new("shared", "In a file that models share")],
            Default = "`own`",
            Meaning =
                "`own`: kernels are part of the model's C file. `shared`: they are in files that [models linked together share](performance.md#models-that-share-kernels).",
        },
        new()
        {
            Name = "Weights",
            Category = "Model",
            DisplayName = "Weights",
            Description = "Where the weights are; by default in the C file.",
            Argument = "--weights",
            Values = [new("code", "In the C file"), new("blob", "In a file of bytes")],
            Default = "`code`",
            Meaning =
                "`code`: weights are constants of the C file. `blob`: they are a file `<name>.weights.bin`, [whose address the application gives](architecture.md#how-generated-code-looks).",
        },
        new()
        {
            Name = "WeightFormat",
            Category = "Model",
            DisplayName = "Form of weights",
            Description = "What the weights of layers are in flash; by default what they are in the model.",
            Argument = "--weight-format",
            DecidesSchedule = true,
            Values =
            [
                new("model", "As in the model"),
                new("wide", "Widened, for speed"),
                new("float16", "Reals in two bytes each, rounded"),
            ],
            Default = "`model`",
            Meaning =
                "What the weights of layers are [in flash](quantization.md#weights-in-less-flash). `model`: float32, float16, int8 or int4 as in the model. `wide`: widened to what is fastest, float32 between real numbers and int8 between integers. `float16`: those that are float32 rounded to two bytes; MCU3013 says by how much.",
        },
        new()
        {
            Name = "Step",
            Category = "Model",
            DisplayName = "In pieces",
            Description = "Whether the C can also run an inference piece by piece.",
            Argument = "--step",
            Values = [new("false", "No"), new("true", "Yes")],
            Default = "`false`",
            Meaning = "`true`: the C also has a function that runs an inference [piece by piece](stepping.md).",
        },
        new()
        {
            Name = "McuReport",
            Category = "Model",
            DisplayName = "Report",
            Description = "Whether each build writes an HTML report of what the model takes, and why.",
            Property = "McuReport",
            Argument = "--report",
            Values = [new("false", "No"), new("true", "Yes")],
            Default = "`$(McuReport)`, else `false`",
            Meaning =
                "`true`: an [HTML report](report.md) is written beside the generated files, `<name>.report.html`, also for a model that breaks a budget.",
        },
        new()
        {
            Name = "Arena",
            Category = "Model",
            DisplayName = "Shared arena",
            Description = "Name of one arena for models that never run at the same time.",
            Default = "none",
            Meaning =
                "Name of an arena that models share which never run at the same time (see below). ASCII letters, digits, underscores.",
        },
        new()
        {
            Name = "Calibration",
            Category = "Model",
            DisplayName = "Calibration data",
            Description = "Folder of pictures or other samples for quantising a float model.",
            Default = "none",
            Meaning =
                "Folder of pictures, or folder or file of other [samples](quantization.md#samples), that a float model is quantised with. Needs ONNX Runtime ([how to get it](diagnostics/MCU7015.md)). A quantised model needs none, and a warning says so.",
        },
        new()
        {
            Name = "Visibility",
            Category = "Model",
            DisplayName = "Visibility",
            Description = "Whether other assemblies see the C# class.",
            Property = "McuVisibility",
            Values = [new("internal", "This project alone"), new("public", "Other projects too")],
            Default = "`$(McuVisibility)`, else `internal`",
            Meaning =
                "Whether the C# class is `internal` or `public`. A class that the project declares with `[McuModel]` has the visibility it is declared with.",
        },
        new()
        {
            Name = "Emit",
            Category = "Model",
            DisplayName = "C# façade",
            Description = "How the C# class reaches the project.",
            Property = "McuEmit",
            Values = [new("Facade", "By the source generator"), new("Files", "As source files")],
            Default = "`$(McuEmit)`, else `Facade`",
            Meaning = "How the C# class reaches the project: `Facade` by the source generator, `Files` as compile items (see below).",
        },
        new()
        {
            Name = "McuVerify",
            Category = "Model",
            DisplayName = "Checked by running",
            Description = "Where each build runs the generated C on cases and compares it with the reference, bit for bit.",
            Property = "McuVerify",
            Values = [new("none", "Nowhere"), new("host", "On this machine"), new("qemu", "On an emulated board")],
            Default = "`$(McuVerify)`, else `none`",
            Meaning =
                "`host` or `qemu`: the build [runs the generated C](#models-that-are-checked-by-running) on this machine or on an emulated board, and fails where it does not equal the reference evaluator bit for bit.",
        },
        new()
        {
            Name = "McuVerifyCases",
            Category = "Model",
            DisplayName = "Cases",
            Description = "Folder or file of inputs for the check by running; by default noise.",
            Default = "noise",
            Meaning =
                "With `McuVerify`: what it runs on. A [case folder](cli.md), whose outputs the reference must reach but for rounding, or an `.npz`, `.npy`, `.safetensors` or `.bin` file of inputs.",
        },
    ];

    /// <summary>The row of a metadata.</summary>
    public static ModelOption Of(string name) => All.Single(o => o.Name == name);
}
