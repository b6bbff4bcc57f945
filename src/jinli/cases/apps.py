from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jinli.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let grants follow the cases that decide on them."""
        from jinli.cases.selectors.grants import RENEWAL
        from jinli.cases.services.granting import GRANT_CHANGE, follow
        from jinli.cases.work import FOLLOWERS

        FOLLOWERS.update({GRANT_CHANGE: follow, RENEWAL: follow})
