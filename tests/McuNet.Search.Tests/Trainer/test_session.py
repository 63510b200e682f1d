"""Training to the end, resumption bit for bit, refusals, files."""

import json
import os
import subprocess
import sys
import unittest
from unittest import mock

import numpy as np
import torch

from fixtures import SPACE, Folder, free_port, samples, session
from mcunet_train import checkpoint, tensorfile
from mcunet_train.cluster import choose
from mcunet_train.errors import TrainerError
from mcunet_train.forward import Folded, forward
from mcunet_train.ranking import spearman
from mcunet_train.training import Recipe, Trainer

STEPS = {"steps": 6, "batch": 32, "learning_rate": 0.2, "checkpoint_every": 2, "progress_every": 2}


def state(made):
    return {name: tensor.detach().clone() for name, tensor in made.supernet.parameters.items()}


class TrainingTests(unittest.TestCase):
    def test_training_learns(self):
        with Folder() as folder:
            made, events = session(folder)
            made.train({**STEPS, "stage": "largest", "steps": 40, "batch": 64, "learning_rate": 0.8})
            accuracy, = made.eval({"architectures": [made.space.largest()]})["accuracies"]
            self.assertGreater(accuracy, 0.8)
            progress = [event for event in events if event["event"] == "progress" and event["op"] == "train"]
            self.assertEqual([event["step"] for event in progress], list(range(2, 41, 2)))
            self.assertLess(progress[-1]["loss"], progress[0]["loss"])

    def test_resumed_training_equals_uninterrupted_bit_for_bit(self):
        with Folder() as folder:
            whole, _ = session(folder, "whole")
            for stage in ("largest", "elastic"):
                whole.train({**STEPS, "stage": stage})
            for stage in ("largest", "elastic"):
                stopped, _ = session(folder, "parts")
                keep, count = checkpoint.save, [0]

                def save(*arguments):
                    keep(*arguments)
                    count[0] += 1
                    if count[0] == 2:
                        stopped.cluster.cancel.set()
                with mock.patch.object(checkpoint, "save", save):
                    reply = stopped.train({**STEPS, "stage": stage})
                self.assertTrue(reply["cancelled"])
                self.assertEqual(reply["step"], 5)
                resumed, _ = session(folder, "parts")
                self.assertEqual((resumed.stage, resumed.step), (stage, 5))
                resumed.train({**STEPS, "stage": stage})
            for name, tensor in state(whole).items():
                self.assertTrue(torch.equal(tensor, resumed.supernet.parameters[name]), name)

    def test_training_in_bfloat16_learns_too(self):
        """The path that CUDA takes, by the autocast of the CPU."""
        plain = lambda x, weight, stride: torch.conv2d(x, weight, None, stride, weight.shape[-1] // 2, 1, weight.shape[0])
        with Folder() as folder, mock.patch("mcunet_train.depthwise.convolve", plain), \
                mock.patch("mcunet_train.cluster.Cluster.precision", lambda _: torch.autocast("cpu", dtype=torch.bfloat16)):
            made, _ = session(folder)
            made.train({**STEPS, "stage": "largest", "steps": 40, "batch": 64, "learning_rate": 0.8})
            self.assertGreater(made.eval({"architectures": [made.space.largest()]})["accuracies"][0], 0.8)

    def test_finished_stages_are_not_trained_again(self):
        with Folder() as folder:
            made, _ = session(folder)
            made.train({**STEPS, "stage": "largest"})
            before = state(made)
            self.assertEqual(made.train({**STEPS, "stage": "largest"})["step"], 6)
            self.assertTrue(all(torch.equal(before[name], tensor) for name, tensor in made.supernet.parameters.items()))

    def test_two_processes_train_the_same_network(self):
        if not torch.distributed.is_available():
            self.skipTest("this PyTorch has no torch.distributed")
        with Folder() as folder:
            requests = [
                {"id": 1, "op": "init", "space": SPACE, "dataset": folder.dataset, "seed": 3, "directory": os.path.join(folder.path, "two")},
                {"id": 2, "op": "train", "stage": "largest", **STEPS}, {"id": 3, "op": "eval", "architectures": samples(count=3)[1]}, {"id": 4, "op": "quit"}]
            replies = two_processes(requests)
            self.assertTrue(all(reply["ok"] for reply in replies.values()), replies)
            self.assertEqual(len(replies[3]["accuracies"]), 3)
            alone, _ = session(folder, "two")
            self.assertEqual(alone.eval({"architectures": samples(count=3)[1]})["accuracies"], replies[3]["accuracies"])


    def test_two_processes_take_the_mean_of_their_gradients(self):
        """One step of two processes, and the same computed here half by half."""
        if not torch.distributed.is_available():
            self.skipTest("this PyTorch has no torch.distributed")
        with Folder() as folder:
            requests = [{"id": 1, "op": "init", "space": SPACE, "dataset": folder.dataset, "seed": 3, "directory": os.path.join(folder.path, "two")},
                        {"id": 2, "op": "train", "stage": "largest", **STEPS, "steps": 1}, {"id": 3, "op": "quit"}]
            self.assertTrue(all(reply["ok"] for reply in two_processes(requests).values()))
            together, _ = session(folder, "two")
            halves = [half(session(folder, f"half{rank}")[0], rank) for rank in range(2)]
            parameters = halves[0].weights.parameters
            for name, parameter in parameters.items():
                other = halves[1].weights.parameters[name].grad
                parameter.grad = None if other is None else (parameter.grad + other) / 2
            halves[0].optimizer.step(halves[0].recipe.rate(0))
            for name, tensor in parameters.items():
                self.assertTrue(torch.allclose(tensor, together.supernet.parameters[name], rtol=1e-5, atol=1e-7), name)


def half(made, rank):
    """A trainer whose gradients are those of one of two processes after the first step, before they are averaged."""
    made.cluster.size, made.cluster.rank = 2, rank
    recipe = Recipe.of({**STEPS, "steps": 1})
    trainer = Trainer(made.space, made.data, made.supernet, recipe, lambda _: [made.supernet.network], "3/largest", made.cluster)
    with mock.patch.object(made.cluster, "average", lambda parameters, figures: figures), mock.patch.object(trainer.optimizer, "step", lambda rate: None):
        trainer.step(0)
    return trainer


def two_processes(requests):
    """Replies by id of two processes that share the work, as torchrun starts them."""
    port, children = free_port(), []
    for rank in range(2):
        place = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
        children.append(subprocess.Popen([sys.executable, "-m", "mcunet_train"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **place}))
    output, _ = children[0].communicate("\n".join(map(json.dumps, requests)).encode() + b"\n", timeout=120)
    children[1].communicate(timeout=60)
    return {m["id"]: m for m in map(json.loads, output.splitlines()) if "id" in m}


class DeviceTests(unittest.TestCase):
    def test_each_process_has_a_gpu_of_its_own(self):
        self.assertEqual([str(choose("auto", 2, place, 2)) for place in range(2)], ["cuda:0", "cuda:1"])
        self.assertEqual([str(choose(wish, gpus, 0, 1)) for wish, gpus in (("auto", 0), ("cpu", 4), ("cuda", 1))], ["cpu", "cpu", "cuda:0"])

    def test_a_gpu_that_is_missing_is_named(self):
        for gpus, places, words in ((0, 1, "CUDA was asked for, but PyTorch"), (2, 4, "4 processes were started for 2 GPUs, and each needs its own: --nproc_per_node=2")):
            with self.assertRaises(TrainerError) as caught:
                choose("cuda", gpus, 0, places)
            self.assertEqual(caught.exception.code, "device-missing")
            self.assertIn(words, caught.exception.message)


class RefusalTests(unittest.TestCase):
    def refused(self, code, call):
        with self.assertRaises(TrainerError) as caught:
            call()
        self.assertEqual(caught.exception.code, code)
        return caught.exception.message

    def test_checkpoint_of_another_space_data_set_or_seed(self):
        with Folder() as folder, Folder(validation={"count": 90}) as other:
            made, _ = session(folder)
            made.train({**STEPS, "stage": "largest"})
            directory = os.path.join(folder.path, "checkpoints")
            request = {"space": SPACE, "dataset": folder.dataset, "seed": 3, "directory": directory}
            changed = {**SPACE, "widths": [1.0]}
            self.assertIn("another search space", self.refused("checkpoint-mismatch", lambda: made.init({**request, "space": changed})))
            self.assertIn("another data set", self.refused("checkpoint-mismatch", lambda: made.init({**request, "dataset": other.dataset})))
            self.assertIn("another seed (3, not 4)", self.refused("checkpoint-mismatch", lambda: made.init({**request, "seed": 4})))
            self.refused("not-initialised", lambda: made.eval({"architectures": []}))

    def test_damaged_checkpoint(self):
        with Folder() as folder:
            made, _ = session(folder)
            path = made.train({**STEPS, "stage": "largest"})["checkpoint"]
            with open(path, "r+b") as file:
                file.truncate(os.path.getsize(path) // 2)
            self.assertIn("Delete it to start anew", self.refused("checkpoint-unreadable", lambda: session(folder)))

    def test_full_disk_keeps_the_previous_checkpoint(self):
        with Folder() as folder:
            made, events = session(folder)
            path = made.train({**STEPS, "stage": "largest"})["checkpoint"]
            with open(path, "rb") as file:
                before = file.read()
            full = OSError(28, "No space left on device")
            with mock.patch.object(os, "fsync", side_effect=full):
                message = self.refused("disk-full", lambda: made.train({**STEPS, "stage": "elastic"}))
            self.assertIn("No space left on device", message)
            self.assertEqual([e["code"] for e in events if e["event"] == "warning"], ["checkpoint-not-written"] * 2)
            with open(path, "rb") as file:
                self.assertEqual(file.read(), before)
            self.assertEqual(os.listdir(os.path.dirname(path)), [os.path.basename(path)])

    def test_wrong_order_and_other_recipe(self):
        with Folder() as folder:
            made, _ = session(folder)
            made.train({**STEPS, "stage": "elastic"})
            self.refused("bad-request", lambda: made.train({**STEPS, "stage": "largest"}))
            self.refused("bad-request", lambda: made.train({**STEPS, "stage": "last"}))
            self.refused("bad-request", lambda: made.train({"stage": "elastic", "steps": 0}))
            self.refused("architecture-invalid", lambda: made.eval({"architectures": [{**made.space.largest(), "width": 0.7}]}))
            self.refused("weights-unknown", lambda: made.eval({"architectures": [made.space.largest()], "weights": "ft-none"}))
            self.refused("bad-request", lambda: made.eval({"architectures": [made.space.largest()], "weights": "../x"}))

    def test_diverging_training_keeps_the_last_checkpoint(self):
        with Folder() as folder:
            made, _ = session(folder)
            made.train({**STEPS, "stage": "largest"})
            with mock.patch("mcunet_train.training.Trainer.step", return_value=torch.tensor([float("nan"), 0.0, 0.0])):
                self.refused("diverged", lambda: made.train({**STEPS, "stage": "elastic"}))
            again, _ = session(folder)
            self.assertEqual((again.stage, again.step), ("largest", 6))


class FileTests(unittest.TestCase):
    def test_finetuned_export_computes_its_samples(self):
        with Folder() as folder:
            made, _ = session(folder)
            architecture = samples(seed=4)[1][0]
            tuned = made.finetune({"architecture": architecture, "steps": 10, "batch": 32, "learning_rate": 0.2})
            again = made.finetune({"architecture": architecture, "steps": 10, "batch": 32, "learning_rate": 0.2})
            self.assertEqual(tuned, again)
            weights, inputs = os.path.join(folder.path, "net.safetensors"), os.path.join(folder.path, "samples.safetensors")
            reply = made.export({"architecture": architecture, "weights": tuned["weights"], "path": weights, "samples": inputs})
            self.assertEqual(reply["accuracy"], tuned["accuracy"])
            tensors = {name: torch.from_numpy(value) for name, value in tensorfile.read(weights)[0].items()}
            given = tensorfile.read(inputs)[0]
            network, folded = made.space.resolve(architecture), Folded(tensors, made.space.ceiling)
            self.assertEqual(set(tensors), {f"{c.name}.{part}" for c in network.convs() for part in ("weight", "bias")} | {"classifier.weight", "classifier.bias"})
            with torch.no_grad():
                computed = forward(network, torch.from_numpy(given["x"]), folded, folded.classifier)
            self.assertTrue(np.allclose(computed.numpy(), given["logits"], atol=1e-5))

    def test_calibration_set_holds_whole_grey_levels(self):
        with Folder() as folder:
            made, _ = session(folder)
            path = os.path.join(folder.path, "images.safetensors")
            self.assertEqual(made.calibset({"count": 20, "resolution": 12, "path": path})["shape"], [20, 1, 12, 12])
            pixels = tensorfile.read(path)[0]["x"] * 128 + 128
            self.assertTrue(np.array_equal(pixels, pixels.round()))
            self.assertTrue(0 <= pixels.min() and pixels.max() <= 255)
            whole = made.calibset({"resolution": 16, "path": path, "split": "test"})
            stored = tensorfile.read(path)[0]
            self.assertEqual(whole["count"], 120)
            self.assertTrue(np.array_equal(stored["y"], made.data.test.labels.numpy()))
            self.assertTrue(np.array_equal(stored["x"] * 128 + 128, made.data.test.images.numpy()))

    def test_recipe_for_networks_alone(self):
        """One cycle with Nesterov's momentum, an average of the weights, a teacher, and a seed of its own: each changes what comes out, and repeats bit for bit."""
        with Folder() as folder:
            made, _ = session(folder)
            space, networks = samples(seed=3, count=1)
            def tuned(**changes):
                request = {"architecture": networks[0], "from": "random", "steps": 40, "batch": 40, "learning_rate": 0.5, **changes}
                return made.finetune(request)
            plain = tuned()
            cycle = tuned(schedule="onecycle", nesterov=True, label_smoothing=0.05)
            averaged = tuned(schedule="onecycle", nesterov=True, label_smoothing=0.05, average=0.9)
            seeded = tuned(schedule="onecycle", nesterov=True, label_smoothing=0.05, seed=7)
            taught = tuned(schedule="onecycle", nesterov=True, label_smoothing=0.05, distillation=0.5,
                           teacher={"architecture": networks[0], "weights": cycle["weights"]})
            names = [answer["weights"] for answer in (plain, cycle, averaged, seeded, taught)]
            self.assertEqual(len(set(names)), 5)
            files = [open(made.weights_path(name), "rb").read() for name in names]
            self.assertEqual(len(set(files)), 5)
            self.assertGreater(taught["accuracy"], 0.4)
            os.remove(made.weights_path(taught["weights"]))
            again = tuned(schedule="onecycle", nesterov=True, label_smoothing=0.05, distillation=0.5,
                          teacher={"architecture": networks[0], "weights": cycle["weights"]})
            self.assertEqual(open(made.weights_path(again["weights"]), "rb").read(), files[4])

    def test_one_cycle_rises_and_falls(self):
        recipe = Recipe.of({"steps": 100, "batch": 256, "learning_rate": 1.0, "schedule": "onecycle"})
        rates = [recipe.rate(step) for step in range(100)]
        self.assertAlmostEqual(rates[0], 1 / 25)
        self.assertAlmostEqual(max(rates), 1.0)
        self.assertEqual(rates.index(max(rates)), 30)
        self.assertLess(rates[-1], 0.001)

    def test_recipes_that_cannot_be(self):
        for wrong in ({"schedule": "steps"}, {"average": 1.0}, {"nesterov": 1}, {"distillation": -0.1}):
            with self.assertRaises(TrainerError):
                Recipe.of({"steps": 1, **wrong})

    def test_rank_correlation(self):
        self.assertAlmostEqual(spearman([1, 2, 3, 4], [1, 3, 2, 4]), 0.8)
        self.assertEqual(spearman([1, 1, 1], [1, 2, 3]), 0.0)
        with Folder() as folder:
            made, _ = session(folder)
            reply = made.rank({"count": 4, "against": "trained", "steps": 2, "batch": 16})
            self.assertEqual(len(reply["references"]), 4)


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
