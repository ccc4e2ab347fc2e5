"""What the lecture *Do votes and elimination help?* claims."""

import numpy as np

from nnviz.data.results import result
from nnviz.questions.comparison import sign_test
from nnviz.questions.votes import RULES
from nnviz.study.lines import FEW, NONE
from nnviz.verdicts.pairwise import coupled
from tests.lectures.claims import Claims, SceneClaims, count, percent, said, so
from tests.lectures.facts import (
    CLASSES,
    EIGHT,
    TESTED,
    answers,
    better_worse,
    ends,
    right,
    trained,
)
from tests.lectures.facts import said as asked
from tests.lectures.finds import (
    PAIRS,
    TEN,
    WALK,
    falls_at,
    ranked,
    rules_say,
    tied,
    votes_of,
    yeses,
)
from tests.lectures.measured import first, gains, line_of, reached, updates
from tests.lectures.votes_and_walks import (
    ALL,
    FIRST,
    HERO,
    HUNDREDTH,
    TENTH,
    TWO,
    ahead,
    ahead_of,
    at,
    beats,
    blog,
    by_rule,
    effect,
    falls,
    first_heads,
    gain,
    heads,
    heads_gain,
    interval,
    label,
    of_their_own,
    pairs_right,
    right_by,
    rule_against_adding,
    same_end,
    share,
    steps,
    ties,
    total,
    turned,
    turns,
    unchanged,
    without_three,
)

FOUR = (TEN, PAIRS, WALK, "plain-ensemble")
"""Set side by side at the end"""


