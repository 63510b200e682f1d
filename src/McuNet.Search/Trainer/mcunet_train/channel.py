"""JSON lines between parent and trainer: requests in, replies and events out."""

import json
import os
import queue
import sys
import threading


class Channel:
    """
    Owns standard output; whatever prints goes to standard error. A thread reads requests, so that a cancel arrives while another request
    runs. After the parent is gone the queue holds None.
    """

    def __init__(self, on_cancel):
        self.out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self.requests = queue.Queue()
        self.lock = threading.Lock()
        self.on_cancel = on_cancel
        self.cancel_target = None
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in sys.stdin:
            if not line.strip():
                continue
            try:
                request = json.loads(line)
                if not isinstance(request, dict) or not isinstance(request.get("op"), str):
                    raise ValueError("no object with a string 'op'")
            except ValueError as problem:
                self.send({"id": None, "ok": False, "error": {"code": "bad-request", "message": f"The request cannot be read: {problem}."}})
                continue
            if request["op"] == "cancel":
                self.cancel_target = request.get("target")
                self.on_cancel()
                self.send({"id": request.get("id"), "ok": True})
            else:
                self.requests.put(request)
        self.cancel_target = None
        self.on_cancel()
        self.requests.put(None)

    def send(self, message):
        try:
            with self.lock:
                self.out.write(json.dumps(message, separators=(",", ":")) + "\n")
                self.out.flush()
        except BrokenPipeError:
            # Nobody listens any more; the reader ends the process at the end of its input.
            pass
