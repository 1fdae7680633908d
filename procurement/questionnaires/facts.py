"""What conditions ask beside answers. It is written down when a questionnaire is sent: a report that is accepted later
changes nothing under the vendor's hands."""

from typing import Any

from procurement.engagements.models import Engagement
from vendors.reports.criteria import CRITERIA
from vendors.reports.queries import latest_accepted
from vendors.reports.terms import Category


def facts_about(engagement: Engagement) -> dict[str, Any]:
    """The facts of `conditions.FACTS` as they stand now.

    vendor.tier      the tier of what we buy, 1 for what matters most
    data_classes     what the vendor will see
    report.criteria  criteria in the scope of its newest accepted SOC 2 Type II report; none without one
    """
    report = latest_accepted(engagement.vendor_id)
    categories = [Category(each) for each in report.categories] if report else []
    return {
        "vendor.tier": engagement.tier,
        "data_classes": list(engagement.data_classes),
        "report.criteria": [id for category in categories for id in CRITERIA[category]],
    }
