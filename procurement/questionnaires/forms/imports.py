"""What is decided about a file that is imported: which file, which sheets, which columns, what each row is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.content_check import LONGEST
from procurement.questionnaires.import_decisions import (
    header_of,
    with_columns_and_rows,
    with_encoding,
    with_header,
    with_role,
)
from procurement.questionnaires.import_page import (
    COLUMN_ROLES,
    ROW_KINDS,
    SHEET_ROLES,
    Row,
    SheetPage,
    kinds_for,
)
from procurement.questionnaires.importing.layout import (
    ColumnLayout,
    Layout,
    RowKind,
    SheetLayout,
    SheetRole,
)
from procurement.questionnaires.importing.limits import SENTENCES, UPLOAD
from procurement.questionnaires.importing.words import Column
from procurement.questionnaires.models import Question, Questionnaire
from vendors.reports.forms.fields import ONE_OF_THE_LIST
from vendors.vault.uploads import SealedUpload

LAST_ROW = 1_048_576


class FileToImportForm(forms.Form):
    """The file itself. `cleaned_data["file"]` is the upload, `data_of` its bytes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSX, XLS, CSV or JSON, up to 20 MB: our own format, an OSCAL catalog, or another list of questions."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt,.json"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        was_dropped = isinstance(upload, SealedUpload) and bool(upload.problem)
        if (upload.size or 0) > UPLOAD or was_dropped:
            raise forms.ValidationError(_t(SENTENCES["too_large"]))
        return upload

    def data_of(self) -> bytes:
        """The file's bytes. Only after `is_valid`."""
        return b"".join(self.cleaned_data["file"].chunks())


# The encodings that spreadsheets and their exports leave behind, by the names people meet them under.
ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", _("Western European (Windows 1252)")),
    ("cp1250", _("Central European (Windows 1250)")),
    ("cp1251", _("Cyrillic (Windows 1251)")),
    ("cp1253", _("Greek (Windows 1253)")),
    ("cp1254", _("Turkish (Windows 1254)")),
    ("cp1255", _("Hebrew (Windows 1255)")),
    ("cp1256", _("Arabic (Windows 1256)")),
    ("gb18030", _("Chinese, simplified (GB 18030)")),
    ("big5", _("Chinese, traditional (Big5)")),
    ("shift_jis", _("Japanese (Shift JIS)")),
    ("euc_kr", _("Korean (EUC-KR)")),
)


class SheetsForm(forms.Form):
    """What each sheet is, by its number; of a text file also how its letters are encoded."""

    def __init__(self, layout: Layout, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout, self.sheets = layout, layout.sheets
        if layout.encoding:
            known = dict(ENCODINGS)
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Encoding of the letters"),
                choices=list(({layout.encoding: layout.encoding} | known).items()),
                initial=layout.encoding,
                error_messages=ONE_OF_THE_LIST,
            )
        for number, sheet in enumerate(self.sheets, start=1):
            self.fields[f"sheet-{number}"] = forms.ChoiceField(
                label=_t("What “%(sheet)s” is") % {"sheet": sheet.name},
                choices=[(role.value, words) for role, words in SHEET_ROLES.items()],
                initial=sheet.role.value,
                error_messages=ONE_OF_THE_LIST,
            )

    def decided(self) -> Layout:
        """The layout with what was chosen."""
        encoding = self.cleaned_data.get("encoding", "")
        if encoding != self.layout.encoding:
            return with_encoding(self.layout, encoding)
        roles = [SheetRole(self.cleaned_data[f"sheet-{number}"]) for number in range(1, len(self.sheets) + 1)]
        changed = [with_role(sheet, role) for sheet, role in zip(self.sheets, roles, strict=True)]
        return replace(self.layout, sheets=tuple(changed))


