"""Who a session belongs to."""

from django.contrib.auth.backends import ModelBackend

from units.models import User


class PersonBackend(ModelBackend):
    """Names and passwords as Django does it; a person comes with their unit, which every page names
    and every act writes down."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
