from tests.internalization.runs.conftest import house  # noqa: F401 - fixtures
