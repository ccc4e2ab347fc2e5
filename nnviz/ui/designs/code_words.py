"""What the views of the bit layer and of codes say."""

from collections.abc import Mapping, Sequence

from nnviz.ui.designs.words import with_sign
from nnviz.words import commas, listed, number, percent, sentences, tr, tr_n

# ---- the bit layer -------------------------------------------------------------------

BIT_LAYER_QUESTION = tr(
    "Can an untrained layer turn ten outputs into four bits? The book's exercise."
)
BIT_LAYER_HELP: Mapping[str, str] = {
    "plus-minus": tr("Weight +1 where the bit is set, −1 where it is not, and no bias."),
    "zero-one": tr("Weight 1 where the bit is set, else 0, and a bias of −0.5."),
}
NO_ONE_HOT = tr(
    "No network with one output for each digit is open: choose such a design in the switch above."
)
PROMISE_TIP = tr("Under the exercise's assumption.")
MET_TIP = tr("How often real outputs are what the exercise assumes.")
BIT_ACCURACY_TIP = tr("Test digits right, on the same outputs.")
LOST_TIP = tr("Where the textbook's layer of 0 and 1 fails.")
ASKING = tr("Asking all test digits …")
UNTRAINED = tr("Not trained yet: press Run.")
STRONGEST = tr("strongest output")
BIT_PICTURE = tr("Outputs, the weights of the fixed layer, bits")
BIT_PICTURE_TIP = tr(
    "Each bit is a weighted sum of the ten outputs. Click a weight, or go to it with the arrow "
    "keys, to read what it adds."
)
BIT_HEADINGS: Mapping[str, tuple[str, str]] = {
    "bias": ("", tr("bias")),
    "sum": ("", tr("sum")),
    "lamp": ("", tr("bit")),
    "margin": (tr("from 0"), tr("at least")),
    "scale": (tr("weights"), tr("times")),
}
PROMISES = ("margin", "scale")
"""Those of what the layer promises."""
NOT_A_DIGIT = tr("not a digit")
EXERCISE = tr("As an exercise")
EXERCISE_TIP = tr(
    "Begins without weights; each step shows those of one more bit, the last one what the layer "
    "promises."
)
OUTPUTS = tr("outputs")
SUM_RULE = tr("Sum of weight × output, and the bias; a bit is 1 where its sum is above 0.")


def promise(margin: float, scale: float) -> str:
    """In HTML, as all of the survey."""
    return tr(
        "Right output ≥ 0.99, the others &lt; 0.01: no sum is nearer to 0 than <b>{margin}</b>; "
        "weights times <b>{scale}</b> make each bit &gt; 0.99 or &lt; 0.01.",
        margin=number(margin, 2),
        scale=number(scale, 2),
    )


def met(share: float, images: int) -> str:
    return tr(
        "{share} of {count} test digits meet that assumption",
        share=_large(percent(share, 0)),
        count=images,
    )


def lost(count: int, faint: float) -> str:
    """How many digits the layer of 0 and 1 loses; `faint`: in what part of them no output is
    above a half."""
    large = _large(number(count))
    if not count:
        return tr(
            "{lost} digits: the strongest output is right, 0 and 1 is wrong; the sums always "
            "suffice",
            lost=large,
        )
    return tr_n(
        "{lost} digit: the strongest output is right, 0 and 1 is wrong; in {share} no output "
        "exceeds 0.5",
        "{lost} digits: the strongest output is right, 0 and 1 is wrong; in {share} of them no "
        "output exceeds 0.5",
        count,
        lost=large,
        share=percent(faint, 0),
    )


def _large(words: str) -> str:
    return f'<span style="font-size:x-large; font-weight:600">{words}</span>'


def weight(value: float) -> str:
    """+1, −1, 0 or −0.5."""
    return with_sign(value, 0 if value == round(value) else 1) if value else "0"


def spelled(value: int, names: Sequence[str]) -> str:
    """What bits spell."""
    if value >= len(names):
        return tr("{number}, not a digit", number=value)
    name = names[value]
    return name if name == str(value) else tr("{number}, {name}", number=value, name=name)


def word_is(bits: Sequence[str], value: int | None) -> str:
    """Bits, and which number they spell where that is known."""
    word = " ".join(bits)
    return word if value is None else tr("{word} → {number}", word=word, number=value)


def assumption(met: bool) -> str:
    if met:
        return tr("this digit is as the exercise assumes")
    return tr("this digit is not as the exercise assumes")


def bit(name: str) -> str:
    return tr("bit {name}", name=name)


def adds(output: str, said: float, bit: str, own: float) -> str:
    """What a weight does."""
    return tr(
        "Output {output} says {said}, its weight for bit {bit} is {weight}: it adds {product}.",
        output=output,
        said=number(said, 2),
        bit=bit,
        weight=weight(own),
        product=with_sign(own * said),
    )


def find_weight(output: str, bit: str) -> str:
    """A weight that somebody has still to find."""
    return tr("Which weight from output {output} to bit {bit}?", output=output, bit=bit)


