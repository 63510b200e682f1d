using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>
/// Trains a supernet and tells how accurate its networks are. One operation at a time. A cancelled <see cref="TrainAsync"/> returns what is
/// done, any other cancelled operation throws <see cref="OperationCanceledException"/>.
/// Errors of every operation: MCU8101 cannot start, MCU8102 ended, MCU8103 silent, MCU8104 untrue answer, MCU8105 refused, MCU8106 other
/// protocol. Warnings beside a value: MCU8107 a checkpoint was not written, MCU8108 restarted.
/// </summary>
public interface ITrainer : IAsyncDisposable
{
    /// <summary>Who the trainer is and what it runs on.</summary>
    Task<StageResult<TrainerHello>> HelloAsync(CancellationToken cancellation = default);

    /// <summary>Loads the data set and builds the supernet, or takes it from the folder's checkpoint. Comes before all below.</summary>
    Task<StageResult<TrainerState>> InitAsync(TrainerSetup setup, CancellationToken cancellation = default);

    /// <summary>Trains a stage to its end, from where the checkpoint is. Largest comes before Elastic.</summary>
    Task<StageResult<TrainedStage>> TrainAsync(
        TrainingStage stage,
        TrainingRecipe recipe,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    );

    /// <summary>Accuracies in the order of <paramref name="architectures"/>, each in [0, 1], after batch norm is calibrated anew.</summary>
    /// <param name="weights">Null for the supernet's, or <see cref="FineTuned.Weights"/>.</param>
    /// <param name="limit">At most so many images of the split.</param>
    Task<StageResult<AccuracyList>> EvaluateAsync(
        IReadOnlyList<Architecture> architectures,
        DataSplit split = DataSplit.Validation,
        string? weights = null,
        int? limit = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    );

    /// <summary>Whether the supernet ranks networks as their MACs do, or, with a recipe, as training each on its own does.</summary>
    Task<StageResult<RankingCheck>> RankAsync(
        IReadOnlyList<Architecture> architectures,
        TrainingRecipe? trained = null,
        int? limit = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    );

    /// <summary>Trains a copy of one network, from the supernet's weights or, <paramref name="fromRandom"/>, from the start.</summary>
    /// <param name="seed">Of weights and order of images; null for the setup's.</param>
    /// <param name="teacher">Whose answers count as much as the recipe says.</param>
    Task<StageResult<FineTuned>> FineTuneAsync(
        Architecture architecture,
        TrainingRecipe recipe,
        bool fromRandom = false,
        long? seed = null,
        Teacher? teacher = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    );

    /// <summary>Trains many networks, each by one of the trainer's processes alone. Those that a process finished are kept, and not
    /// trained again when the trainer starts anew.</summary>
    Task<StageResult<FineTunedList>> FineTuneAllAsync(
        IReadOnlyList<AloneTraining> trainings,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    );

    /// <summary>Writes a network's weights, batch norm folded, as safetensors.</summary>
    /// <param name="samples">A second file for eight inputs and the logits of the network, or null.</param>
    Task<StageResult<ExportedNetwork>> ExportAsync(
        Architecture architecture,
        string path,
        string? weights = null,
        string? samples = null,
        CancellationToken cancellation = default
    );

    /// <summary>Writes images as the network sees them, float32 [N, C, R, R] named images, and int64 labels, as safetensors.</summary>
    /// <param name="count">Null for all of the split.</param>
    Task<StageResult<ImageSet>> CalibrationSetAsync(
        int resolution,
        string path,
        int? count = null,
        DataSplit split = DataSplit.Train,
        CancellationToken cancellation = default
    );
}
