"""What the forms about people do: the deed, a sentence, the way back, and figures that follow."""

from __future__ import annotations

from seci.jobs.models import Job
from tests.browsing import come_as, sent
from tests.cast import Actors


def test_a_unit_is_added_and_a_second_of_its_name_is_refused_where_it_was_asked_for(actors: Actors) -> None:
    lead = come_as(actors.alice)
    assert "Added." in sent(lead, "/people/units/add/", name="Storage")
    assert Job.objects.filter(key="refresh").exists()
    page = sent(lead, "/people/units/add/", name="Storage")
    assert "Added." not in page
    assert "There is" in page
