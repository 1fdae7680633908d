"""What happens stands where it happens: no signal connects one part with another behind the reader's back."""

import ast

import pytest

from tests.repository.tree import modules


def imported_names(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.slow
@pytest.mark.parametrize("app", ["vendors", "procurement"])
def test_no_module_listens_to_a_signal(app):
    for module, path in modules(app).items():
        for name in imported_names(ast.parse(path.read_text())):
            assert "django.dispatch" not in name, f"{module} imports {name}"
            assert ".signals" not in name, f"{module} imports {name}"
