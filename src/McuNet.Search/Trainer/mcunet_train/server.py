"""The loop: every process gets each request, the first one answers."""

import ctypes
import signal
import sys
import traceback

import torch

from .channel import Channel
from .cluster import Cluster
from .errors import TrainerError
from .session import Session

OPERATIONS = ("hello", "init", "train", "eval", "rank", "finetune", "trainings", "export", "calibset")
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3


def serve(threads, amp, device):
    # Ctrl+C reaches the whole process group; the parent cancels, so that a checkpoint is written.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_freed_memory()
    torch.set_num_threads(max(1, threads))
    cluster = Cluster(amp, device)
    torch.use_deterministic_algorithms(cluster.device.type == "cpu", warn_only=True)
    channel = Channel(cluster.cancel.set) if cluster.speaks else None
    session = Session(cluster, channel.send if channel else lambda event: None)
    while True:
        request = cluster.share(channel.requests.get() if channel else None)
        if request is None:
            return 0
        if channel and channel.cancel_target not in (None, request.get("id")):
            # A cancel that came after the answer to its target.
            cluster.cancel.clear()
        reply = {"id": request.get("id"), **answer(session, request)}
        cluster.cancel.clear()
        if channel:
            channel.send(reply)
        if request["op"] == "quit":
            return 0


def keep_freed_memory():
    """Every step allocates the same large tensors; glibc would give their pages back to the system each time, and fault them in again."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        # Another C library.
        return
    for option, value in ((M_MMAP_THRESHOLD, 1 << 30), (M_TRIM_THRESHOLD, (1 << 31) - 1), (M_TOP_PAD, 1 << 26)):
        mallopt(option, value)


def answer(session, request):
    op = request["op"]
    if op == "quit":
        return {"ok": True}
    try:
        if op not in OPERATIONS:
            raise TrainerError("bad-request", f"There is no operation '{op}'; there are {', '.join(OPERATIONS)}, cancel, quit.")
        return {"ok": True, **getattr(session, op)(request)}
    except TrainerError as problem:
        return failure(problem.code, problem.message)
    except Exception as problem:
        traceback.print_exc(file=sys.stderr)
        return failure("internal", f"{type(problem).__name__}: {problem}")


def failure(code, message):
    return {"ok": False, "error": {"code": code, "message": message}}
