"""Whether words lie in files: plain, and in the clothes in which words are stored by mistake."""

from base64 import b64encode
from urllib.parse import quote


def lying_in(files, word):
    """The names of the files in which this word can be read."""
    forms = _forms(word)
    read = [(path.name, path.read_bytes()) for path in files]
    return [name for name, content in read if any(form in content for form in forms)]


def _forms(word):
    plain = word.encode()
    escaped = word.encode("unicode_escape")  # as JSON writes it
    in_base64 = {
        b64encode(b"\0" * shift + one)[4 if shift else 0 : -4]  # wherever it began
        for one in (plain, escaped)
        for shift in range(3)
    }
    return {
        plain, word.lower().encode(), word.encode("utf-16-le"), plain.hex().encode(), escaped,
        quote(word).encode(), *(one for one in in_base64 if len(one) >= 8),
    }  # fmt: skip
