"""The query that finds a scan's work stays narrow: no table is read from one end to the other."""

from datetime import date

import pytest
from django.db import connection

from procurement.renewals.plans import current_plan
from procurement.renewals.watched import vendor_ids_to_scan

pytestmark = pytest.mark.django_db


def test_what_is_due_is_found_by_indexes_whatever_else_is_on_file():
    """Asked of the planner with the parameters apart, as they come: a condition with a value in it is not seen then."""
    asked = []

    def remember(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    plan = current_plan()
    with connection.execute_wrapper(remember):
        vendor_ids_to_scan(date(2027, 5, 1), plan)

    assert asked
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [step for *_numbers, step in cursor.fetchall()]
            assert any("INDEX" in step for step in steps)
            assert [step for step in steps if step.startswith("SCAN") and "USING" not in step] == []
