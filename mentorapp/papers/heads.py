"""What stands at the head and at the foot of papers: the school, who works together, whose sheet it is."""

from mentorapp import words
from mentorapp.domain.permissions import Side
from mentorapp.models import Pair, Participant, School
from mentorapp.papers.pages import SchoolHead


def head_of(school: School) -> SchoolHead:
    """The school as official papers name it."""
    return SchoolHead(school.full_name, school.short_name, school.town, school.director)


def capital(word: str) -> str:
    """«Наставник» of «наставник»."""
    return word[:1].upper() + word[1:]


def foot_of(title: str, participant: Participant) -> str:
    """On every page: a sheet that fell out of its staple is known by it."""
    return f"{participant.person.short_name}: {title}"


def pair_rows(school: School, pair: Pair, only: Participant | None = None) -> list[tuple[str, str]]:
    """Who works together, and when."""
    return [*people_rows(school, pair, only), ("Учебный год", pair.school_year.long_label)]


def people_rows(school: School, pair: Pair, only: Participant | None = None) -> list[tuple[str, str]]:
    """Who works together. On a sheet that is about one of them nobody else of that side is named."""
    found = []
    for side in (Side.MENTOR, Side.MENTEE):
        people = [only.person] if only and only.side is side else pair.people(side)
        word = words.side_words(pair.spec, school, side)["plural" if len(people) > 1 else "nominative"]
        found.append((capital(word), ", ".join(person.full_name for person in people)))
    return found
