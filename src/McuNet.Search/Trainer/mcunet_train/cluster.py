"""The processes that train together: one, or those that torchrun started."""

import contextlib
import copy
import os
import threading

import torch
import torch.distributed as dist

from .errors import TrainerError


def choose(wish, gpus, place, places):
    """The device of process `place` of `places` on a machine with so many GPUs: a GPU of its own where there is one, unless the wish is cpu."""
    if wish == "cpu" or (wish == "auto" and gpus == 0):
        return torch.device("cpu")
    if gpus == 0:
        cause = "sees no GPU; 'nvidia-smi' shows what the driver sees" if torch.version.cuda else "is built for processors alone; pip install torch brings one for CUDA"
        raise TrainerError("device-missing", f"CUDA was asked for, but PyTorch {torch.__version__} {cause}. Or leave out --device cuda.")
    if places > gpus:
        raise TrainerError("device-missing", f"{places} processes were started for {gpus} GPUs, and each needs its own: --nproc_per_node={gpus}, or --device cpu.")
    return torch.device("cuda", place)


class Cluster:
    """This process's device and place among the others. Where the device that was asked for is missing, `usable` raises why."""

    def __init__(self, amp, wish="auto"):
        self.size, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        self.problem = None
        try:
            gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
            self.device = choose(wish, gpus, int(os.environ.get("LOCAL_RANK", "0")), int(os.environ.get("LOCAL_WORLD_SIZE", "1")))
        except TrainerError as problem:
            self.device, self.problem = torch.device("cpu"), problem
        cuda = self.device.type == "cuda"
        self.amp, self.graphs = amp and cuda, cuda
        self.cancel = threading.Event()
        if cuda:
            torch.cuda.set_device(self.device)
            # Measuring and folding need float32 in full.
            torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
        if self.size > 1:
            dist.init_process_group("nccl" if cuda else "gloo")

    def usable(self):
        if self.problem:
            raise self.problem

    def precision(self):
        # Weights cast once and kept would be outside of a recorded graph.
        return torch.autocast("cuda", dtype=torch.bfloat16, cache_enabled=False) if self.amp else contextlib.nullcontext()

    @torch.no_grad()
    def average(self, parameters, figures):
        """
        Makes gradients and figures those of the mean over all processes; the figures [n], and behind them the share of processes that are
        to stop, so that all see a cancellation at the same step. Waits for no device.
        """
        wish = torch.full((1,), float(self.cancel.is_set()), device=self.device)
        if self.size == 1:
            return torch.cat([figures, wish])
        with_gradient = [p for p in parameters.values() if p.grad is not None]
        flat = torch.cat([p.grad.contiguous().reshape(-1) for p in with_gradient] + [figures, wish])
        dist.all_reduce(flat)
        flat /= self.size
        offset = 0
        for parameter in with_gradient:
            parameter.grad.copy_(flat[offset:offset + parameter.numel()].view(parameter.shape))
            offset += parameter.numel()
        return flat[offset:]

    def stop_if_cancelled(self):
        """Between two measurements; several processes finish theirs, because they wait for each other."""
        if self.size == 1 and self.cancel.is_set():
            raise TrainerError("cancelled", "Cancelled.")

    def share(self, value):
        """The value of the first process, in all."""
        if self.size == 1:
            return value
        holder = [value]
        dist.broadcast_object_list(holder, src=0)
        return holder[0]

    def first(self, work):
        """Runs work() in the first process; what it raises is raised in all, so that they stay in step."""
        failure = None
        if self.speaks:
            try:
                work()
            except TrainerError as problem:
                failure = (problem.code, problem.message)
        if failure := self.share(failure):
            raise TrainerError(*failure)

    def spread(self, items, work):
        """Results of work(item) in order; each process does its part."""
        if self.size == 1:
            return [work(item) for item in items]
        mine = [work(item) for item in items[self.rank::self.size]]
        parts = [None] * self.size
        dist.all_gather_object(parts, mine)
        return [parts[i % self.size][i // self.size] for i in range(len(items))]

    def alone(self):
        """This process as if there were no others, for work that is its own."""
        single = copy.copy(self)
        single.size, single.rank = 1, 0
        return single

    @property
    def speaks(self):
        return self.rank == 0
