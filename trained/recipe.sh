#!/usr/bin/env bash
# Makes the networks that come with nnviz: recipe.sh FOLDER, where FOLDER holds the complete
# MNIST. They learn from the 55,000 training digits that are not bundled.
set -euo pipefail
data=$(realpath "${1:?the folder with the complete MNIST}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

train() {
    local name=$1
    shift
    uv run main.py train --data "$data" --leave-out-bundled --seed 1 \
        --out "trained/$name.safetensors" "$@"
}

train ten-outputs --design ten-outputs --epochs 30 --decay 10 --film
train four-bits --design four-bits --epochs 30 --decay 10 --film
train bit-layer --design bit-layer --epochs 30 --decay 5
train any-code --design any-code --epochs 30 --decay 5 --code separable
train one-vs-rest --design one-vs-rest --epochs 30 --decay 5
train all-pairs --design all-pairs --epochs 30 --decay 5
train elimination --design elimination --epochs 6 # on the hidden layer of ten-outputs
train plain-ensemble --design plain-ensemble --epochs 30 --decay 5
# rows of digits: it also knows what is no digit
train row-reader --cost cross-entropy --hidden 300 --epochs 30 --decay 5 --non-digits 60000

# those that were taught too little: sixes (and each other digit) alone, sixes and nines alone
mkdir -p trained/naive
train naive/positives-only --design one-vs-rest --balance none --hidden 8 --epochs 5
train naive/six-or-nine --design ten-outputs --classes 6,9 --epochs 10

# those that lectures compare with the others: weights that can only collect, one network as large
# as ten, ten as small as one, and ten that learn as many noes as yeses
mkdir -p trained/lectures
train lectures/clear --preset clear --film
train lectures/wide --design ten-outputs --hidden 300 --epochs 30 --decay 5
train lectures/ten-small --design one-vs-rest --hidden 3 --rate 0.5 --epochs 30 --decay 5
train lectures/balanced --design one-vs-rest --balance equal --epochs 30 --decay 5
