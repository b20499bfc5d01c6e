from __future__ import annotations

import gc

import pytest

from seci.kit import rubbish


def test_python_looks_for_circles_seldom_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with rubbish.seldom():
        assert gc.get_threshold() == (rubbish.OBJECTS, *before[1:])
    assert gc.get_threshold() == before


def test_a_failure_inside_leaves_it_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="so what"), rubbish.seldom():
        raise ValueError("so what")
    assert gc.get_threshold() == before
