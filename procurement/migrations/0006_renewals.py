"""Reminders that can be held, the plan of their days, the last scan, calendar feeds; indexes of what is watched."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def claimed_on_their_day(apps, schema_editor):
    """Claims made before scans wrote their day: the day they were due is close enough for a count of one day."""
    apps.get_model("procurement", "ReminderDue").objects.update(scan_day=models.F("due_on"))


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0005_findings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LastScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('day', models.DateField(blank=True, null=True)),
                ('ledger_seq', models.BigIntegerField(blank=True, null=True)),
                ('told_of_hold', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReminderPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('rows', models.JSONField()),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.CharField(max_length=120)),
                ('note', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='reminderdue',
            name='note',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='reminderdue',
            name='released_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reminderdue',
            name='scan_day',
            field=models.DateField(help_text='The day the scan that claimed it worked for.', null=True),
        ),
        migrations.AlterField(
            model_name='reminderdue',
            name='state',
            field=models.CharField(choices=[('sent', 'Queued'), ('superseded', 'Superseded by a later one'), ('held', 'Held'), ('dropped', 'Dropped')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(condition=models.Q(('met_on__isnull', True)), fields=['due_on'], name='conditions_open'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('outcome__in', ['approved', 'approved_with_conditions']), ('revoked_on__isnull', True)), fields=['valid_until'], name='approvals_by_end'),
        ),
        migrations.AddIndex(
            model_name='reminderdue',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['due_on'], name='reminders_held'),
        ),
        migrations.AddIndex(
            model_name='reminderdue',
            index=models.Index(condition=models.Q(('released_at__isnull', True), ('state', 'sent')), fields=['scan_day'], name='reminders_sent_by_a_scan'),
        ),
        migrations.AddField(
            model_name='calendarfeed',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='lastscan',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_last_scan'),
        ),
        migrations.AddConstraint(
            model_name='calendarfeed',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('owner',), name='one_feed_a_person'),
        ),
        migrations.RunPython(claimed_on_their_day, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="reminderdue",
            name="scan_day",
            field=models.DateField(help_text="The day the scan that claimed it worked for."),
        ),
    ]
