"""Fourteen kinds of question, conditions, several files beside an answer, sections given to colleagues, and the sets
that ship. What was answered before is taken over."""

import django.db.models.deletion
import vendors.ledger.append_only
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from procurement.questionnaires import starter
from procurement.questionnaires.services.writing import write_set
from procurement.questionnaires.starters import SETS


def take_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Old answers as JSON, files as attachments, families beside versions."""
    get = apps.get_model
    for assessment in get("procurement", "Assessment").objects.select_related("version"):
        assessment.family_id = assessment.version.questionnaire_id
        assessment.save(update_fields=["family"])
    for name in ("Answer", "AnswerRevision"):
        rows = get("procurement", name).objects
        for value in ("yes", "partial", "no"):
            rows.filter(old_value=value).update(value=value)
        rows.filter(old_value="not_applicable").update(is_not_applicable=True)
    answers = get("procurement", "Answer").objects
    answers.filter(old_value="yes").update(is_whole=True)
    answers.exclude(old_value="").exclude(comment="").update(is_whole=True)
    with_vendor = answers.filter(assessment__state__in=["sent", "in_progress"]) | answers.filter(
        assessment__state="clarification", verdict="sent_back"
    )
    answers.exclude(pk__in=with_vendor.values("pk")).update(is_with_vendor=False)
    _take_over_files(apps)
    _check_keys_now(schema_editor)


def _take_over_files(apps: Apps) -> None:
    attachments, made = apps.get_model("procurement", "Attachment").objects, {}
    revisions = apps.get_model("procurement", "AnswerRevision").objects.filter(file__isnull=False)
    for revision in revisions.select_related("file", "answer__assessment").order_by("pk"):
        file = revision.file
        if file.pk not in made:
            made[file.pk] = attachments.create(
                vendor_id=revision.answer.assessment.vendor_id, file=file, sent_by=revision.by, sent_at=revision.at
            )
        revision.files = [{"attachment": made[file.pk].pk, "name": file.name, "sha256": file.sha256}]
        revision.save(update_fields=["files"])
    for answer in apps.get_model("procurement", "Answer").objects.filter(file__isnull=False):
        answer.attachments.add(made[answer.file_id])


def publish_the_sets(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    families = apps.get_model("procurement", "Questionnaire").objects
    families.filter(key=starter.KEY, purpose="").update(purpose=starter.PURPOSE)
    there = set(families.values_list("key", flat=True))
    for each in (each for each in SETS if each.content["questionnaire"] not in there):
        write_set(apps.get_model, each.content, purpose=each.purpose, now=timezone.now())
    _check_keys_now(schema_editor)


def _check_keys_now(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL alters no table, and makes no index, while foreign keys of new rows wait to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0007_watched_dates'),
        ('vendors', '0004_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='answerrevision',
            name='answer_revisions_are_append_only',
        ),
        migrations.RenameField(model_name='answer', old_name='value', new_name='old_value'),
        migrations.RenameField(model_name='answerrevision', old_name='value', new_name='old_value'),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_by', models.CharField(max_length=160)),
                ('assigned_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('soc2_report', 'SOC 2 report'), ('iso_certificate', 'ISO certificate'), ('penetration_test', 'Letter on a penetration test'), ('policy', 'Policy'), ('screenshot', 'Screenshot'), ('other', 'Something else')], default='other', max_length=20, verbose_name='what it is')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('sent_by', models.CharField(max_length=160)),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='questionnaire',
            options={'ordering': ['pk']},
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='one_questionnaire_at_a_time',
        ),
        migrations.AddField(
            model_name='answer',
            name='is_not_applicable',
            field=models.BooleanField(default=False, verbose_name='not applicable'),
        ),
        migrations.AddField(
            model_name='answer',
            name='is_visible',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='answer',
            name='is_whole',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='answer',
            name='is_with_vendor',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='answerrevision',
            name='files',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='answerrevision',
            name='is_not_applicable',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='assessment',
            name='facts',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='question',
            name='allows_na',
            field=models.BooleanField(default=False, verbose_name='may be not applicable'),
        ),
        migrations.AddField(
            model_name='question',
            name='evidence_if',
            field=models.JSONField(blank=True, default=list, verbose_name='answers that need a file'),
        ),
        migrations.AddField(
            model_name='question',
            name='evidence_kinds',
            field=models.JSONField(blank=True, default=list, verbose_name='kinds of file'),
        ),
        migrations.AddField(
            model_name='question',
            name='evidence_max_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='months a file may be old'),
        ),
        migrations.AddField(
            model_name='question',
            name='good_answer',
            field=models.CharField(choices=[('yes', 'Yes is good'), ('no', 'No is good')], default='yes', max_length=3, verbose_name='good answer'),
        ),
        migrations.AddField(
            model_name='question',
            name='is_knock_out',
            field=models.BooleanField(default=False, verbose_name='not negotiable'),
        ),
        migrations.AddField(
            model_name='question',
            name='options',
            field=models.JSONField(blank=True, default=list, verbose_name='choices'),
        ),
        migrations.AddField(
            model_name='question',
            name='required',
            field=models.BooleanField(default=True, verbose_name='has to be answered'),
        ),
        migrations.AddField(
            model_name='question',
            name='shape',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='question',
            name='tags',
            field=models.JSONField(blank=True, default=list, verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='question',
            name='visible_if',
            field=models.JSONField(blank=True, null=True, verbose_name='shown if'),
        ),
        migrations.AddField(
            model_name='question',
            name='weight',
            field=models.PositiveSmallIntegerField(choices=[(20, 'Critical'), (10, 'Usual'), (5, 'Minor'), (0, 'Not scored')], default=10, verbose_name='weight'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='purpose',
            field=models.CharField(blank=True, max_length=300, verbose_name='when to send it'),
        ),
        migrations.AddField(
            model_name='section',
            name='intro',
            field=models.TextField(blank=True, verbose_name='what the vendor reads first'),
        ),
        migrations.AddField(
            model_name='section',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='procurement.section'),
        ),
        migrations.AddField(
            model_name='section',
            name='visible_if',
            field=models.JSONField(blank=True, null=True, verbose_name='shown if'),
        ),
        migrations.AlterField(
            model_name='question',
            name='evidence',
            field=models.CharField(choices=[('none', 'No file'), ('optional', 'Files, if there are any'), ('if_answer', 'A file with certain answers'), ('required', 'A file, always')], default='optional', max_length=10, verbose_name='files'),
        ),
        migrations.AlterField(
            model_name='question',
            name='key',
            field=models.SlugField(max_length=80),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('info', 'Text to read, no answer'), ('yes_no', 'Yes, no'), ('yes_no_partial_na', 'Yes, partial, no, not applicable'), ('single', 'One of a list'), ('multi', 'Several of a list'), ('short_text', 'A line of text'), ('long_text', 'A longer text'), ('number', 'A number'), ('date', 'A day'), ('date_range', 'From one day to another'), ('file', 'A file'), ('table', 'A table'), ('location', 'Countries'), ('contact', 'A person to reach')], default='yes_no_partial_na', max_length=20, verbose_name='answered by'),
        ),
        migrations.AlterField(
            model_name='question',
            name='ref',
            field=models.CharField(max_length=40, verbose_name='reference'),
        ),
        migrations.AlterField(
            model_name='section',
            name='title',
            field=models.CharField(max_length=200, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='procurement.assessment'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='vendors.contact'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='procurement.section'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vendors.storedfile'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='vendor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='vendors.vendor'),
        ),
        migrations.AddField(
            model_name='answer',
            name='attachments',
            field=models.ManyToManyField(blank=True, related_name='answers', to='procurement.attachment'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('assessment', 'section'), name='one_colleague_per_section'),
        ),
        migrations.AddField(
            model_name='answer',
            name='value',
            field=models.JSONField(blank=True, null=True, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='answerrevision',
            name='value',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='questionnaireversion',
            name='format',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='questionnaireversion',
            name='format',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='assessment',
            name='family',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='procurement.questionnaire'),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='assessment',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='procurement.questionnaire'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['complete', 'cancelled']), _negated=True), fields=('engagement', 'family'), name='one_questionnaire_of_a_family_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('is_not_applicable', False), ('value__isnull', True), _connector='OR'), name='what_is_not_applicable_has_no_value'),
        ),
        migrations.RemoveField(
            model_name='answer',
            name='file',
        ),
        migrations.RemoveField(
            model_name='answerrevision',
            name='file',
        ),
        migrations.RemoveField(model_name='answer', name='old_value'),
        migrations.RemoveField(model_name='answerrevision', name='old_value'),
        migrations.AddConstraint(
            model_name='answerrevision',
            constraint=vendors.ledger.append_only.AppendOnly(name='answer_revisions_are_append_only'),
        ),
        migrations.RunPython(publish_the_sets, migrations.RunPython.noop),
    ]
