"""Who is meant inside one document."""

from __future__ import annotations

from frenemy.reading.chains import Chain, resolve
from frenemy.reading.mentions import PRONOUNS, Spot


def marked(text: str) -> tuple[str, list[Spot]]:
    """A text with `[kind:words]` marks, as the tag head would have found them."""
    plain, spots, rest = "", [], text
    while "[" in rest:
        before, rest = rest.split("[", 1)
        inside, rest = rest.split("]", 1)
        kind, words = inside.split(":", 1)
        plain += before
        form = "pronoun" if words.lower() in PRONOUNS else "description" if kind == "description" else "name"
        spots.append(Spot(start=len(plain), end=len(plain) + len(words), text=words, kind=kind, form=form, sure=1.0))
        plain += words
    return plain + rest, spots


def names(text: str, same: dict[tuple[int, int], float] | None = None) -> list[str | None]:
    """The name of the chain of each mention."""
    plain, spots = marked(text)
    chains: dict[int, Chain] = resolve(spots, plain, same or {})
    return [chains[i].name if i in chains else None for i in range(len(spots))]


def test_a_surname_joins_the_full_name() -> None:
    assert names("[person:Ana Ruiz] met [person:Tom Okafor]. [person:Ruiz] left.") == ["Ana Ruiz", "Tom Okafor", "Ana Ruiz"]


def test_a_surname_before_the_full_name_joins_too() -> None:
    assert names("[person:Ruiz] wins. [person:Ana Ruiz] took office.") == ["Ana Ruiz", "Ana Ruiz"]


def test_an_acronym_joins_its_organisation() -> None:
    assert names("[organisation:World Trade Organization] ruled. The [organisation:WTO] said") == ["World Trade Organization"] * 2


def test_a_former_name_is_the_same_actor() -> None:
    assert names("[company:X] (formerly [company:Twitter]) fell. [company:Twitter] rose.") == ["Twitter"] * 3


def test_an_adjective_is_its_country() -> None:
    assert names("[place:Iraqi] forces entered; [place:Iraq] cheered.") == ["Iraq", "Iraq"]


def test_a_pronoun_goes_to_the_nearest_that_fits() -> None:
    assert names("[company:Ferrum] hired [person:Ana Ruiz]. [:She] thanked [:it].", {(0, 3): 0.9}) == [
        "Ferrum",
        "Ana Ruiz",
        "Ana Ruiz",
        "Ferrum",
    ]


def test_the_network_overrules_nearness() -> None:
    assert names("[person:Ana Ruiz] sued [person:Eva Holm]. [:She] won.", {(0, 2): 0.8, (1, 2): 0.1})[2] == "Ana Ruiz"


def test_he_and_she_are_not_one() -> None:
    assert names("[person:Kim Lee] spoke. [:He] left. [:She] stayed.") == ["Kim Lee", "Kim Lee", None]


def test_a_description_goes_to_its_kind() -> None:
    assert names("[company:Ferrum] fired [person:Ana Ruiz]. [description:The company] gave no reason.")[2] == "Ferrum"


def test_two_people_of_one_surname_stay_apart() -> None:
    assert names("[person:Ana Ruiz] met [person:Eva Ruiz].") == ["Ana Ruiz", "Eva Ruiz"]


def test_a_description_of_nobody_named_is_an_actor_of_its_own() -> None:
    assert names("[person:Ana Ruiz] fled. [description:The authorities] searched; [description:police] waited.", {(0, 1): 0.1}) == [
        "Ana Ruiz",
        "The authorities",
        "police",
    ]


def test_a_bare_noun_is_nobody() -> None:
    assert names("[description:company] rules were kept by [description:a man].") == [None, None]


def test_what_the_network_denies_is_not_taken_for_lack_of_another() -> None:
    assert names("[government body:Senate] voted. [description:The government] fell.", {(0, 1): 0.05})[1] == "The government"


def test_a_city_is_its_government_where_it_acts() -> None:
    assert names("[place:Moscow] warned [place:Kyiv].") == ["Russia", "Ukraine"]
    assert names("A man was arrested in [place:Moscow].") == ["Moscow"]


def test_members_are_their_party() -> None:
    assert names("[group:Republicans] and [group:Democrats] sued.") == ["Republican Party", "Democratic Party"]
