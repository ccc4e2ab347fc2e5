"""Vectors of float32 inside compiled functions: so many numbers that are worked on at once.

numba has no such thing: it leaves it to LLVM to make vectors out of loops, which stores sums and
loads them again at each pixel of an image. `Lanes` are values of a compiled function like numbers,
and stay in the processor's registers; LLVM takes as many registers as it needs for so many numbers.
A width is a power of 2 that is known when compiling: `zeros(32)` begins with one, all others are as
wide as the lanes that they are given. Places count from the first number of a contiguous array, of
any number of axes; they are not checked.

    sums = zeros(32)
    for pixel in range(784):
        sums = multiply_add(spread(values[pixel], sums), load(weights, 32 * pixel, sums), sums)
    store(found, 0, sums)
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import extending, types
from numba.extending import intrinsic, models

Generated = tuple[Any, Callable[..., Any]]
"""A signature, and what writes the instructions."""


class Lanes(types.Type):
    """The type of a vector of so many float32."""

    def __init__(self, width: int) -> None:
        self.width = width
        super().__init__(name=f"Lanes({width})")


@extending.register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, lanes: Lanes) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            manager, lanes, ir.VectorType(ir.FloatType(), lanes.width)
        )


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, place: Any, to: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [place]), to.as_pointer())


def _vector(lanes: Lanes) -> Any:
    return ir.VectorType(ir.FloatType(), lanes.width)


def _spread(builder: Any, number: Any, width: int) -> Any:
    vector = ir.VectorType(ir.FloatType(), width)
    index = ir.IntType(32)
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), number, index(0))
    nowhere = ir.Constant(vector, ir.Undefined)
    return builder.shuffle_vector(
        one, nowhere, ir.Constant(ir.VectorType(index, width), [0] * width)
    )


def _instructions(function: Callable[..., Generated]) -> Any:
    """Makes of a function that writes instructions one that compiled functions call."""
    return intrinsic(function)


def _known_when_compiling(function: Callable[..., Generated]) -> Any:
    """The same, for an argument whose value is known then."""
    return intrinsic(prefer_literal=True)(function)


@_instructions
def zeros_like(_typing: Any, like: Any) -> Generated:
    """As many zeros: zeros_like(like)."""

    def generate(_context: Any, _builder: Any, _signature: Any, _given: Any) -> Any:
        return ir.Constant(_vector(like), [0.0] * like.width)

    return like(like), generate


@_known_when_compiling
def zeros(_typing: Any, width: Any) -> Generated:
    """Lanes of so many zeros: zeros(width)."""

    def generate(_context: Any, _builder: Any, signature: Any, _given: Any) -> Any:
        return ir.Constant(_vector(signature.return_type), [0.0] * width.literal_value)

    return Lanes(width.literal_value)(width), generate


@_instructions
def spread(_typing: Any, number: Any, like: Any) -> Generated:
    """The same number in each lane: spread(number, like)."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return _spread(builder, given[0], like.width)

    return like(types.float32, like), generate


@_instructions
def load(_typing: Any, array: Any, place: Any, like: Any) -> Generated:
    """The numbers of an array from a place on: load(array, place, like)."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _pointer(context, builder, array, given[0], given[1], _vector(like))
        return builder.load(pointer, align=4)

    return like(array, types.intp, like), generate


@_instructions
def load_one(_typing: Any, array: Any, place: Any) -> Generated:
    """One number of an array: load_one(array, place)."""

    def generate(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        pointer = _pointer(context, builder, array, given[0], given[1], ir.FloatType())
        return builder.load(pointer, align=4)

    return types.float32(array, types.intp), generate


@_instructions
def load_bytes(_typing: Any, array: Any, place: Any, like: Any) -> Generated:
    """The bytes 0..255 of an array from a place on: load_bytes(array, place, like)."""

    def generate(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        kind = ir.VectorType(ir.IntType(8), like.width)
        pointer = _pointer(context, builder, array, given[0], given[1], kind)
        return builder.uitofp(builder.load(pointer, align=1), _vector(like))

    return like(array, types.intp, like), generate


@_instructions
def width_of(_typing: Any, like: Any) -> Generated:
    """How many lanes there are: width_of(like)."""

    def generate(_context: Any, _builder: Any, signature: Any, _given: Any) -> Any:
        return ir.IntType(signature.return_type.bitwidth)(like.width)

    return types.intp(like), generate


@_instructions
def store(_typing: Any, array: Any, place: Any, lanes: Any) -> Generated:
    """Puts lanes into an array from a place on: store(array, place, lanes)."""

    def generate(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        pointer = _pointer(context, builder, array, given[0], given[1], _vector(lanes))
        builder.store(given[2], pointer, align=4)
        return context.get_dummy_value()

    return types.void(array, types.intp, lanes), generate


@_instructions
def multiply_add(_typing: Any, first: Any, second: Any, third: Any) -> Generated:
    """first * second + third, rounded once where the processor can: lane by lane."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        vector = _vector(first)
        name = f"llvm.fmuladd.v{first.width}f32"
        kind = ir.FunctionType(vector, [vector] * 3)
        return builder.call(builder.module.declare_intrinsic(name, fnty=kind), given)

    return first(first, first, first), generate


@_instructions
def plus(_typing: Any, first: Any, second: Any) -> Generated:
    """first + second, lane by lane."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fadd(*given)

    return first(first, first), generate


@_instructions
def minus(_typing: Any, first: Any, second: Any) -> Generated:
    """first - second, lane by lane."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fsub(*given)

    return first(first, first), generate


@_instructions
def times(_typing: Any, first: Any, second: Any) -> Generated:
    """first * second, lane by lane."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fmul(*given)

    return first(first, first), generate


@_instructions
def over(_typing: Any, first: Any, second: Any) -> Generated:
    """first / second, lane by lane."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fdiv(*given)

    return first(first, first), generate


@_instructions
def larger(_typing: Any, first: Any, second: Any) -> Generated:
    """The second where it is larger, else the first, also where either is no number."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.select(builder.fcmp_ordered("<", *given), given[1], given[0])

    return first(first, first), generate


@_instructions
def total(_typing: Any, lanes: Any) -> Generated:
    """The sum of all lanes: those of the first half and of the second, and so on."""

    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        sums, width = given[0], lanes.width
        while width > 1:
            width //= 2
            halves = [
                builder.shuffle_vector(
                    sums,
                    sums,
                    ir.Constant(
                        ir.VectorType(ir.IntType(32), width), list(range(start, start + width))
                    ),
                )
                for start in (0, width)
            ]
            sums = builder.fadd(*halves)
        return builder.extract_element(sums, ir.IntType(32)(0))

    return types.float32(lanes), generate
