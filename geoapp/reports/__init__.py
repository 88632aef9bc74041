"""What is read on paper: one module per report, one line each."""

from geoapp.reports.atlas import make_atlas
from geoapp.reports.memo import make_memo
from geoapp.reports.report import Report, Subject
from geoapp.reports.sheet import make_sheet
from geoapp.reports.workbook import make_workbook

REPORTS: dict[str, Report] = {
    "sheet": Report(".pdf", Subject.UNIT, make_sheet),
    "memo": Report(".pdf", Subject.SCENARIO, make_memo),
    "atlas": Report(".pdf", Subject.COUNTRY, make_atlas),
    "workbook": Report(".xlsx", Subject.COUNTRY, make_workbook),
}
