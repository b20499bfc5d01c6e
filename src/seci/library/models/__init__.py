"""Documents with their revisions and links, what they are about, what belongs to them, what was said of them."""

from seci.library.models.around import Attachment, Binding, Comment, Deed, Follow, Share, Suggestion
from seci.library.models.concept import Broader, Concept, Label, Related, Tag, Tagging
from seci.library.models.document import Collection, Document, Link, Name, Revision

__all__ = [
    "Attachment",
    "Binding",
    "Broader",
    "Collection",
    "Comment",
    "Concept",
    "Deed",
    "Document",
    "Follow",
    "Label",
    "Link",
    "Name",
    "Related",
    "Revision",
    "Share",
    "Suggestion",
    "Tag",
    "Tagging",
]