def has_weight(output: str, bit: str, own: float) -> str:
    """A weight, where nothing is told of the digit."""
    return tr(
        "The weight from output {output} to bit {bit} is {weight}.",
        output=output,
        bit=bit,
        weight=weight(own),
    )


def not_whole(rows: int, bits: int) -> str:
    """A layer of which some weights are still to be found, or whose bits are not told."""
    return tr("The weights of {rows} of {bits} bits are shown.", rows=rows, bits=bits)


def in_short(rights: Mapping[str, float]) -> str:
    """How often each layer is right."""
    told = [
        tr("{layer}: {share}", layer=name, share=percent(each)) for name, each in rights.items()
    ]
    return tr("Of all test digits right: {each}.", each=commas(told))


def layer(sums: Mapping[str, float], word: str, spelled: str, right: bool | None) -> str:
    """The whole layer: bit -> its sum."""
    told = [
        tr("Bit {name} is 1 with the sum {sum}.", name=name, sum=with_sign(total))
        if total > 0
        else tr("Bit {name} is 0 with the sum {sum}.", name=name, sum=with_sign(total))
        for name, total in sums.items()
    ]
    if right is None:
        end = tr("{word} is {number}.", word=word, number=spelled)
    elif right:
        end = tr("{word} is {number}, which is right.", word=word, number=spelled)
    else:
        end = tr("{word} is {number}, which is wrong.", word=word, number=spelled)
    return sentences(*told, end)


# ---- codes ---------------------------------------------------------------------------

CODES = tr("Codes")
CODES_QUESTION = tr("Is there a code that makes four outputs enough? Try your own.")
FEWER, FEWER_TIP = tr("− bit"), tr("Take the last bit away.")
MORE = tr("+ bit")
MORE_TIP = tr("One more bit: 1 where the number of ones is odd. Then edit it.")
UNDO, UNDO_TIP = tr("Undo"), tr("The table before the last change.")
TRAIN = tr("Train this code")
TRAIN_TIP = tr("Train a network with this code, beside the one on screen.")
DISTANCE_TIP = tr("How well the code words can be told apart.")
FINDING_TIP = tr("What the experiment asks, and what it shows.")
CODE_TABLE = tr("Code table: which bits are 1 for which class")
CODE_TABLE_TIP = tr("Click a bit to turn it over; arrow keys move, Space turns it over.")
RESULTS = tr("Experiments and their results")
RESULTS_TIP = tr(
    "Click to run an experiment beside the network on screen, or to go on with one that has seen "
    "fewer digits than others (empty triangle); Space does the same."
)
SHOW = tr("Show its network")
SHOW_TIP = tr("Have the network of this row on screen, on every page.")
RESULT_HEADINGS = (tr("Can four bits be enough?"), (tr("measured"), tr("before, %")), tr("digits"))
BEFORE_TIP = tr(
    "Mean accuracy in percent on all of MNIST, 30 epochs, and the standard deviation of the starts."
)
UNKNOWN = tr("?")


def code_word(name: str, word: str, bit: str, value: str) -> str:
    return tr(
        "{name} has the code word {word}; bit {bit} is {value}.",
        name=name,
        word=word,
        bit=bit,
        value=value,
    )


def same_words(names: Sequence[str], word: str) -> str:
    return tr(
        "✗ {names} have the same code word {word}: nothing could tell them apart.",
        names=listed(names),
        word=word,
    )


def distance(least: int, pairs: Sequence[tuple[str, str]], more: int, every: bool) -> str:
    """The smallest distance of two code words, and which are as close as that; `more`: so many
    pairs beside those named, `every`: all there are."""
    harmless = (least - 1) // 2
    if harmless == 0:
        first = tr("Smallest distance {count}: one wrong bit can do harm.", count=least)
    else:
        first = tr_n(
            "Smallest distance {least}: one wrong bit does no harm.",
            "Smallest distance {least}: {count} wrong bits do no harm.",
            harmless,
            least=least,
        )
    named = [f"{one}–{other}" for one, other in pairs]
    if every:
        second = tr("Closest: all pairs.")
    elif more:
        second = tr("Closest: {pairs} and {count} more.", pairs=commas(named), count=more)
    else:
        second = tr("Closest: {pairs}.", pairs=listed(named))
    return sentences(first, second)


def hardest(bit: str, share: float) -> str:
    return tr("Hardest bit: {bit} ({share}).", bit=bit, share=percent(share))


def result(label: str, accuracy: float | None, seen: int, behind: bool) -> str:
    """A row of the experiments read out."""
    if accuracy is None:
        return tr("{label}: not run yet.", label=label)
    share = percent(accuracy)
    told = tr("{label}: {share} right after {count} digits.", label=label, share=share, count=seen)
    on = tr("That is fewer than others have seen; Space goes on.") if behind else ""
    return sentences(told, on)


def before_from(share: float) -> str:
    """The heading of bars that begin at a share."""
    return tr("measured before on all of MNIST, %; bars begin at {share}", share=percent(share, 0))


