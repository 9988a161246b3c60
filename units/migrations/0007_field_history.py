import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from units.migrations._first_versions import keep


def first_versions(apps, schema_editor):
    keep(
        apps,
        "units",
        ["Unit", "UnitGroup", "User"],
        [("UnitGroup", "members", "unit_id")],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0006_earlier_names_of_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalUnit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('by_label', models.CharField(blank=True, max_length=400, verbose_name='người sửa')),
                ('code', models.SlugField(max_length=30, verbose_name='mã')),
                ('name', models.CharField(max_length=200, verbose_name='tên đơn vị')),
                ('short_name', models.CharField(max_length=30, verbose_name='tên viết tắt')),
                ('kind', models.CharField(choices=[('leadership', 'Lãnh đạo cơ quan'), ('office', 'Văn phòng'), ('inspectorate', 'Thanh tra'), ('division', 'Phòng chuyên môn'), ('affiliated', 'Đơn vị trực thuộc')], max_length=20, verbose_name='loại đơn vị')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Thứ tự lễ tân; danh sách xếp theo số này trước.', verbose_name='thứ tự')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang hoạt động')),
                ('head_sends', models.BooleanField(default=False, help_text='Chuyên viên chuẩn bị cập nhật; lãnh đạo đơn vị xem, sửa rồi gửi.', verbose_name='lãnh đạo đơn vị gửi')),
                ('history_change_reason', models.TextField(default='')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.agency', verbose_name='cơ quan')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lần thay đổi',
                'verbose_name_plural': 'các lần thay đổi',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUnitGroup',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('by_label', models.CharField(blank=True, max_length=400, verbose_name='người sửa')),
                ('code', models.SlugField(max_length=60, verbose_name='mã')),
                ('name', models.CharField(max_length=300, verbose_name='tên nhóm')),
                ('history_change_reason', models.TextField(default='')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.agency', verbose_name='cơ quan')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lần thay đổi',
                'verbose_name_plural': 'các lần thay đổi',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUnitGroup_members',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='units.historicalunitgroup')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit')),
                ('unitgroup', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unitgroup')),
            ],
            options={
                'verbose_name': 'HistoricalUnitGroup_members',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('username', models.CharField(db_index=True, error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('by_label', models.CharField(blank=True, max_length=400, verbose_name='người sửa')),
                ('full_name', models.CharField(max_length=100, verbose_name='họ và tên')),
                ('job_title', models.CharField(blank=True, max_length=100, verbose_name='chức vụ')),
                ('role', models.CharField(choices=[('staff', 'Chuyên viên'), ('head', 'Lãnh đạo đơn vị'), ('office', 'Văn phòng'), ('leadership', 'Lãnh đạo Sở'), ('admin', 'Quản trị')], default='staff', max_length=20, verbose_name='vai trò')),
                ('left_on', models.DateField(blank=True, help_text='Từ ngày này tài khoản đóng; việc đã ghi vẫn đứng tên người đó.', null=True, verbose_name='rời đơn vị từ ngày')),
                ('must_change_password', models.BooleanField(default=False, editable=False, verbose_name='phải đặt mật khẩu mới')),
                ('history_change_reason', models.TextField(default='')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'lần thay đổi',
                'verbose_name_plural': 'các lần thay đổi',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
    ]
