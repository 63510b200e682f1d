using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor TrainerNotStarted = new(
        "MCU8101",
        Error,
        "Trainer cannot be started",
        "The trainer '{0}' cannot be started: {1}. 'mcunet train --check' says what is missing; --trainer names another command."
    );

    public static readonly DiagnosticDescriptor TrainerEnded = new(
        "MCU8102",
        Error,
        "Trainer ended unexpectedly",
        "The trainer '{0}' ended during '{1}' with {2}; last it said: {3}. Finished checkpoints are kept; correct the cause and run again with --resume."
    );

    public static readonly DiagnosticDescriptor TrainerSilent = new(
        "MCU8103",
        Error,
        "Trainer does not answer",
        "The trainer '{0}' said nothing for {1:0.#} s during '{2}' and was ended; last it said: {3}. Finished checkpoints are kept; correct the cause and run again with --resume."
    );

    public static readonly DiagnosticDescriptor TrainerUntrue = new(
        "MCU8104",
        Error,
        "Trainer gave an answer that cannot be",
        "The trainer '{0}' answered '{1}' with what cannot be: {2}. Nothing of the answer is used; correct the trainer (docs/training.md describes the protocol)."
    );

    public static readonly DiagnosticDescriptor TrainerRefused = new(
        "MCU8105",
        Error,
        "Trainer refused a request",
        "The trainer refused '{0}': {1} (code {2})"
    );

    public static readonly DiagnosticDescriptor TrainerProtocol = new(
        "MCU8106",
        Error,
        "Trainer speaks another protocol",
        "The trainer '{0}' speaks protocol {1}, this tool {2}. Use the trainer that comes with the tool, or one of the same protocol."
    );

    public static readonly DiagnosticDescriptor TrainerWarning = new("MCU8107", Warning, "Trainer warns", "{0} (code {1})");

    public static readonly DiagnosticDescriptor TrainerRestarted = new(
        "MCU8108",
        Warning,
        "Trainer was started again",
        "The trainer was started again and went on from its last checkpoint, because: {0}"
    );

    public static readonly DiagnosticDescriptor TrainerMissing = new(
        "MCU8109",
        Error,
        "Training needs software that is not installed",
        "Training needs {0}, which '{1}' does not have. Install it: apt-get install {2}, or pip install {3}. MCUNET_PYTHON names another Python."
    );

    public static readonly DiagnosticDescriptor TrainingCheckpointPresent = new(
        "MCU8110",
        Error,
        "Folder holds a checkpoint already",
        "The folder '{0}' holds the checkpoint of a training. Use --resume to go on with it, or another folder."
    );
}