def give_or_take(mean: float, deviation: float) -> str:
    """A mean of several starts in percent, and what they differ by."""
    return tr("{mean} ± {points}", mean=number(100 * mean, 1), points=number(100 * deviation, 1))


def reached_before(label: str, mean: float) -> str:
    """A row of what was measured before."""
    return tr("{label}: {share} on all of MNIST.", label=label, share=percent(mean))


def seen(count: int) -> str:
    return tr("{count} k", count=number(count / 1000))


def own_code(title: str, name: str, bits: int, hidden: int, on_trunk: bool) -> str:
    """A code that was tried: the name of a preset, or how many bits it has."""
    code = name or tr("{title}: {bits} bits", title=title, bits=bits)
    if on_trunk:
        return tr("{code}, {hidden} neurons on a trunk", code=code, hidden=hidden)
    return tr("{code}, {hidden} neurons", code=code, hidden=hidden)


def the_code(code: str) -> str:
    return tr("The code {code}.", code=code)


def so_far(finding: str) -> str:
    return tr("So far: {finding}", finding=finding)


# ---- what an experiment found --------------------------------------------------------

NO_SOURCE = tr("The network that the hidden layer comes from is no longer open.")
ESTIMATED = tr("What this says about codes is worked out when learning pauses.")
RUN_GOAL = tr("Run ten outputs on the same digits to see how far this is from the goal.")


def goal(share: float) -> str:
    return tr("The goal for all codes: {share}.", share=percent(share))


def _points(difference: float) -> str:
    return number(100 * abs(difference), 1)


def _chance(p: float | None, significant: bool) -> str:
    """How likely so large a difference is by chance (McNemar's exact test)."""
    if p is None:
        return tr("p unknown")
    if p < 0.001:
        return tr("p < 0.001")
    told = number(p, 2 if p >= 0.095 else 3 if p >= 0.0095 else 4)
    return tr("p = {p}", p=told) if significant else tr("p = {p}, could be chance", p=told)


def to_goal(below: float, p: float | None, significant: bool) -> str:
    """How far a code is below ten outputs."""
    chance = _chance(p, significant)
    if below > 0:
        points = _points(below)
        return tr("{points} points below ten outputs ({chance}).", points=points, chance=chance)
    return tr("As good as ten outputs ({chance}).", chance=chance)


def to_natural(gain: float, gap: float, p: float | None, significant: bool) -> str:
    """How far a code is above natural binary, and how much of the gap to ten outputs is left."""
    said = {"points": _points(gain), "chance": _chance(p, significant)}
    if gain < 0 < gap:
        return tr(
            "{points} points worse than natural binary ({chance}): the gap to ten outputs stays.",
            **said,
        )
    if gain < 0:
        return tr(
            "{points} points worse than natural binary ({chance}): there is no gap to ten outputs "
            "to close.",
            **said,
        )
    if gap <= 0:
        return tr(
            "{points} points better than natural binary ({chance}): there is no gap to ten "
            "outputs to close.",
            **said,
        )
    if gain >= gap:
        return tr(
            "{points} points better than natural binary ({chance}): as good as ten outputs with "
            "30 neurons.",
            **said,
        )
    if gain == 0:
        return tr(
            "{points} points better than natural binary ({chance}): the gap to ten outputs stays.",
            **said,
        )
    return tr(
        "{points} points better than natural binary ({chance}): closes {share} of the gap to ten "
        "outputs.",
        share=percent(gain / gap, 0),
        **said,
    )


def apart(goal: bool, here: int, there: int, learning: bool) -> str:
    """Why a run cannot be compared yet with ten outputs, the goal, or with natural binary: one
    of both has seen more digits."""
    name = tr("ten outputs") if goal else tr("natural binary")
    said: dict[str, str | int] = {"name": name, "here": here, "there": there}
    if learning:
        return tr(
            "{here} digits here, {name} {there}; they are compared when both have as many.", **said
        )
    if here < there:
        return tr(
            "This run has seen only {here} digits, {name} {there}: train it to the end.", **said
        )
    if goal:
        return tr("Ten outputs have seen only {there} digits: train them to the end.", there=there)
    return tr("Natural binary has seen only {there} digits: train it to the end.", there=there)


def bits_on_trunk(own: float, there: float) -> str:
    return tr(
        "{own} from a hidden layer that gives {there} with its own outputs: good features of "
        "digits, but a bit must cut the digits in two arbitrary groups, and they were not made "
        "for that.",
        own=percent(own),
        there=percent(there),
    )


def outputs_on_trunk(own: float, there: float, best: float | None) -> str:
    """`best`: what ten outputs reach, where that is above what the bits do."""
    if best is None:
        return tr(
            "A hidden layer made for bits gives {there} with them, and {own} with ten outputs.",
            there=percent(there),
            own=percent(own),
        )
    return tr(
        "A hidden layer made for bits gives {there} with them, and {own} with ten outputs: "
        "{share} of the gap to ten outputs ({best}) is the read-out.",
        there=percent(there),
        own=percent(own),
        share=percent((own - there) / (best - there), 0),
        best=percent(best),
    )