class SheetForm(forms.Form):
    """One sheet: its header row, what each column holds, what the rows on this page are and how they are answered."""

    header = forms.IntegerField(
        label=_("Row of the column heads"),
        required=False,
        min_value=1,
        max_value=LAST_ROW,
        help_text=_("Empty: the sheet has none."),
        error_messages={"invalid": _("Write the number of the row."), "min_value": _("Rows are counted from 1.")},
    )

    def __init__(self, page: SheetPage, rows: Sequence[Row], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.rows = page, rows
        self.fields["header"].initial = header_of(page.layout)
        for column in page.columns:
            self.fields[f"column-{column.layout.column}"] = self._column(column.layout, column.letter)
        for row in rows:
            self.fields[f"row-{row.layout.row}"] = self._row(row)
            if row.question and row.kind:
                self.fields[f"kind-{row.layout.row}"] = self._kind(row)

    def table(self) -> list[tuple[Row, forms.BoundField, forms.BoundField | None]]:
        """Each row with its fields."""
        kinds = {name for name in self.fields if name.startswith("kind-")}
        return [
            (row, self[f"row-{n}"], self[f"kind-{n}"] if f"kind-{n}" in kinds else None)
            for row in self.rows
            if (n := row.layout.row)
        ]

    def heads(self) -> list[tuple[Any, forms.BoundField]]:
        """Each column with its field."""
        return [(column, self[f"column-{column.layout.column}"]) for column in self.page.columns]

    def sheet(self) -> SheetLayout:
        """The sheet as it was decided. Only after `is_valid`."""
        layout, typed = self.page.layout, self.cleaned_data
        header = typed["header"] or None
        if header != header_of(layout):
            return with_header(layout, header)
        columns = {each.column: Column(typed[f"column-{each.column}"]) for each in layout.columns}
        rows = {row.layout.row: RowKind(typed[f"row-{row.layout.row}"]) for row in self.rows}
        return with_columns_and_rows(layout, columns, rows)

    def kinds(self) -> dict[str, str]:
        """How questions on this page are answered, where it differs from what was read."""
        typed = self.cleaned_data
        return {
            str(row.layout.row): typed[f"kind-{row.layout.row}"]
            for row in self.rows
            if row.kind and typed.get(f"kind-{row.layout.row}", row.kind.value) != row.kind.value
        }

    @staticmethod
    def _column(column: ColumnLayout, letter: str) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_t("What column %(letter)s holds") % {"letter": letter},
            choices=[(role.value, words) for role, words in COLUMN_ROLES.items()],
            initial=column.role.value,
            error_messages=ONE_OF_THE_LIST,
        )

    @staticmethod
    def _row(row: Row) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_t("What row %(row)s is") % {"row": row.layout.row},
            choices=[(kind.value, words) for kind, words in ROW_KINDS.items()],
            initial=row.layout.kind.value,
            error_messages=ONE_OF_THE_LIST,
        )

    @staticmethod
    def _kind(row: Row) -> forms.ChoiceField:
        assert row.question is not None
        assert row.kind is not None
        names = dict(Question.Kind.choices)
        return forms.ChoiceField(
            label=_t("How row %(row)s is answered") % {"row": row.layout.row},
            choices=[(kind.value, names[kind.value]) for kind in dict.fromkeys((row.kind, *kinds_for(row.question)))],
            initial=row.kind.value,
            error_messages=ONE_OF_THE_LIST,
        )


class MakeDraftForm(forms.Form):
    """How the draft is called, and which questionnaire it is a version of."""

    title = forms.CharField(
        label=_("Title"), max_length=LONGEST["title"], error_messages={"required": _("Give it a title.")}
    )
    family = forms.ChoiceField(
        label=_("Becomes"),
        required=False,
        help_text=_("A new version keeps the keys, weights, criteria and conditions of questions that stay."),
        error_messages=ONE_OF_THE_LIST,
    )

    def __init__(self, families: Sequence[Questionnaire], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = self.fields["family"]
        assert isinstance(family, forms.ChoiceField)
        of = [(str(each.pk), _t("a version of %(title)s") % {"title": each.title}) for each in families]
        family.choices = [("", _t("a new questionnaire")), *of]
        self._families = {str(each.pk): each for each in families}

    def chosen_family(self) -> Questionnaire | None:
        """Only after `is_valid`."""
        return self._families.get(self.cleaned_data["family"])


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the mapping"),
        max_length=80,
        help_text=_("Column heads and what they mean are kept; no question is."),
        error_messages={"required": _("Give it a name.")},
    )
