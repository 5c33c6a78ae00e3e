"""The audit of the dependencies: what is new fails, what is accepted does not, and silence of the service is said."""

from __future__ import annotations

import json
import subprocess

import pytest

from docs import audit_dependencies as audit
from docs.audit_dependencies import Audit, accepted, ask, read, verdict

REPORT = {
    "dependencies": [
        {"name": "streamlit", "version": "1.0", "vulns": [{"id": "GHSA-1", "fix_versions": []}]},
        {"name": "duckdb", "version": "2.0", "vulns": []},
        {"name": "odd", "skip_reason": "not found"},
    ]
}


def test_a_new_advisory_fails_and_is_named():
    said, status = verdict(read(REPORT), {})
    assert status == 1
    assert "streamlit: GHSA-1" in said and "2 dependencies audited" in said and "not known to the service: odd" in said


def test_an_accepted_advisory_does_not_fail_and_one_that_is_gone_is_named():
    said, status = verdict(read(REPORT), accepted("# why\nGHSA-1  not reached by us\nGHSA-2 old\n"))
    assert status == 0
    assert "no longer an advisory: GHSA-2" in said


@pytest.mark.parametrize("found", [None, Audit((), ("streamlit", "duckdb"), 0)])
def test_where_the_service_is_out_of_reach_it_says_so_and_fails_nothing(found):
    assert verdict(found, {}) == ("The service of advisories can't be reached: the dependencies are not audited.", 0)


@pytest.mark.parametrize("told", ["", "no json", json.dumps({})])
def test_what_is_no_report_is_none(monkeypatch, told):
    monkeypatch.setattr(audit.subprocess, "run", lambda *said, **more: subprocess.CompletedProcess(said, 1, told, ""))
    assert ask() is None


def test_every_accepted_advisory_says_why():
    assert all(accepted(audit.ACCEPTED.read_text()).values())
