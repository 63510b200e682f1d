#!/bin/bash
# Trains a network of the CIFAR-10 searches on one GPU, and prints accuracy over seconds and images per second. Never run so far.
# samples/search/gpu.sh [WINNER.json [EPOCHS [BATCH]]]: the winner.json of a search's folder, else the largest network of the space.
# Needs Python with PyTorch for CUDA, NumPy and pillow, and ../shared/data/cifar10/cifar10_jpeg.zip (53 MB).
# Ends after LIMIT seconds, 540 without it.
# OUT keeps the weights, DATASET is another data set file; MCUNET_DEVICE=cpu tries the script out without a GPU.
set -euo pipefail
cd "$(dirname "$0")/../.."
winner=${1:-}
export PYTHONPATH=$PWD/src/McuNet.Search/Trainer PYTHONDONTWRITEBYTECODE=1
out=${OUT:-$(mktemp -d)}
exec timeout "${LIMIT:-540}" "${MCUNET_PYTHON:-python3}" -m mcunet_train.alone \
  --space src/McuNet.Search/Presets/cifar.json --dataset "${DATASET:-samples/search/cifar10.dataset.json}" --out "$out/gpu" \
  ${winner:+--architecture "$winner"} --epochs "${2:-40}" --batch "${3:-1024}" --lr 0.3 --average 0.99 \
  --device "${MCUNET_DEVICE:-cuda}" --test
