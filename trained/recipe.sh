#!/usr/bin/env bash
# Makes the networks that come with nnviz: recipe.sh FOLDER, where FOLDER holds the complete
# MNIST. They learn from the 55,000 training digits that are not bundled.
set -euo pipefail
data=$(realpath "${1:?the folder with the complete MNIST}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

train() {
    local design=$1
    shift
    uv run main.py train --design "$design" --data "$data" --leave-out-bundled --seed 1 \
        --out "trained/$design.safetensors" "$@"
}

train ten-outputs --epochs 30 --decay 5 --film
train four-bits --epochs 30 --decay 5 --film
train bit-layer --epochs 30 --decay 5
train any-code --epochs 30 --decay 5 --code separable
train one-vs-rest --epochs 30 --decay 5
train all-pairs --epochs 30 --decay 5
train elimination --epochs 6 # on the hidden layer of ten-outputs
train plain-ensemble --epochs 30 --decay 5

# those that were taught too little: sixes (and each other digit) alone, sixes and nines alone
mkdir -p trained/naive
naive() {
    local name=$1 design=$2
    shift 2
    uv run main.py train --design "$design" --data "$data" --leave-out-bundled --seed 1 \
        --out "trained/naive/$name.safetensors" "$@"
}
naive positives-only one-vs-rest --balance none --hidden 8 --epochs 5
naive six-or-nine ten-outputs --classes 6,9 --epochs 10
