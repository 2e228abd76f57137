import django.db.models.deletion
import django.utils.timezone
import prakai.forums.models.passages
import prakai.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0005_reviews_have_answers_and_promises'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(default=prakai.kernel.ids.public_id, max_length=12)),
                ('key', models.CharField(default=prakai.forums.models.passages.passage_key, max_length=64)),
                ('is_home', models.BooleanField(default=True)),
                ('names', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('forum', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='passage', to='forums.forum')),
            ],
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=12)),
                ('made_at', models.DateTimeField()),
                ('state', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='forums.passage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('passage', 'place'), name='newest_parcel_of_a_place')],
            },
        ),
    ]
