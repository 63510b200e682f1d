"""Trainings spread over processes, one of which dies; and one network alone by the command."""

import json
import os
import subprocess
import sys
import time
import unittest

import torch

from fixtures import SPACE, Folder, free_port, samples, session
from mcunet_train import alone

PROCESSES = 4
DEADLINE = 60


def start(requests):
    """Four processes as torchrun starts them; the first one has got the requests."""
    port, children = free_port(), []
    for rank in range(PROCESSES):
        place = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(PROCESSES), "MASTER_ADDR": "127.0.0.1",
                 "MASTER_PORT": str(port), "OMP_NUM_THREADS": "1"}
        children.append(subprocess.Popen([sys.executable, "-m", "mcunet_train"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, env={**os.environ, **place}))
    children[0].stdin.write("\n".join(map(json.dumps, requests)).encode() + b"\n")
    children[0].stdin.flush()
    return children


def finish(children):
    """Replies of the first process by id."""
    output, _ = children[0].communicate(timeout=DEADLINE)
    for child in children[1:]:
        child.communicate(timeout=DEADLINE)
    return {m["id"]: m for m in map(json.loads, output.splitlines()) if "id" in m}


def end(children):
    for child in children:
        child.kill()
        child.communicate()


def weights_in(directory):
    return sorted(name for name in (os.listdir(directory) if os.path.isdir(directory) else []) if name.startswith("ft-") and name.endswith(".safetensors"))


class SpreadTests(unittest.TestCase):
    def test_a_killed_process_costs_no_finished_training(self):
        if not torch.distributed.is_available():
            self.skipTest("this PyTorch has no torch.distributed")
        with Folder() as folder:
            directory = os.path.join(folder.path, "four")
            recipe = {"from": "random", "batch": 32, "learning_rate": 0.3, "schedule": "onecycle", "nesterov": True}
            networks = samples(seed=5, count=5)[1]
            # The last process's network takes so long that it is killed in the middle.
            steps = [100000 if i == PROCESSES - 1 else 4 for i in range(len(networks))]
            wanted = [{"architecture": networks[i], "steps": steps[i], "seed": i + 1, **recipe} for i in range(len(networks))]
            init = {"id": 1, "op": "init", "space": SPACE, "dataset": folder.dataset, "seed": 3, "directory": directory}
            children = start([init, {"id": 2, "op": "trainings", "trainings": wanted}])
            try:
                limit = time.monotonic() + DEADLINE
                # All but the last one's.
                while len(weights_in(directory)) < len(networks) - 1 and time.monotonic() < limit:
                    time.sleep(0.1)
                children[-1].kill()
                children[-1].wait()
            finally:
                end(children)
            finished = weights_in(directory)
            self.assertEqual(len(finished), len(networks) - 1)
            before = {name: os.stat(os.path.join(directory, name)).st_mtime_ns for name in finished}

            wanted[PROCESSES - 1]["steps"] = 4
            again = [{"id": 2, "op": "trainings", "trainings": wanted}, {"id": 3, "op": "finetune", **wanted[0]}, {"id": 4, "op": "quit"}]
            children = start([init, *again])
            try:
                replies = finish(children)
            finally:
                end(children)
            self.assertTrue(all(reply["ok"] for reply in replies.values()), replies)
            self.assertEqual({name: os.stat(os.path.join(directory, name)).st_mtime_ns for name in finished}, before)
            self.assertEqual(len(weights_in(directory)), len(networks))
            # What one process trained is what all of them are asked for later, and what a single process would have trained.
            self.assertEqual(replies[3]["weights"], replies[2]["trainings"][0]["weights"])
            single, _ = session(folder, "one")
            again = single.trainings({"trainings": wanted})["trainings"]
            self.assertEqual(again, replies[2]["trainings"])
            for answer in again:
                path = os.path.join(directory, answer["weights"] + ".safetensors")
                with open(single.weights_path(answer["weights"]), "rb") as a, open(path, "rb") as b:
                    self.assertEqual(a.read(), b.read())

    def test_a_wrong_training_is_refused_before_any(self):
        from mcunet_train.errors import TrainerError
        with Folder() as folder:
            made, _ = session(folder)
            networks = samples(seed=5, count=2)[1]
            with self.assertRaises(TrainerError):
                made.trainings({"trainings": [{"architecture": n, "steps": 1 - i} for i, n in enumerate(networks)]})
            self.assertEqual(weights_in(made.folder), [])


class AloneTests(unittest.TestCase):
    def test_one_network_by_the_command_learns_and_is_kept(self):
        with Folder() as folder:
            space, lines = folder.write("space.json", SPACE), []
            out = os.path.join(folder.path, "alone")
            options = alone.arguments(["--space", space, "--dataset", folder.dataset, "--out", out, "--epochs", "10", "--batch", "50",
                                       "--lr", "2", "--device", "cpu", "--test"])
            result = alone.train(options, lines.append)
            self.assertGreater(result["test"], 0.7)
            self.assertEqual([line["step"] for line in lines if line["op"] == "finetune"][-1], 60)
            self.assertGreater(result["imagesPerSecond"], 0)
            again = alone.train(options, lines.append)
            self.assertEqual((again["weights"], again["test"], again["imagesPerSecond"]), (result["weights"], result["test"], None))


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
