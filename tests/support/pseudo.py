"""A language that nobody speaks, made of English: every sentence in it can be told from English."""

from pathlib import Path

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

LANG = "en-xa"
ENGLISH = Path(__file__).parents[2] / "locales" / "en"
_ACCENTS = str.maketrans("aeiouycnAEIOUYCN", "åéîöûýçñÅÉÎÖÛÝÇÑ")


class _Accents(Transformer):
    def visit_TextElement(self, node):  # noqa: N802 — the parser names it
        return ast.TextElement(node.value.translate(_ACCENTS))


def accented(text: str) -> str:
    """The words of a sentence, not its variables."""
    return text.translate(_ACCENTS)


def write_language(folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """The whole language as one file in this folder, `without` some of its messages."""
    folder.mkdir(exist_ok=True)
    body = []
    for path in sorted(ENGLISH.glob("*.ftl")):
        body += FluentParser().parse(path.read_text("utf-8")).body
    kept = [
        _Accents().visit(one) for one in body
        if isinstance(one, ast.Message) and one.id.name not in without
    ]  # fmt: skip
    text = FluentSerializer().serialize(ast.Resource(kept))
    (folder / f"{LANG}.ftl").write_text(text, "utf-8")
    return folder
