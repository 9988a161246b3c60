"""The idle timeout slides, at most a thirtieth of its length early, with few writes."""

import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory

from config.sessions import IdleTimeoutMiddleware

START = 1_700_000_000  # seconds since the epoch, in November 2023
IDLE = 30 * 60


def _request(session_key, after):
    """One request so many seconds after the start; whether it prolonged the session."""
    with time_machine.travel(START + after, tick=False):
        request = RequestFactory().get("/")
        request.COOKIES["sessionid"] = session_key
        request.session = SessionStore(session_key)
        IdleTimeoutMiddleware(lambda request: HttpResponse())(request)
        if request.session.modified:
            request.session.save()
        return request.session.modified


def _signed_in():
    with time_machine.travel(START, tick=False):
        session = SessionStore()
        session[SESSION_KEY] = "1"
        session.save()
        return session.session_key


def test_work_prolongs_the_session(db):
    key = _signed_in()

    assert [_request(key, minutes * 60) for minutes in (0, 25, 50)] == [True, True, True]
    with time_machine.travel(START + 50 * 60 + IDLE - 1):
        assert SessionStore(key).load() != {}


def test_idleness_ends_it(db):
    key = _signed_in()
    _request(key, 0)

    assert _request(key, IDLE + 1) is False
    with time_machine.travel(START + IDLE + 1):
        assert SessionStore(key).load() == {}


def test_requests_in_quick_succession_write_once(db, django_assert_num_queries):
    key = _signed_in()
    _request(key, 0)

    with django_assert_num_queries(1):  # it is only read
        assert _request(key, 59) is False


def test_expired_session_leaves_no_new_one(db):
    key = _signed_in()
    _request(key, IDLE + 1)

    assert Session.objects.count() == 1


def test_visitor_without_a_session_costs_no_query(db, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore()

    with django_assert_num_queries(0):
        IdleTimeoutMiddleware(lambda request: HttpResponse())(request)

    assert request.session.modified is False
