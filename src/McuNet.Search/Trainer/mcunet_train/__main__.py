"""python3 -m mcunet_train: serves one parent over standard input and output, or --check."""

import argparse
import sys


def arguments():
    parser = argparse.ArgumentParser(prog="mcunet_train", description="Supernet trainer; speaks JSON lines on standard input and output.")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of this process (default 1)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute; auto takes CUDA where PyTorch sees a GPU (default auto)")
    parser.add_argument("--no-amp", dest="amp", action="store_false", help="on CUDA, float32 throughout instead of bfloat16")
    parser.add_argument("--check", action="store_true", help="print what is installed as one JSON object, and end")
    parser.add_argument("--dataset", help="with --check: a data set file to load")
    return parser.parse_args()


def main():
    options = arguments()
    if options.check:
        from .environment import check
        return check(options.dataset)
    try:
        from . import server
    except ImportError as problem:
        print(f"mcunet_train: {problem}. Install PyTorch and NumPy: apt-get install python3-torch python3-numpy, or pip install torch numpy.", file=sys.stderr)
        return 2
    return server.serve(options.threads, options.amp, options.device)


sys.exit(main())
