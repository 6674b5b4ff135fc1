"""The review pages: a case looked through and decided in the browser of this computer alone."""

from chronology.review.serve import serve

__all__ = ["serve"]
