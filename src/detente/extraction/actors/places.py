"""The place reading of a noun phrase: "in Aleppo", "over Turkish airspace", "the city of Jos".

Only the phrase itself says where it is: its names, what is set beside them ("Jos, Nigeria") and the
prepositions that hang on it ("a hotel in Kabul"). Which of several towns a bare name means is
decided by the countries that its sentence or else its document names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.extraction.actors.naming import Named
from detente.extraction.actors.phrases import Phrases
from detente.lexicon.gazetteer import City
from detente.lexicon.names import NameKind

__all__ = ["FoundPlace", "PlaceFinder", "countries_in"]

_PLACES = frozenset({NameKind.COUNTRY, NameKind.CAPITAL, NameKind.CITY, NameKind.REGION})
_TOWNS = frozenset({NameKind.CAPITAL, NameKind.CITY})
_OF_COUNTRIES = frozenset(
    {NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL, NameKind.REGION}
)
_LABELS = frozenset({"GPE", "LOC", "FAC"})
# A name under one of these labels is no place, whatever town bears it.
_NO_PLACE = frozenset({"DATE", "TIME", "EVENT", "WORK_OF_ART", "LAW", "MONEY", "LANGUAGE"})
_TOWN_NOUNS = frozenset(
    "city town village capital port suburb resort stronghold hometown settlement".split()
)
# "the province of Aceh" is Aceh, but "the coast of Somalia" only lies there.
_DIVISIONS = frozenset(
    """province state region district governorate county department prefecture oblast territory
    division island emirate""".split()
)
# Both sides of these are somebody's: on which one it was is not said.
_BORDERS = frozenset({"border", "frontier", "boundary"})
# "an American base": whose it is, not where.
_OWNED = frozenset({"camp", "base", "compound", "building", "facility"})
# Of these a town before them says where: "Kabul University".
_HOUSES = frozenset(
    """university college school hospital mosque church cathedral temple synagogue station square
    airport stadium market bazaar hotel restaurant cafe prison jail museum theatre theater mall
    parliament courthouse""".split()
)
_DIRECTIONS = frozenset(
    f"{way}{rest}"
    for way in "north south east west northeast northwest southeast southwest".split()
    for rest in ("", "ern")
) | {"central", "north-eastern", "north-western", "south-eastern", "south-western", "upper"}
_INSIDE = frozenset({"in", "at", "near", "outside"})
# Words inside names: "Agusan del Sur", "Rio de Janeiro".
_JOINTS = frozenset({"del", "de", "do", "da", "di", "al", "el"})
_BESIDE = frozenset({"appos", "conj", "npadvmod", "nmod", "dep", "pobj", "advmod"})
# "a hotel in a suburb of a town in ...": no deeper.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that a noun phrase names: the tokens ``start <= i < end``.

    Attributes:
        start: first token.
        end: one past the last.
        country: ISO 3166 alpha-3 code, or None.
        name: its name in the lexicon, or its words.
        town: the name of the town, where it is or lies in one; else None.
        city: that town in the gazetteer, or None.
    """

    start: int
    end: int
    country: str | None
    name: str
    town: str | None = None
    city: City | None = None


def countries_in(phrases: Phrases, start: int = 0, end: int | None = None) -> frozenset[str]:
    """Return the countries that some tokens of a passage name, as such or by a town or a people.

    Args:
        phrases: the passage's noun phrases.
        start: first token.
        end: one past the last; None for all.
    """
    last = len(phrases.doc) if end is None else end
    return frozenset(
        named.country
        for at, named in phrases.named.items()
        if named.country and named.kind in _OF_COUNTRIES and start <= at < last
    )


