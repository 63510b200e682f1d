"""The processes that train together: one, or those that torchrun started."""

import contextlib
import os
import threading

import torch
import torch.distributed as dist

from .errors import TrainerError


class Cluster:
    """This process's device and place among the others."""

    def __init__(self, amp):
        self.size, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")) % torch.cuda.device_count()) if cuda else torch.device("cpu")
        self.amp = amp and cuda
        self.cancel = threading.Event()
        self.cancelled = False
        if cuda:
            torch.cuda.set_device(self.device)
            # Measuring and folding need float32 in full.
            torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
        if self.size > 1:
            dist.init_process_group("nccl" if cuda else "gloo")

    def precision(self):
        return torch.autocast("cuda", dtype=torch.bfloat16) if self.amp else contextlib.nullcontext()

    @torch.no_grad()
    def average(self, parameters, figures):
        """Makes gradients and figures those of the mean over all processes, and lets all of them see a cancellation at the same step."""
        self.cancelled = self.cancel.is_set()
        if self.size == 1:
            return tuple(figures.tolist())
        with_gradient = [p for p in parameters.values() if p.grad is not None]
        wish = torch.tensor([float(self.cancelled)], device=self.device)
        flat = torch.cat([p.grad.contiguous().reshape(-1) for p in with_gradient] + [figures.to(self.device), wish])
        dist.all_reduce(flat)
        self.cancelled = bool(flat[-1] > 0)
        flat /= self.size
        offset = 0
        for parameter in with_gradient:
            parameter.grad.copy_(flat[offset:offset + parameter.numel()].view(parameter.shape))
            offset += parameter.numel()
        return tuple(flat[-3:-1].tolist())

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

    @property
    def speaks(self):
        return self.rank == 0
