from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jinli.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let grants follow the cases that decide on them."""
        from jinli.cases.selectors.grants import GRANT_CHANGE, RENEWAL
        from jinli.cases.services.grant_papers import contents_of
        from jinli.cases.services.granting import follow
        from jinli.cases.work import FOLLOWERS, WRITERS

        FOLLOWERS.update({GRANT_CHANGE: follow, RENEWAL: follow})
        WRITERS.update({GRANT_CHANGE: contents_of, RENEWAL: contents_of})