class PlaceFinder:
    """Finds the places that the noun phrases of one passage name.

    Args:
        phrases: the passage's noun phrases.
        countries: gives the countries that the whole document names.
    """

    def __init__(self, phrases: Phrases, countries: Callable[[], frozenset[str]]) -> None:
        self._phrases = phrases
        self._countries = countries
        self._gazetteer = phrases.actors.gazetteer

    def find(self, head: Token, told: str | None = None, depth: int = 0) -> FoundPlace | None:
        """Return the place that the noun phrase headed by a token names.

        Args:
            head: head of the noun phrase.
            told: the country that the words around the phrase give it, or None.
            depth: how many phrases around it have been opened.

        Returns:
            None where the phrase names no place.
        """
        named = self._phrases.named.get(head.i)
        if named is not None and not self._goes_back(named.start):
            return self._of_name(head, named, told) if named.kind in _PLACES else None
        noun, places = head.lemma_.lower(), self._phrases.place_nouns
        if noun in places or head.lower_ in places or noun in _TOWN_NOUNS:
            return self._described(head, told, depth)
        if noun in _HOUSES and self._town_before(head) is not None:
            return self._described(head, told, depth)
        if head.pos_ == "PROPN" and head.ent_type_ not in _NO_PLACE:
            return self._unknown(head, told)
        return None

    def _goes_back(self, start: int) -> bool:
        """Whether a name is the end of a longer one: "Sur" in "Agusan del Sur"."""
        return start > 1 and self._phrases.doc[start - 1].lower_ in _JOINTS

    def is_town(self, token: Token) -> bool:
        """Whether a single word is the name of a town: "the Kabul attack"."""
        named = self._phrases.named.get(token.i)
        if named is not None:
            return named.kind in _TOWNS
        known = token.pos_ == "PROPN" and token.ent_type_ == "GPE"
        return known and bool(self._gazetteer.cities(token.text))

    # -- names ----------------------------------------------------------------------------------

    def _of_name(self, head: Token, named: Named, told: str | None) -> FoundPlace:
        """Return the place that a name of the actor lexicon names."""
        words = self._phrases.doc[named.start : named.end]
        if named.kind not in _TOWNS:
            # "Dubai" is a name of its country, but a town, too; so are many a province's names
            whole = named.kind is NameKind.COUNTRY and named.actor == words.text
            city = None if whole else self._in(named.country, words.text)
            return self._at(named.start, named.end, named.country, named.actor, city)
        fixed = " ".join(words.text.lower().split()) in self._phrases.actors.ambiguous
        owner, end = self._owner(head, named.start, named.end)
        country = owner or told or (named.country if fixed else None)
        return self._town(named.start, named.end, words.text, country, named.country, end)

    def _town(
        self,
        start: int,
        stop: int,
        name: str,
        told: str | None,
        known: str | None = None,
        end: int | None = None,
    ) -> FoundPlace:
        """Return the place of a town's name.

        Args:
            start: first token.
            stop: one past the last token of the name.
            name: the name.
            told: the country that the phrase gives it.
            known: its country where the gazetteer does not have it.
            end: one past the last token of the place; None for that of the name.
        """
        city = self._in(told, name) if told else self._meant(name, start)
        country = told or (city.country if city else None)
        if country is None and not self._gazetteer.cities(name):
            country = known
        place = self._at(start, end or stop, country, name, city)
        return replace(place, town=name if city is None else city.name)

    def _in(self, country: str | None, name: str) -> City | None:
        """Return the town of that name in a country."""
        found = (city for city in self._gazetteer.cities(name) if city.country == country)
        return next(found, None)

    def _meant(self, name: str, at: int) -> City | None:
        """Return the town that a name alone means, by the countries named around it."""
        if len(self._gazetteer.cities(name)) < 2:
            return self._gazetteer.city(name)
        sent = self._phrases.doc[at].sent
        near = countries_in(self._phrases, sent.start, sent.end) - self._own(at)
        for among in (near, self._countries()):
            if any(city.country in among for city in self._gazetteer.cities(name)):
                return self._gazetteer.city(name, among)
        return self._gazetteer.city(name)

    def _own(self, at: int) -> frozenset[str]:
        """Return the country that the actor lexicon gives the name at a token."""
        named = self._phrases.named.get(at)
        return frozenset({named.country} if named and named.country else ())

    def _unknown(self, head: Token, told: str | None) -> FoundPlace | None:
        """Return the place of a name that the actor lexicon does not have."""
        start = self._name_start(head)
        label = head.ent_type_
        end = head.i + 1
        if label in _LABELS:
            while end < len(self._phrases.doc) and self._continues(end):
                end += 1  # "the Line of Control"
        name = self._phrases.doc[start:end].text
        owner, last = self._owner(head, start, end)
        country = owner or told
        if label in ("FAC", "LOC") and (town := self._town_beside(head, end)) is not None:
            return replace(town, start=start, name=name)
        if self._gazetteer.cities(name):
            if label == "PERSON" and country is None:
                return None
            return self._town(start, end, name, country, end=last)
        if label not in _LABELS:
            return None
        country = country or self._division(name, start)
        return self._at(start, last, country, name)

    def _continues(self, at: int) -> bool:
        token = self._phrases.doc[at]
        return token.ent_iob_ == "I" and token.i not in self._phrases.named

    def _name_start(self, head: Token) -> int:
        """Return where the run of name words that ends at a token begins."""
        doc, start = self._phrases.doc, head.i
        for at in range(head.i - 1, head.left_edge.i - 1, -1):
            token = doc[at]
            joint = token.text in ("-", "'", "’") and not doc[at].whitespace_
            joint = joint or token.lower_ in _JOINTS
            if at in self._phrases.named or not (joint or token.pos_ == "PROPN"):
                break
            start = at
        return start

    def _division(self, name: str, at: int) -> str | None:
        """Return the country of a first-order division, by the countries named around it."""
        codes = self._gazetteer.regions(name)
        if len(codes) < 2:
            return next(iter(codes), None)
        sent = self._phrases.doc[at].sent
        for among in (countries_in(self._phrases, sent.start, sent.end), self._countries()):
            if len(codes & among) == 1:
                return next(iter(codes & among))
        return None

    # -- what is said of a name -----------------------------------------------------------------

    def _owner(self, head: Token, start: int, end: int) -> tuple[str | None, int]:
        """Return the country that a phrase gives the name at its head, and the phrase's end.

        "Syria's Idlib", "the Nigerian town Jos", "Jos, Nigeria", "Jos in northern Nigeria".
        """
        named = self._phrases.named
        for child in head.lefts:
            name = named.get(child.i)
            if name is None or name.end > start or name.kind not in _OF_COUNTRIES:
                continue
            # "Iranian opposition Camp Ashraf" is not in Iran
            if name.country and (name.kind is not NameKind.ADJECTIVE or head.ent_type_ == "GPE"):
                return name.country, end
        for country, last in self._beside(head, end):
            return country, last
        return self._behind(head, end)

    def _behind(self, head: Token, end: int) -> tuple[str | None, int]:
        """Return the country in a prepositional phrase behind a name: "Jos in Nigeria"."""
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ in ("in", "of") and prep.i >= end:
                for inner in prep.children:
                    name = self._phrases.named.get(inner.i)
                    if inner.dep_ == "pobj" and name and name.kind is NameKind.COUNTRY:
                        return name.country, end
        return None, end

    def _beside(self, head: Token, end: int) -> Iterator[tuple[str, int]]:
        """Yield the country set off by a comma: "Jos, Nigeria", "Goma, eastern Congo"."""
        doc = self._phrases.doc
        for _ in range(2):  # "Maiduguri, Borno State, Nigeria"
            at = end + 1
            while end < len(doc) and doc[end].text == "," and at < len(doc):
                if doc[at].lower_ not in _DIRECTIONS:
                    break
                at += 1
            else:
                return
            name = self._phrases.named.get(at)
            last = doc[name.end - 1] if name else doc[at]
            while name is None and last.i + 1 < len(doc) and last.dep_ == "compound":
                last = doc[last.i + 1]  # "Borno State"
            if not self._is_beside(last, head):
                return
            if name is not None and name.kind in _PLACES:
                if name.country:
                    yield name.country, name.end
                return
            owner = self._apposed(last, at)
            if owner is not None:
                yield owner, last.i + 1
                return
            end = last.i + 1

    def _town_beside(self, head: Token, end: int) -> FoundPlace | None:
        """Return the town set off by a comma from what lies in it: "Tahrir Square, Cairo"."""
        doc = self._phrases.doc
        name = self._phrases.named.get(end + 1) if end < len(doc) and doc[end].text == "," else None
        if name is None or name.kind not in _TOWNS or not self._is_beside(doc[name.end - 1], head):
            return None
        return self._of_name(doc[name.end - 1], name, None)

    def _apposed(self, head: Token, start: int) -> str | None:
        """Return the country that a division or a description set beside a name gives."""
        if head.pos_ == "PROPN" or head.lemma_.lower() in _DIVISIONS:
            text = self._phrases.doc[start : head.i + 1].text
            bare = self._phrases.doc[start : head.i].text
            codes = self._gazetteer.regions(text) or self._gazetteer.regions(bare)
            return next(iter(codes)) if len(codes) == 1 else None
        return None

    def _is_beside(self, token: Token, head: Token) -> bool:
        """Whether a name behind a comma belongs to the name before it, not to what follows."""
        if token.dep_ in _BESIDE:
            return token.head.i <= token.i
        # "in Milan, Italy killing two": the participle is no verb of the name
        verb = token.head
        loose = verb.tag_ == "VBG" and not any(child.dep_ == "aux" for child in verb.children)
        return token.dep_ == "nsubj" and loose

    # -- descriptions ---------------------------------------------------------------------------

    def _described(self, head: Token, told: str | None, depth: int) -> FoundPlace | None:
        """Return a place noun with what names it: "Syrian airspace", "the city of Aleppo"."""
        start, end = head.i, head.i + 1
        noun = head.lemma_.lower()
        owner, proper = self._owner_of(head), self._proper_before(head)
        start = min([start, *(o.start for o in (owner,) if o), *(t.left_edge.i for t in proper)])
        if noun in _BORDERS:
            return self._at(start, end, None, self._text(start, end)) if owner else None
        before = self._town_before(head)
        if before is not None and head.lower_ in ("city", "town") and before.end == head.i:
            return self._of_name(head, before, told)  # "Zamboanga City"
        if (beside := self._town_beside(head, end)) is not None:
            return replace(beside, start=start, name=self._text(start, end))
        apposed, last = next(self._beside(head, end), (None, end))
        owned = owner is None or (noun in _OWNED and owner.kind not in _PLACES)
        country = None if owned or owner is None else owner.country
        told = country or apposed or self._behind(head, end)[0] or told
        inner = self._named_by(head, told, depth)
        if inner is not None:
            return self._joined(head, noun, (start, last if apposed else end), inner, told)
        if before is not None and noun not in _DIVISIONS:
            town = self._of_name(self._phrases.doc[before.end - 1], before, told)
            return replace(town, start=min(start, town.start), end=end)
        return self._called(head, noun, (start, last if apposed else end), told)

    def _proper_before(self, head: Token) -> list[Token]:
        """Return the name words before a place noun that no lexicon of actors has."""
        named = self._phrases.named
        before = (child for child in head.lefts if child.dep_ == "compound")
        return [child for child in before if child.pos_ == "PROPN" and child.i not in named]

    def _called(
        self, head: Token, noun: str, edges: tuple[int, int], told: str | None
    ) -> FoundPlace | None:
        """Return the place of a noun that nothing behind it names: "Shabwa province, Yemen"."""
        start, end = edges
        if proper := self._proper_before(head):
            text = self._text(proper[0].left_edge.i, head.i)
            if noun in _TOWN_NOUNS:
                return self._town(start, head.i + 1, text, told, end=end)
            told = told or self._division_or_town(text, head.i)
        if told is None:
            return None
        capital = self._gazetteer.capital(told) if noun == "capital" else None
        return self._at(start, end, told, self._text(start, end), capital)

    def _owner_of(self, head: Token) -> Named | None:
        """Return the name before a place noun that gives its country: "Syrian airspace"."""
        found = None
        for child in (*head.lefts, *(c for left in head.lefts for c in left.lefts)):
            name = self._phrases.named.get(child.i)
            if name and name.country and name.kind is not NameKind.BLOCKED and name.end <= head.i:
                found = name if found is None or name.start < found.start else found
        return found

    def _town_before(self, head: Token) -> Named | None:
        """Return the town before a noun: "Cairo's Tahrir Square", "Kabul University"."""
        for child in head.lefts:
            name = self._phrases.named.get(child.i)
            if name and name.kind in _TOWNS and child.dep_ in ("compound", "poss", "nmod"):
                return name
        return None

    def _division_or_town(self, name: str, at: int) -> str | None:
        """Return the country of a division, or of the town that it is called after."""
        city = self._meant(name, at)
        return self._division(name, at) or (city.country if city else None)

    def _named_by(self, head: Token, told: str | None, depth: int) -> FoundPlace | None:
        """Return the place that names a place noun, or in which it lies."""
        if depth >= _DEEPEST:
            return None
        noun = head.lemma_.lower()
        same = noun in _TOWN_NOUNS or noun in _DIVISIONS
        for child in head.rights:
            if child.dep_ == "appos" and child.pos_ == "PROPN" and same:
                return self._named_place(child, noun, told, depth)
            if child.dep_ == "prep" and child.lower_ in ("of", *_INSIDE):
                for inner in child.children:
                    if inner.dep_ != "pobj":
                        continue
                    if child.lower_ == "of" and same and inner.pos_ == "PROPN":
                        found = self._named_place(inner, noun, told, depth)
                    else:
                        found = self.find(inner, told, depth + 1)
                    if found is not None:
                        return found
        after = head.i + 1
        if same and after < len(self._phrases.doc):
            # "the capital Sana'a": unusual names hang anywhere
            token = self._phrases.doc[after]
            named = self._phrases.named.get(after)
            if named is not None and named.kind in _TOWNS:
                text = self._text(named.start, named.end)
                return self._town(named.start, named.end, text, told, named.country)
            if token.text[0].isupper() and token.head in (head, head.head, head.head.head):
                name = self._phrases.doc[after : after + 1].text
                if self._gazetteer.cities(name):
                    return self._town(after, after + 1, name, told)
        return None

    def _named_place(
        self, token: Token, noun: str, told: str | None, depth: int
    ) -> FoundPlace | None:
        """Return the place whose name stands with its noun: "the town of Damboa"."""
        named = self._phrases.named.get(token.i)
        if noun in _TOWN_NOUNS and (named is None or named.kind in _TOWNS):
            start = named.start if named else self._name_start(token)
            end = named.end if named else token.i + 1
            owner, last = self._owner(token, start, end)
            text = self._text(start, end)
            known = named.country if named else None
            return self._town(start, end, text, told or owner, known, last)
        if named is None:
            start = self._name_start(token)
            owner, last = self._owner(token, start, token.i + 1)
            text = self._text(start, token.i + 1)
            country = told or owner or self._division_or_town(text, token.i)
            return self._at(start, last, country, text)
        return self.find(token, told, depth + 1)

    def _joined(
        self, head: Token, noun: str, edges: tuple[int, int], inner: FoundPlace, told: str | None
    ) -> FoundPlace:
        """Return the place of a noun with the place that names it or holds it."""
        start, end = min(edges[0], inner.start), max(edges[1], inner.end)
        within = noun not in _TOWN_NOUNS | _DIVISIONS
        name = self._text(start if within else inner.start, max(inner.end, head.i + 1))
        # of a province only its country is known, not its capital's place
        keeps = within or noun == "district" or (noun in _TOWN_NOUNS and head.tag_ != "NNS")
        return FoundPlace(
            start,
            end,
            inner.country or told,
            name if within else inner.name,
            inner.town if keeps else None,
            inner.city if keeps else None,
        )

    # -- values ---------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> str:
        return str(self._phrases.doc[start:end].text)

    def _at(
        self, start: int, end: int, country: str | None, name: str, city: City | None = None
    ) -> FoundPlace:
        return FoundPlace(start, end, country, name, city.name if city else None, city)
