"""The search for garbage is put off, and goes on afterwards, whatever happens in between."""

import gc

import pytest

from config.collecting import put_off


def test_it_is_off_inside_and_on_afterwards():
    with put_off():
        with put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    @put_off()
    def fail():
        assert not gc.isenabled()
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()


def test_who_found_it_off_leaves_it_off():
    gc.disable()
    try:
        with put_off():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
