"""The process as the parent sees it: one line per message, cancellation, mistakes, end of input."""

import json
import os
import subprocess
import sys
import unittest

import torch

from fixtures import SPACE, Folder, free_port


class Child:
    def __init__(self, *options, launcher=()):
        self.process = subprocess.Popen([sys.executable, *launcher, "-m", "mcunet_train", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, **message):
        self.raw(json.dumps(message))

    def raw(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def receive(self, wanted):
        """The first message that satisfies wanted; all before it are dropped."""
        for line in self.process.stdout:
            message = json.loads(line)
            if wanted(message):
                return message
        raise AssertionError("the trainer ended")

    def answer(self, **message):
        self.send(**message)
        return self.receive(lambda m: m.get("id") == message["id"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)


class ProtocolTests(unittest.TestCase):
    def test_mistakes_are_answered_and_work_goes_on(self):
        with Child() as child:
            child.raw("no json")
            self.assertEqual(child.receive(lambda m: m["id"] is None)["error"]["code"], "bad-request")
            self.assertEqual(child.answer(id=1, op="dance")["error"]["code"], "bad-request")
            self.assertEqual(child.answer(id=2, op="train", stage="largest", steps=1)["error"]["code"], "not-initialised")
            self.assertEqual(child.answer(id=3, op="hello", protocol=2)["error"]["code"], "protocol")
            self.assertEqual(child.answer(id=4, op="hello", protocol=1)["protocol"], 1)
            self.assertTrue(child.answer(id=5, op="quit")["ok"])
            self.assertEqual(child.process.wait(30), 0)

    @unittest.skipIf(torch.cuda.is_available(), "this machine has what the test misses")
    def test_cuda_that_is_missing_is_refused_and_not_a_death(self):
        with Child("--device", "cuda") as child:
            for id, op in ((1, "hello"), (2, "init")):
                error = child.answer(id=id, op=op)["error"]
                self.assertEqual(error["code"], "device-missing")
                self.assertIn("CUDA was asked for, but PyTorch", error["message"])

    @unittest.skipUnless(torch.distributed.is_available(), "this PyTorch has no torch.distributed")
    def test_torchrun_starts_processes_that_one_speaks_for(self):
        launcher = ("-m", "torch.distributed.run", f"--master_port={free_port()}", "--nproc_per_node=2", "--redirects", "1:1", "--tee", "1:1")
        with Child(launcher=launcher) as child:
            hello = child.answer(id=1, op="hello", protocol=1)
            self.assertEqual((hello["processes"], hello["ok"]), (2, True))
            self.assertTrue(child.answer(id=2, op="quit")["ok"])
            self.assertEqual(child.process.wait(60), 0)

    def test_cancel_stops_a_training_and_keeps_it(self):
        with Folder() as folder, Child() as child:
            init = {"op": "init", "space": SPACE, "dataset": folder.dataset, "seed": 1, "directory": os.path.join(folder.path, "c")}
            self.assertTrue(child.answer(id=1, **init)["ok"])
            child.send(id=2, op="train", stage="largest", steps=100000, batch=8, progress_every=1)
            child.receive(lambda m: m.get("event") == "progress")
            child.send(id=3, op="cancel", target=2)
            reply = child.receive(lambda m: m.get("id") == 2)
            self.assertTrue(reply["cancelled"])
            child.send(id=4, op="cancel", target=2)
            self.assertEqual(len(child.answer(id=5, op="eval", architectures=[largest()])["accuracies"]), 1)
            self.assertEqual(child.answer(id=6, **init)["step"], reply["step"])

    def test_end_of_input_ends_the_process_with_a_checkpoint(self):
        with Folder() as folder:
            with Child() as child:
                child.answer(id=1, op="init", space=SPACE, dataset=folder.dataset, seed=1, directory=os.path.join(folder.path, "c"))
                child.send(id=2, op="train", stage="largest", steps=100000, batch=8, progress_every=1)
                child.receive(lambda m: m.get("event") == "progress")
                child.process.stdin.close()
                self.assertEqual(child.process.wait(60), 0)
            self.assertTrue(os.path.exists(os.path.join(folder.path, "c", "supernet.safetensors")))


def largest():
    from mcunet_train.space import Space
    return Space(SPACE).largest()


if __name__ == "__main__":
    unittest.main()
