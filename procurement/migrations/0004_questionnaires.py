"""Questionnaires, and version 1 of the one that ships."""

import django.db.models.deletion
import procurement.questionnaires.published
import vendors.ledger.append_only
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from procurement.questionnaires.services.publishing import write_starter


def publish_the_starter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    write_starter(apps.get_model, now=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0003_exemptions'),
        ('vendors', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(max_length=40)),
                ('ref', models.CharField(max_length=12, verbose_name='reference')),
                ('text', models.TextField(verbose_name='question')),
                ('help', models.TextField(blank=True, verbose_name='help')),
                ('kind', models.CharField(choices=[('yes_no_partial_na', 'Yes, partial, no, not applicable')], default='yes_no_partial_na', max_length=20)),
                ('evidence', models.CharField(choices=[('none', 'No file'), ('optional', 'One file, if there is one')], default='optional', max_length=10)),
                ('criteria', models.JSONField(default=list, verbose_name='criteria')),
                ('is_published', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['section__position', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
            ],
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='due')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('state', models.CharField(choices=[('sent', 'Sent'), ('in_progress', 'In progress'), ('submitted', 'Submitted'), ('in_review', 'Being read'), ('clarification', 'Sent back'), ('complete', 'Complete'), ('cancelled', 'Cancelled')], default='sent', max_length=14)),
                ('sent_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('signer_title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('completed_by', models.CharField(blank=True, max_length=120)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='vendors.contact')),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='procurement.engagement')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='vendors.vendor')),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partial', 'Partial'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=14, verbose_name='answer')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('answered_by', models.CharField(blank=True, max_length=160)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(choices=[('open', 'Not judged yet'), ('accepted', 'Accepted'), ('sent_back', 'Sent back')], default='open', max_length=10)),
                ('note', models.TextField(blank=True, verbose_name='what we ask')),
                ('returned_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('judged_by', models.CharField(blank=True, max_length=120)),
                ('judged_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vendors.storedfile')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='procurement.assessment')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='procurement.question')),
            ],
            options={
                'ordering': ['assessment_id', 'question__section__position', 'question__position'],
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('intro', models.TextField(blank=True, verbose_name='what the vendor reads first')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=10)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procurement.questionnaire')),
            ],
            options={
                'ordering': ['questionnaire_id', '-number'],
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='procurement.questionnaireversion'),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('is_published', models.BooleanField(default=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='procurement.questionnaireversion')),
            ],
            options={
                'ordering': ['version_id', 'position'],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='procurement.section'),
        ),
        migrations.CreateModel(
            name='AnswerRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('value', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partial', 'Partial'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=14)),
                ('comment', models.TextField(blank=True)),
                ('by', models.CharField(max_length=160)),
                ('by_id', models.BigIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='procurement.answer')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vendors.storedfile')),
            ],
            options={
                'ordering': ['answer_id', 'revision'],
                'constraints': [models.UniqueConstraint(fields=('answer', 'revision'), name='one_row_per_revision'), vendors.ledger.append_only.AppendOnly(name='answer_revisions_are_append_only')],
            },
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('assessment', 'question'), name='one_answer_per_question'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'sent_back'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='what_is_sent_back_says_why'),
        ),
        migrations.AddConstraint(
            model_name='questionnaireversion',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'number'), name='one_version_per_number'),
        ),
        migrations.AddConstraint(
            model_name='questionnaireversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('sha256', ''), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('sha256', ''), _negated=True), ('published_at__isnull', False)), _connector='OR'), name='a_published_version_has_hash_and_time'),
        ),
        migrations.AddConstraint(
            model_name='questionnaireversion',
            constraint=procurement.questionnaires.published.VersionStays(name='a_published_version_stays'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['complete', 'cancelled']), _negated=True), fields=('engagement',), name='one_questionnaire_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signer_name', ''), ('submitted_at__isnull', True)), models.Q(('submitted_at__isnull', False), models.Q(('signer_name', ''), _negated=True)), _connector='OR'), name='a_submitted_questionnaire_names_its_signer'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('completed_at__isnull', True), ('state', 'complete'), _connector='XOR'), name='a_complete_questionnaire_says_when'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('state', 'cancelled'), _connector='XOR'), name='a_cancelled_questionnaire_says_when'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='one_section_per_position'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=procurement.questionnaires.published.SectionStays(name='a_published_section_stays'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('section', 'position'), name='one_question_per_position'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('section', 'key'), name='one_question_per_key'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=procurement.questionnaires.published.QuestionStays(name='a_published_question_stays'),
        ),
        migrations.RunPython(publish_the_starter, migrations.RunPython.noop),
    ]