CLAIMS: Claims = {
    "The promise": SceneClaims(
        "page=votes view=digit design=all-pairs image=497 step=0",
        (
            said(
                "For ten digits there are {} pairs, and {} sets of two or more",
                lambda: [
                    trained(PAIRS).network.networks,
                    count(2**CLASSES - CLASSES - 1),
                ],
            ),
        ),
    ),
    "What is this?": SceneClaims(
        "page=mistakes view=guess design=ten-outputs image=150",
        (
            said(
                "The label says 7. The ordinary network says 8, with {} %.",
                lambda: [share(TEN, HERO, 8)],
            ),
            so("The label says 7", lambda: label(HERO) == 7),
            so("The ordinary network says 8", lambda: int(answers(TEN)[HERO]) == 8),
            so(
                "Pairs that count or add say 8 as well; pairs in a knockout",
                lambda: [by_rule(HERO)[rule] for rule in ("votes", "summed", "duels")] == [8, 8, 7],
            ),
            so("the heads of the elimination, say 7", lambda: int(answers(WALK)[HERO]) == 7),
            so("Of ten specialists nobody says yes", lambda: int(yeses()[HERO]) == 0),
            said("out of {}", lambda: [count(TESTED)]),
            so(
                "On most digits all schemes agree",
                lambda: (
                    2
                    * sum(
                        len({int(answers(each)[image]) for each in EIGHT}) == 1
                        for image in range(TESTED)
                    )
                    > TESTED
                ),
            ),
        ),
    ),
    "Forty-five small networks": SceneClaims(
        "page=votes view=digit design=all-pairs image=497",
        (
            said("How many of the {} have never", lambda: [trained(PAIRS).network.networks]),
            said("{} {}", lambda: [without_three(), trained(PAIRS).network.networks]),
            so("Thirty-six of 45", lambda: without_three() == 36),
            said("Thirty-six of {} have", lambda: [trained(PAIRS).network.networks]),
            so("on this 3", lambda: label(497) == 3),
            said(
                "it beats all nine, and collects {} of 9",
                lambda: [total(497, 3)] if votes_of(497)[3] == 9 else [],
            ),
            said(
                "0 wins with {} to {}",
                lambda: [percent(beats(497, 0, 4), 0), percent(beats(497, 4, 0), 0)],
            ),
            said(
                "So {} opinions are not {} informed", lambda: [trained(PAIRS).network.networks] * 2
            ),
            said(
                "it is right in {} % on average, and in {} % where it is worst, for 2 and 3",
                lambda: [percent(pairs_right().mean()), percent(pairs_right().min())],
            ),
            so("for 2 and 3", lambda: of_their_own(2, 3) == pairs_right().min()),
        ),
    ),
    "Count or add?": SceneClaims(
        "page=votes view=digit design=all-pairs image=477 reading=votes",
        (
            so(
                "The 1 wins all nine duels. The 8 wins eight of them",
                lambda: votes_of(477)[[1, 8]].tolist() == [9, 8],
            ),
            so(
                "It is an 8. Adding is right, counting is wrong",
                lambda: (label(477), by_rule(477)["summed"], by_rule(477)["votes"]) == (8, 8, 1),
            ),
            said("Adding percentages: {} against {}", lambda: [total(477, 1), total(477, 8)]),
            said(
                "went {} to {} for the 1",
                lambda: [percent(beats(477, 1, 8), 0), percent(beats(477, 8, 1), 0)],
            ),
        ),
    ),
    "And the other way round": SceneClaims(
        "page=votes view=digit design=all-pairs image=911 reading=summed",
        (
            so("The 5 wins all nine duels", lambda: votes_of(911)[[5, 3]].tolist() == [9, 8]),
            so(
                "It is a 5. Now counting is right, adding is wrong",
                lambda: (label(911), by_rule(911)["summed"], by_rule(911)["votes"]) == (5, 3, 5),
            ),
            said("sums {} against {}", lambda: [total(911, 5), total(911, 3)]),
            said("went {} to {}", lambda: [percent(beats(911, 5, 3)), percent(beats(911, 3, 5))]),
            said(
                "where adding is right: {} and {}",
                lambda: [each for each in (17, 299) if right_by(each) == ["summed"]],
            ),
            said(
                "where counting is right: {}",
                lambda: [each for each in (76,) if right_by(each) == ["votes"]],
            ),
        ),
    ),
    "A tie of three": SceneClaims(
        "page=votes view=digit design=all-pairs image=937 reading=votes",
        (
            so(
                "0, 5 and 8 have eight votes each",
                lambda: (
                    np.flatnonzero(votes_of(937) == 8).tolist() == [0, 5, 8]
                    and int(tied()[937]) == 3
                ),
            ),
            so(
                "The larger sum says 8. It was a 5.",
                lambda: (by_rule(937)["votes"], label(937)) == (8, 5),
            ),
            so(
                "5 beats 8, 8 beats 0, and 0 beats 5",
                lambda: min(beats(937, 5, 8), beats(937, 8, 0), beats(937, 0, 5)) > 0.5,
            ),
            said(
                "{} for the 8, {} for the 5, {} for the 0",
                lambda: [total(937, each) for each in (8, 5, 0)],
            ),
            said(
                "for {} of these {} digits, for {} of all {}",
                lambda: [(tied() > 1).sum(), count(TESTED), ties(), count(ALL)],
            ),
        ),
    ),
    "Four rules, three answers": SceneClaims(
        "page=votes view=digit design=all-pairs image=55",
        (
            said("The same {} answers", lambda: [trained(PAIRS).network.networks]),
            so("three", lambda: len(set(by_rule(55).values())) == 3),
            so(
                "Adding 8, counting 8, coupling 9, duels 7. It is a 5.",
                lambda: (list(by_rule(55).values()), label(55)) == ([8, 8, 9, 7], 5),
            ),
            so("The ordinary network says 8 here, too", lambda: int(answers(TEN)[55]) == 8),
            so(
                "fit all pairs best",
                lambda: int(coupled(asked(PAIRS).pairs[55:56])[0].argmax()) == 9,
            ),
            said(
                "the four rules agree on {} of these {} digits",
                lambda: [(rules_say() == rules_say()[:, :1]).all(axis=1).sum(), count(TESTED)],
            ),
        ),
    ),
    "Does any of it help?": SceneClaims(
        "page=votes view=rules design=all-pairs",
        (
            said(
                "On {} digits pairs {} %, one network {} %, but one as large {} %",
                lambda: [
                    count(ALL),
                    *(percent(right(each).mean()) for each in (PAIRS, TEN, "wide")),
                ],
            ),
            so(
                "Rules: no difference",
                lambda: min(sign_test(*rule_against_adding(each)) for each in RULES[1:]) > 0.05,
            ),
            so("neither: it is the size", lambda: right("wide").mean() > right(PAIRS).mean()),
            said(
                "Counting against adding on {} digits: {} won, {} lost",
                lambda: [count(ALL), *rule_against_adding("votes")],
            ),
            said(
                "Coupling against adding: {} won, {} lost",
                lambda: rule_against_adding("coupling"),
            ),
            said("Duels: {} won, {} lost", lambda: rule_against_adding("duels")),
            said(
                "The {} networks have {} weights and biases, the one network {}. Against one "
                "network of {} neurons, which has {}, the pairs win {} digits and lose {}",
                lambda: [
                    trained(PAIRS).network.networks,
                    *(count(trained(each).network.parameters) for each in (PAIRS, TEN)),
                    trained("wide").network.hidden,
                    count(trained("wide").network.parameters),
                    *better_worse(right(PAIRS), right("wide")),
                ],
            ),
        ),
    ),
    "The knockout": SceneClaims(
        "page=elimination view=walk design=elimination image=497",
        (
            so("The 8 goes last", lambda: steps(497)[-1].leaving == (8,)),
            so("this 3", lambda: label(497) == int(answers(WALK)[497]) == 3),
            said(
                "nine of {} small heads: {} of {} outputs",
                lambda: [
                    count(2**CLASSES - CLASSES - 1),
                    int(result("walk").figures["outputs_used"]),
                    count(len(trained(WALK).network.output_biases)),
                ],
            ),
            so("nine of", lambda: len(steps(497)) == 9),
        ),
    ),
    "Why it might do nothing": SceneClaims(
        "page=elimination view=walk design=ten-outputs image=150",
        (
            said(
                "change {} of {} answers",
                lambda: [unchanged(), count(ALL)],
            ),
        ),
    ),
    "A rescue": SceneClaims(
        "page=elimination view=walk design=elimination image=160",
        (
            so(
                "A 2. The first head says 6",
                lambda: (label(160), int(first_heads()[160])) == (2, 6),
            ),
            said("The first head says 6, with {} %", lambda: [at(steps(160)[0], 6)]),
            said(
                "wins by {} to {}",
                lambda: [at(steps(160)[-1], 2), at(steps(160)[-1], 6)],
            ),
            so(
                "with three left the 2 overtakes the 6",
                lambda: (
                    [ahead_of(160, step, 2, 6) for step in range(9)] == [False] * 7 + [True] * 2
                ),
            ),
            said(
                "First head: 6 with {} %, 2 with {} %",
                lambda: [at(steps(160)[0], 6), at(steps(160)[0], 2)],
            ),
            so("only 1, 2 and 6 are left", lambda: steps(160)[7].in_play == (1, 2, 6)),
            said(
                "{} (a 1 with a speck), {} (an 8), {} (a 4)",
                lambda: [
                    image
                    for image, own in ((374, 1), (111, 8), (213, 4))
                    if turns("rescue", image) and label(image) == own
                ],
            ),
        ),
    ),
    "A loss": SceneClaims(
        "page=elimination view=walk design=elimination image=553",
        (
            said("The first head is right, with {} %", lambda: [at(steps(553)[0], 8)]),
            so("A clean 8", lambda: label(553) == int(first_heads()[553]) == 8),
            so("The 6. In the very last duel", lambda: steps(553)[-1].leaving == (8,)),
            said(
                "First head: 8 with {} %, 6 with {} %",
                lambda: [at(steps(553)[0], 8), at(steps(553)[0], 6)],
            ),
            so(
                "For seven steps nothing happens",
                lambda: [ahead_of(553, step, 8, 6) for step in range(9)] == [True] * 8 + [False],
            ),
            said(
                "8 is ahead by {} to {}; without the 5 it is {} to {} for the 6",
                lambda: [
                    at(steps(553)[7], 8),
                    at(steps(553)[7], 6),
                    at(steps(553)[8], 6),
                    at(steps(553)[8], 8),
                ],
            ),
            so("Then the 5 is still there", lambda: steps(553)[7].in_play == (5, 6, 8)),
            said(
                "Other losses: {} (an 8), {} (a 2)",
                lambda: [
                    image
                    for image, own in ((35, 8), (351, 2))
                    if turns("loss", image) and label(image) == own
                ],
            ),
            said(
                "wrong after: {}, from 5 to 0",
                lambda: [each.image for each in ranked("wrong to wrong")],
            ),
            so(
                "from 5 to 0",
                lambda: (int(first_heads()[782]), int(answers(WALK)[782])) == (5, 0),
            ),
        ),
    ),
    "Thrown out early": SceneClaims(
        "page=elimination view=walk design=elimination image=139",
        (
            so("In step 6", lambda: (label(139), falls_at(139)) == (2, 6)),
            said(
                "{} of {} digits end wrong. In {} of them the truth falls in the very last duel, "
                "in {} in the step before; only {} fall earlier, {} and {}, both in step 6",
                lambda: [
                    TESTED - falls()[0],
                    count(TESTED),
                    falls()[9],
                    falls()[8],
                    falls()[1:8].sum(),
                    *(each.image for each in ranked("falls early") if falls_at(each.image) == 6),
                ],
            ),
        ),
    ),
    "Had another one left": SceneClaims(
        "page=elimination view=tree design=elimination image=150",
        (
            so("The 7 wins", lambda: int(answers(WALK)[HERO]) == 7),
            so("The 3. The 7 would be thrown out", lambda: ends(HERO)[1, 8] == 3),
            so(
                "in every step from the first to the eighth",
                lambda: [ends(HERO)[step, 8] for step in range(1, 9)] == [3] * 8,
            ),
            said(
                "Among all {} digits there are {} in which the end changes although the winner "
                "stays in: this one and {}",
                lambda: [
                    count(TESTED),
                    len(ranked("another end")),
                    *(each.image for each in ranked("another end") if each.image != HERO),
                ],
            ),
        ),
    ),
    "Rescued against lost": SceneClaims(
        "page=elimination view=heaps design=elimination",
        (
            said(
                "About as many: {} rescued and {} lost among these {}.",
                lambda: [*turned(TESTED)[1:3], count(TESTED)],
            ),
            said(
                "On all {} bundled digits: {} answers change, {} are rescued, {} are lost, {} are "
                "wrong before and after",
                lambda: [count(ALL), *turned(ALL)],
            ),
            said("(p = {})", lambda: [f"{sign_test(*turned(ALL)[1:3]):.2f}"]),
            said("{} points (study", lambda: [f"{heads_gain():.2f}"]),
            so(
                "no difference was found between elimination and the first head alone",
                lambda: line_of("heads", "Drop 1", FIRST).verdict == NONE,
            ),
            so("Ten starts", lambda: len(gains("heads", "Drop 1", FIRST)) == 10),
        ),
    ),
    "How many heads can be skipped?": SceneClaims(
        "page=elimination view=savings design=elimination",
        (
            said("Throw out everybody below {} %", lambda: [10]),
            said(
                "{} heads on average, and all {} answers",
                lambda: [
                    f"{result('walk/below-0.1').figures['heads_used']:.1f}",
                    count(same_end(TENTH, TESTED)),
                ],
            ),
            so("1.1 heads", lambda: round(heads(TENTH, TESTED), 3) == 1.104),
            said(
                "On all {} digits it is {} heads, and {} of {} answers are the same",
                lambda: [count(ALL), f"{heads(TENTH):.2f}", count(same_end(TENTH)), count(ALL)],
            ),
            said("Below 1 %: {} heads, and the same answers", lambda: [f"{heads(HUNDREDTH):.2f}"]),
            said("Below {} %", lambda: [1] if same_end(HUNDREDTH) == ALL else []),
            said(
                "Two at a time: {} heads, and {} the same",
                lambda: [f"{heads(TWO):g}", count(same_end(TWO))],
            ),
            said(
                "the heads are {} of {} multiplications",
                lambda: [
                    count(result("walk").figures["outputs_used"] * trained(WALK).network.hidden),
                    count(result("walk").figures["multiply_adds"]),
                ],
            ),
        ),
    ),
    "Few examples": SceneClaims(
        "page=study view=results study=imbalance condition=n20 figure=differences schemes=1,5",
        (
            said("only {} training digits of each kind, {} in all", lambda: [20, 20 * CLASSES]),
            said(
                "{} points more than one network, ahead in {} of {} trials",
                lambda: [gain("n20"), *ahead("n20")],
            ),
            said("With 5 of each: {} points", lambda: [gain("n5")]),
            said(
                "with {} of each: {} points, {} against {} %",
                lambda: [
                    100,
                    gain("n100"),
                    *(
                        percent(reached("imbalance", each, "n100").mean())
                        for each in ("All pairs", "One network")
                    ),
                ],
            ),
            said(
                "The {} networks have {} times the weights",
                lambda: [
                    first("imbalance", "All pairs", "n20").models,
                    first("imbalance", "All pairs", "n20").parameters
                    // first("imbalance", "One network", "n20").parameters,
                ],
            ),
            so(
                "With 2 of each there are too few trials to tell",
                # their share of trials ahead is that of a coin, about
                lambda: ahead("n2")[0] < 15,
            ),
        ),
    ),
    "The blog repeated": SceneClaims(
        "page=study view=results study=the-blog condition=0.01 figure=differences",
        (
            said("effect size was {}", lambda: ["29.9"]),
            said("about {}", lambda: [30]),
            said("About {}, and too few trials to tell", lambda: [f"{effect(pooled=True):.1f}"]),
            said(
                "d is {} in pairs, {} without",
                lambda: [f"{effect():.2f}", f"{effect(pooled=True):.2f}"],
            ),
            so(
                "too few trials to tell it from nothing",
                lambda: line_of("the-blog", "All pairs", "One-vs-all", "0.01").verdict == FEW,
            ),
            so(
                "ten times",
                lambda: len(reached("the-blog", "All pairs", "0.01")) == 10,
            ),
            said(
                "One network {} %, pairs {} %, elimination {} % of {} pictures",
                lambda: [
                    *(
                        percent(reached("the-blog", each, "0.01").mean())
                        for each in ("One-vs-all", "All pairs", "Elimination")
                    ),
                    count(sum(first("the-blog", "All pairs", "0.01").tested)),
                ],
            ),
            said(
                "is {} points, and may be anything from {} to {}",
                lambda: [blog("the-blog", "All pairs"), *interval()],
            ),
            said(
                "takes {} steps of learning, and every other takes {}",
                lambda: [
                    int(updates("the-blog", "One-vs-all", "0.01")[0]),
                    int(updates("the-blog", "All pairs", "0.01")[1]),
                ],
            ),
            so(
                "every other",
                lambda: (
                    updates("the-blog", "All pairs", "0.01")[1]
                    == updates("the-blog", "Elimination", "0.01")[1]
                ),
            ),
            said(
                "{} points for the pairs, {} for elimination",
                lambda: [blog("the-blog-matched", each) for each in ("All pairs", "Elimination")],
            ),
        ),
    ),
    "So, do they help?": SceneClaims(
        "page=designs view=compare design=elimination baseline=ten-outputs image=150 "
        "rows=ten-outputs,all-pairs,elimination,plain-ensemble",
        (
            said(
                "One {} %, pairs {} %, knockout {} %; five plain copies {} % of these {} digits.",
                lambda: [
                    *(percent(right(each)[:1_000].mean()) for each in FOUR),
                    count(1_000),
                ],
            ),
            said(
                "On {} digits: {}, {}, {} and {} %",
                lambda: [count(ALL), *(percent(right(each).mean()) for each in FOUR)],
            ),
        ),
    ),
}
